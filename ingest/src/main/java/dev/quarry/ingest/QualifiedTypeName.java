package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * A type written {@code a.b.Type<Argument>}. If nothing declares it, it stands for a missing type, as names without
 * arguments do; the compiler would leave fields and methods that mention it unbound.
 */
final class QualifiedTypeName extends ParameterizedQualifiedTypeReference {
    QualifiedTypeName(ParameterizedQualifiedTypeReference parsed) {
        super(
                parsed.tokens,
                parsed.typeArguments,
                parsed.dimensions(),
                parsed.getAnnotationsOnDimensions(),
                parsed.sourcePositions);
        annotations = parsed.annotations;
        bits |= parsed.bits;
        sourceEnd = parsed.sourceEnd;
    }

    @Override
    public TypeReference augmentTypeWithAdditionalDimensions(
            int additional, Annotation[][] additionalAnnotations, boolean isVarargs) {
        TypeReference array = super.augmentTypeWithAdditionalDimensions(additional, additionalAnnotations, isVarargs);
        return array instanceof ParameterizedQualifiedTypeReference plain ? new QualifiedTypeName(plain) : array;
    }

    @Override
    public @Nullable TypeBinding resolveType(BlockScope scope, boolean checkBounds, int location) {
        TypeBinding type = super.resolveType(scope, checkBounds, location);
        return type == null ? missing(scope) : type;
    }

    @Override
    public @Nullable TypeBinding resolveType(ClassScope scope, int location) {
        TypeBinding type = super.resolveType(scope, location);
        return type == null ? missing(scope) : type;
    }

    private @Nullable TypeBinding missing(Scope scope) {
        if (resolvedType == null || resolvedType.leafComponentType().problemId() != ProblemReasons.NotFound) {
            return null;
        }
        TypeBinding problem = new ProblemReferenceBinding(
                tokens, scope.environment().createMissingType(null, tokens), ProblemReasons.NotFound);
        resolvedType = dimensions() == 0 ? problem : scope.createArrayType(problem, dimensions());
        return resolvedType.closestMatch();
    }
}
