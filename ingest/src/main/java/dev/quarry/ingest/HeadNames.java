package dev.quarry.ingest;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedSingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.SingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.Wildcard;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * Has the names in the heads of types (supertypes, bounds, their arguments) mean what the file imports by these names, also
 * where nothing declares that. The compiler binds heads before {@link ShadowingImports} can apply, and would take the name
 * for a type of the same package, or of one that is imported with a star.
 */
final class HeadNames {
    private final Map<String, char[][]> imported = new HashMap<>();

    private HeadNames(ImportReference[] imports) {
        for (ImportReference reference : imports) {
            char[][] name = reference.getImportName();
            if ((reference.bits & ASTNode.OnDemand) == 0 && !reference.isStatic() && name.length > 1) {
                imported.putIfAbsent(new String(name[name.length - 1]), name);
            }
        }
    }

    /** Puts such names in a tree that is parsed and not yet bound. */
    static void mark(CompilationUnitDeclaration tree) {
        if (tree.imports != null && tree.types != null) {
            HeadNames names = new HeadNames(tree.imports);
            for (TypeDeclaration type : tree.types) {
                names.mark(type);
            }
        }
    }

    private void mark(TypeDeclaration type) {
        if (type.superclass != null) {
            type.superclass = marked(type.superclass);
        }
        markAll(type.superInterfaces);
        if (type.typeParameters != null) {
            for (TypeParameter parameter : type.typeParameters) {
                if (parameter.type != null) {
                    parameter.type = marked(parameter.type);
                }
                markAll(parameter.bounds);
            }
        }
        if (type.memberTypes != null) {
            for (TypeDeclaration member : type.memberTypes) {
                mark(member);
            }
        }
    }

    private void markAll(TypeReference @Nullable [] references) {
        if (references != null) {
            for (int i = 0; i < references.length; i++) {
                references[i] = marked(references[i]);
            }
        }
    }

    private TypeReference marked(TypeReference parsed) {
        if (parsed instanceof Wildcard wildcard && wildcard.bound != null) {
            wildcard.bound = marked(wildcard.bound);
        } else if (parsed instanceof ParameterizedSingleTypeReference generic) {
            markAll(generic.typeArguments);
            char[][] name = imported.get(new String(generic.token));
            return name == null || generic.dimensions() > 0 ? generic : new Generic(generic, name);
        } else if (parsed.getClass() == SingleTypeReference.class) {
            SingleTypeReference single = (SingleTypeReference) parsed;
            char[][] name = imported.get(new String(single.token));
            return name == null ? single : new Plain(single, name);
        }
        return parsed;
    }

    /** The type of this name that nothing declares, where the import shadows what the name would mean else. */
    private static @Nullable ProblemReferenceBinding missing(char[] token, char[][] imported, Scope scope) {
        TypeBinding found = scope.getType(token);
        if (!(found instanceof ReferenceBinding other)
                || !other.isValidBinding()
                || other.isTypeVariable()
                || other.isLocalType()
                || (other.isMemberType() && isInherited(other.enclosingType(), scope))
                || isNamed(other, imported)
                || scope.compilationUnitScope()
                                .findImport(imported, false, false)
                                .problemId()
                        != ProblemReasons.NotFound) {
            return null;
        }
        return new ProblemReferenceBinding(
                new char[][] {token}, scope.environment().createMissingType(null, imported), ProblemReasons.NotFound);
    }

    private static boolean isNamed(ReferenceBinding type, char[][] name) {
        char[] outer = type.qualifiedPackageName();
        char[] simple = type.qualifiedSourceName();
        return CharOperation.equals(
                CharOperation.concatWith(name, '.'),
                outer.length == 0 ? simple : CharOperation.concat(outer, simple, '.'));
    }

    /** Whether a class around has the members of a type. */
    private static boolean isInherited(ReferenceBinding declaring, Scope scope) {
        SourceTypeBinding here = scope.enclosingSourceType();
        return here != null && MethodLookup.enclosing(here.enclosingType(), declaring) != null;
    }

    private static long position(int start, int end) {
        return ((long) start << 32) + end;
    }

    private static final class Plain extends SingleTypeReference {
        private final char[][] imported;

        Plain(SingleTypeReference parsed, char[][] imported) {
            super(parsed.token, position(parsed.sourceStart, parsed.sourceEnd));
            this.imported = imported;
            annotations = parsed.annotations;
            bits |= parsed.bits;
        }

        @Override
        protected TypeBinding getTypeBinding(Scope scope) {
            if (resolvedType == null) {
                resolvedType = missing(token, imported, scope);
            }
            return super.getTypeBinding(scope);
        }
    }

    private static final class Generic extends ParameterizedSingleTypeReference {
        private final char[][] imported;

        Generic(ParameterizedSingleTypeReference parsed, char[][] imported) {
            super(parsed.token, parsed.typeArguments, 0, position(parsed.sourceStart, parsed.originalSourceEnd));
            this.imported = imported;
            sourceEnd = parsed.sourceEnd;
            annotations = parsed.annotations;
            bits |= parsed.bits;
        }

        @Override
        public @Nullable TypeBinding resolveType(ClassScope scope, int location) {
            ProblemReferenceBinding missing = resolvedType == null ? missing(token, imported, scope) : null;
            if (missing == null) {
                return super.resolveType(scope, location);
            }
            resolvedType = missing;
            for (TypeReference argument : typeArguments) {
                argument.resolveType(scope);
            }
            return missing.closestMatch();
        }
    }
}
