package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** Notes what dispatch needs of types: what lies above them outside of the repository, and what they implement unnamed. */
final class DispatchTypes {
    private final CallNotes notes;
    private final Bindings bindings;
    private final Set<NodeId> seen = new HashSet<>();

    DispatchTypes(CallNotes notes, Bindings bindings) {
        this.notes = notes;
        this.bindings = bindings;
    }

    /** The id of a class or interface, whether or not it has a node; notes what lies above it outside of the repository. */
    NodeId idOf(ReferenceBinding type) {
        if (!(type.original() instanceof ReferenceBinding named)
                || named.isTypeVariable()
                || named.isIntersectionType18()
                || Bindings.isMissing(named)
                || Bindings.isUnnamed(named)) {
            return NodeId.NONE;
        }
        NodeId id = bindings.idOf(named);
        if (!(named instanceof SourceTypeBinding) && seen.add(id)) {
            above(id, OverrideFinder.supertypesOf(named));
        }
        return id;
    }

    /** A generic type with at least one argument that is a known class or interface; null for others. */
    CallNotes.@Nullable Generic generic(TypeBinding type) {
        if (!(type instanceof ParameterizedTypeBinding parameterized)
                || parameterized.arguments == null
                || parameterized.isRawType()) {
            return null;
        }
        NodeId id = idOf(parameterized);
        List<NodeId> arguments =
                Arrays.stream(parameterized.arguments).map(this::argument).toList();
        boolean isKnown = !id.equals(NodeId.NONE) && arguments.stream().anyMatch(each -> !each.equals(NodeId.NONE));
        return isKnown ? new CallNotes.Generic(Parameterizations.id(id, arguments), id, arguments) : null;
    }

    private NodeId argument(TypeBinding argument) {
        boolean isClass = argument instanceof ReferenceBinding
                && !argument.isTypeVariable()
                && !argument.isWildcard()
                && !argument.isIntersectionType18()
                && argument.isValidBinding();
        return isClass
                        && argument.erasure() instanceof ReferenceBinding known
                        && !Bindings.isMissing(known)
                        && !Bindings.isUnnamed(known)
                ? bindings.idOf(known)
                : NodeId.NONE;
    }

    /** The id of a method, whether or not it has a node. */
    NodeId idOf(MethodBinding method) {
        MethodBinding original = method.original();
        ReferenceBinding owner = original.declaringClass;
        return owner == null || Bindings.isMissing(owner) || Bindings.isUnnamed(owner)
                ? NodeId.NONE
                : bindings.idOf(original);
    }

    private void above(NodeId id, List<ReferenceBinding> supertypes) {
        for (ReferenceBinding supertype : supertypes) {
            if (isOutside(supertype)) {
                notes.supertypes.add(new CallNotes.Pair(id, bindings.idOf((ReferenceBinding) supertype.original())));
            }
        }
    }

    private static boolean isOutside(ReferenceBinding type) {
        return !(type.original() instanceof SourceTypeBinding) && !Bindings.isMissing(type);
    }

    /** A type with a node: what it overrides outside of the repository, and what its superclasses implement for it. */
    void named(NodeId id, SourceTypeBinding type, OverrideFinder finder, List<ReferenceBinding> supertypes) {
        above(id, supertypes);
        supertypes.stream()
                .map(this::generic)
                .filter(Objects::nonNull)
                .forEach(generic -> notes.above.add(new CallNotes.Above(id, generic)));
        for (MethodBinding method : type.methods()) {
            List<MethodBinding> overridden = finder.overriddenAnywhere(method, supertypes);
            if (overridden.size() > 1) {
                NodeId from = idOf(method);
                overridden.stream()
                        .filter(above -> isOutside(above.declaringClass))
                        .forEach(above -> notes.overrides.add(new CallNotes.Pair(from, idOf(above))));
            }
        }
        if (!type.isInterface() && type.superclass() != null) {
            inherited(id, type, supertypes);
        }
    }

    /** Finds the methods of superclasses that implement interfaces of this type which the superclasses do not have. */
    private void inherited(NodeId id, SourceTypeBinding type, List<ReferenceBinding> supertypes) {
        List<ReferenceBinding> news = supertypes.stream()
                .filter(supertype -> supertype.isInterface() && !Bindings.isMissing(supertype))
                .filter(supertype -> type.superclass().findSuperTypeOriginatingFrom(supertype.original()) == null)
                .toList();
        if (news.isEmpty()) {
            return;
        }
        Set<String> nearer = new HashSet<>();
        for (MethodBinding own : type.methods()) {
            nearer.add(key(own));
        }
        for (ReferenceBinding next = type.superclass();
                next != null && next.original() instanceof SourceTypeBinding;
                next = next.superclass()) {
            for (MethodBinding method : next.methods()) {
                if (!method.isStatic() && !method.isConstructor() && method.isPublic() && nearer.add(key(method))) {
                    implementations(id, method, news);
                }
            }
        }
    }

    private void implementations(NodeId id, MethodBinding method, List<ReferenceBinding> interfaces) {
        if (method.isAbstract()) {
            return;
        }
        for (ReferenceBinding type : interfaces) {
            for (MethodBinding candidate : type.getMethods(method.selector)) {
                if (!candidate.isStatic()
                        && !candidate.isPrivate()
                        && key(candidate).equals(key(method))) {
                    notes.inherited.add(new CallNotes.Inherited(idOf(candidate), idOf(method), id));
                }
            }
        }
    }

    /** Name and erased parameter types, with the type arguments of the supertype filled in. */
    private static String key(MethodBinding method) {
        StringBuilder key = new StringBuilder().append(method.selector);
        for (TypeBinding parameter : method.parameters) {
            key.append(' ').append(parameter.erasure().readableName());
        }
        return key.toString();
    }

    /** A class without a node: each method that implements another is code of the callable that holds the class. */
    void inline(TypeDeclaration tree, NodeId slot, EdgeSet edges) {
        SourceTypeBinding type = tree.binding;
        if (type == null || tree.methods == null || tree.scope == null) {
            return;
        }
        NodeId named = Arrays.stream(type.superInterfaces())
                .findFirst()
                .or(() -> Optional.ofNullable(type.superclass()))
                .map(this::idOf)
                .orElse(NodeId.NONE);
        if (named.equals(NodeId.NONE)) {
            return;
        }
        OverrideFinder finder = new OverrideFinder(tree.scope, bindings.names());
        List<ReferenceBinding> supertypes = finder.supertypes(type);
        for (AbstractMethodDeclaration method : tree.methods) {
            if (method instanceof MethodDeclaration && method.binding != null && !method.isAbstract()) {
                for (MethodBinding overridden : finder.overriddenAnywhere(method.binding, supertypes)) {
                    NodeId above = idOf(overridden);
                    if (!above.equals(NodeId.NONE)) {
                        edges.hold(new CallNotes.Inline(above, named, slot, false));
                    }
                }
            }
        }
    }
}
