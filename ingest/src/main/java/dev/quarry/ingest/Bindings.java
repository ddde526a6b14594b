package dev.quarry.ingest;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.UnresolvedReason;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.lookup.ArrayBinding;
import org.eclipse.jdt.internal.compiler.lookup.BinaryTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.MissingTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.SyntheticFactoryMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * From the compiler's bindings to the nodes that they stand for. Keeps the leaves that were asked for.
 *
 * <p>What has no node gives null: base types, type variables, anonymous classes and their members.
 */
final class Bindings {
    private final TypeNames names;
    private final ClassOrigins origins;
    private final IdentityHashMap<TypeBinding, Target> types = new IdentityHashMap<>();
    private final IdentityHashMap<MethodBinding, Target> methods = new IdentityHashMap<>();
    private final IdentityHashMap<FieldBinding, Target> fields = new IdentityHashMap<>();
    private final Map<NodeId, Node> leaves;
    private final GeneratedTypes generated;
    private final Set<ReferenceBinding> askedTypes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<NodeId, Node> askedLeaves = new LinkedHashMap<>();

    /**
     * Bindings of one module.
     *
     * @param leaves takes the leaves that are asked for; shared by the modules of a run
     * @param generated tells missing types that an annotation processor makes
     */
    Bindings(TypeNames names, ClassOrigins origins, Map<NodeId, Node> leaves, GeneratedTypes generated) {
        this.generated = generated;
        this.leaves = leaves;
        this.names = names;
        this.origins = origins;
    }

    TypeNames names() {
        return names;
    }

    /** Forgets what was asked for before; to be called when another file begins. */
    void beginFile() {
        askedTypes.clear();
        askedLeaves.clear();
        names.beginFile();
    }

    /** The leaves that were asked for since the file began. */
    Collection<Node> askedLeaves() {
        return askedLeaves.values();
    }

    /** The simple names of the types that were asked for since the file began. */
    Set<String> askedNames() {
        Set<String> found = new HashSet<>(names.askedNames());
        for (ReferenceBinding asked : askedTypes) {
            for (ReferenceBinding type = asked; type != null; type = type.enclosingType()) {
                char[] name = type.sourceName();
                if (name != null) {
                    found.add(new String(name));
                }
            }
        }
        return found;
    }

    private @Nullable Target asked(@Nullable Target target) {
        if (target != null && target.leaf() != null) {
            askedLeaves.putIfAbsent(target.id(), target.leaf());
        }
        return target;
    }

    /** The node of a type; of an array's element type. */
    @Nullable
    Target type(@Nullable TypeBinding binding, @Nullable ImportMap context) {
        TypeBinding type = binding instanceof ArrayBinding array ? array.leafComponentType : binding;
        if (type == null || type.isBaseType() || type.isTypeVariable() || type.isIntersectionType18()) {
            return null;
        }
        if (!(type.original() instanceof ReferenceBinding reference) || reference.isWildcard()) {
            return null;
        }
        if (isMissing(reference)) {
            return missingType(names.binaryName(reference, context));
        }
        askedTypes.add(reference);
        Target known = types.get(reference);
        if (known == null) {
            if (isUnnamed(reference)) {
                return null;
            }
            String name = names.binaryName(reference, context);
            known = reference instanceof SourceTypeBinding
                    ? Target.declared(TypeNames.kindOf(reference), name, "")
                    : leaf(
                            leafKind(reference, NodeKind.JDK_TYPE, NodeKind.LIBRARY_TYPE),
                            simpleName(name),
                            name,
                            "",
                            originOf(reference));
            types.put(reference, known);
        }
        return asked(known);
    }

    /** The node of a type that nothing declares. */
    Target missingType(String name) {
        return leaf(NodeKind.UNRESOLVED, simpleName(name), name, "", missing(name));
    }

    /** A node outside every file: a package or module that an import names. */
    Target shared(NodeKind kind, String name, String detail) {
        return leaf(kind, simpleName(name), name, "", detail);
    }

    /** The leaf of a member that could not be bound. */
    Target unresolved(String owner, String name, UnresolvedReason reason) {
        String qualifiedName = owner.isEmpty() ? name : owner + "#" + name;
        String detail = reason == UnresolvedReason.MISSING_TYPE ? missing(owner) : reason.detail(owner);
        return leaf(NodeKind.UNRESOLVED, name, qualifiedName, "", detail);
    }

    private String missing(String type) {
        String processor = generated.processorOf(type);
        return processor == null
                ? UnresolvedReason.MISSING_TYPE.detail(type)
                : UnresolvedReason.GENERATED.detail(type + " by " + processor);
    }

    /** The leaf of a member of what a chain of calls gives that begins at a generated type; null if this type is not one. */
    @Nullable
    Target unresolvedAfter(String type, String name) {
        String processor = generated.processorOf(type);
        return processor == null
                ? null
                : leaf(
                        NodeKind.UNRESOLVED,
                        name,
                        name,
                        "",
                        UnresolvedReason.GENERATED.detail("what " + type + " gives, by " + processor));
    }

    /** The node of a method or constructor, under the type that declares it. */
    @Nullable
    Target method(MethodBinding binding) {
        MethodBinding method = written(binding.original());
        askedFor(method.declaringClass);
        Target known = methods.get(method);
        if (known == null) {
            known = computeMethod(method);
            if (known != null) {
                methods.put(method, known);
            }
        }
        return asked(known);
    }

    private void askedFor(@Nullable ReferenceBinding type) {
        if (type != null) {
            askedTypes.add(type);
        }
    }

    /** The constructor, where inference of {@code new T<>()} ended early and left the method that it puts in its place. */
    private static MethodBinding written(MethodBinding method) {
        return method instanceof SyntheticFactoryMethodBinding factory
                ? factory.getConstructor().original()
                : method;
    }

    private @Nullable Target computeMethod(MethodBinding method) {
        ReferenceBinding owner = method.declaringClass;
        if (owner == null || isUnnamed(owner)) {
            return null;
        }
        String name = method.isConstructor() ? "<init>" : new String(method.selector);
        String ownerName = names.binaryName(owner, names.contextOf(owner));
        if (isMissing(owner)) {
            return unresolved(ownerName, name, UnresolvedReason.MISSING_TYPE);
        }
        String qualifiedName = ownerName + "#" + name;
        String signature = names.signature(method);
        if (owner.original() instanceof SourceTypeBinding) {
            NodeKind kind = method.isConstructor() ? NodeKind.CONSTRUCTOR : NodeKind.METHOD;
            return Target.declared(kind, qualifiedName, signature);
        }
        return leaf(
                leafKind(owner, NodeKind.JDK_METHOD, NodeKind.LIBRARY_METHOD),
                name,
                qualifiedName,
                signature,
                originOf(owner));
    }

    /** The id that {@link #type} gives; asking for it makes no leaf. The type is named and known. */
    NodeId idOf(ReferenceBinding type) {
        askedTypes.add(type);
        NodeKind kind = type instanceof SourceTypeBinding
                ? TypeNames.kindOf(type)
                : leafKind(type, NodeKind.JDK_TYPE, NodeKind.LIBRARY_TYPE);
        return NodeId.of(kind, names.binaryName(type, names.contextOf(type)), "");
    }

    /** The id that {@link #method} gives; asking for it makes no leaf. The method's type is named and known. */
    NodeId idOf(MethodBinding method) {
        ReferenceBinding owner = method.declaringClass;
        askedTypes.add(owner);
        String qualifiedName = names.binaryName(owner, names.contextOf(owner)) + "#"
                + (method.isConstructor() ? "<init>" : new String(method.selector));
        NodeKind declared = method.isConstructor() ? NodeKind.CONSTRUCTOR : NodeKind.METHOD;
        NodeKind kind = owner.original() instanceof SourceTypeBinding
                ? declared
                : leafKind(owner, NodeKind.JDK_METHOD, NodeKind.LIBRARY_METHOD);
        return NodeId.of(kind, qualifiedName, names.signature(method));
    }

    /** The node of a field, enum constant or record component; null for an array's length. */
    @Nullable
    Target field(FieldBinding binding) {
        FieldBinding field = binding.original();
        askedFor(field.declaringClass);
        Target known = fields.get(field);
        if (known == null) {
            known = computeField(field);
            if (known != null) {
                fields.put(field, known);
            }
        }
        return asked(known);
    }

    private @Nullable Target computeField(FieldBinding field) {
        ReferenceBinding owner = field.declaringClass;
        if (owner == null || isUnnamed(owner)) {
            return null;
        }
        String name = new String(field.name);
        String ownerName = names.binaryName(owner, names.contextOf(owner));
        if (isMissing(owner)) {
            return unresolved(ownerName, name, UnresolvedReason.MISSING_TYPE);
        }
        if (owner.original() instanceof SourceTypeBinding) {
            return Target.declared(fieldKind(field, owner), ownerName + "#" + name, "");
        }
        return leaf(
                leafKind(owner, NodeKind.JDK_FIELD, NodeKind.LIBRARY_FIELD),
                name,
                ownerName + "#" + name,
                "",
                originOf(owner));
    }

    private static NodeKind fieldKind(FieldBinding field, ReferenceBinding owner) {
        if ((field.modifiers & ClassFileConstants.AccEnum) != 0) {
            return NodeKind.ENUM_CONSTANT;
        }
        return owner.isRecord() && !field.isStatic() ? NodeKind.RECORD_COMPONENT : NodeKind.FIELD;
    }

    private Target leaf(NodeKind kind, String name, String qualifiedName, String signature, String detail) {
        Target target = Target.leaf(kind, name, qualifiedName, signature, detail);
        Node node = Objects.requireNonNull(target.leaf());
        leaves.merge(target.id(), node, Bindings::merged);
        askedLeaves.merge(target.id(), node, Bindings::merged);
        return target;
    }

    /** Of two leaves with one id, which several modules may know differently, one. */
    static Node merged(Node one, Node other) {
        return one.detail().compareTo(other.detail()) <= 0 ? one : other;
    }

    private static NodeKind leafKind(ReferenceBinding type, NodeKind jdk, NodeKind library) {
        return isJdk(type) ? jdk : library;
    }

    private String originOf(ReferenceBinding type) {
        return isJdk(type) ? "" : origins.coordinateOf(names.binaryName(type, null));
    }

    /** Class path entries live in the unnamed module, the JDK's classes in named ones. */
    private static boolean isJdk(ReferenceBinding type) {
        if (!(type.original() instanceof BinaryTypeBinding binary)) {
            return false;
        }
        if (binary.module() != null && !binary.module().isUnnamed()) {
            return true;
        }
        // At language levels without modules the compiler knows of none; no jar in use holds a package of the JDK.
        return JdkPackages.contains(CharOperation.toString(binary.getPackage().compoundName));
    }

    /** Whether neither a class file nor a source declares the type. */
    static boolean isMissing(TypeBinding type) {
        if (type instanceof ProblemReferenceBinding problem) {
            TypeBinding match = problem.closestMatch();
            return match == null || match instanceof MissingTypeBinding;
        }
        if (type.isParameterizedType() && !Identity.same(type.erasure(), type)) {
            return isMissing(type.erasure());
        }
        return type instanceof MissingTypeBinding;
    }

    /** Whether the type is anonymous, or nested in one that is. */
    static boolean isUnnamed(ReferenceBinding type) {
        for (ReferenceBinding outer = type; outer != null; outer = outer.enclosingType()) {
            if (outer.isAnonymousType()) {
                return true;
            }
        }
        return false;
    }

    static String simpleName(String binaryName) {
        int start = Math.max(
                        binaryName.lastIndexOf('/'), Math.max(binaryName.lastIndexOf('.'), binaryName.lastIndexOf('$')))
                + 1;
        String name = binaryName.substring(start);
        return name.isEmpty() ? binaryName : name;
    }
}
