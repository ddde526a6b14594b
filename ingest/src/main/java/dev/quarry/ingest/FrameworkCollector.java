package dev.quarry.ingest;

import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.AnnotationMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.RecordComponent;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.jspecify.annotations.Nullable;

/** Notes one file's types and calls for the {@link FrameworkModel}, as far as a framework may look at them. */
final class FrameworkCollector {

    /** Packages whose annotations speak to compilers and checkers only. */
    private static final List<String> SILENT = List.of(
            "java.lang.",
            "org.jspecify.",
            "org.checkerframework.",
            "org.jetbrains.annotations.",
            "com.google.errorprone.",
            "com.google.common.annotations.",
            "com.google.j2objc.",
            "org.apiguardian.",
            "org.junit.");

    private static final List<String> FRAMEWORKS = List.of("org.springframework.", "jakarta.", "javax.");

    private final FrameworkModel model;
    private final FileGraph graph;
    private final FrameworkNotes notes;
    private final TypeUses types;
    private final TypeReader reader;
    private final ReceiverTypes receivers;
    private final boolean test;

    FrameworkCollector(FrameworkModel model, FileGraph graph, Bindings bindings, TypeUses types, ImportMap imports) {
        this.model = model;
        this.graph = graph;
        this.notes = graph.frameworks();
        this.types = types;
        this.reader = new TypeReader(types);
        this.receivers = new ReceiverTypes(bindings, imports, new ExpressionTypes(bindings.names(), imports));
        this.test = (FileFlags.of(graph.path(), "") & Flags.TEST) != 0;
    }

    /**
     * Takes a type that the file declares; to be called once its bodies were bound.
     *
     * @param generated tells the members that are not written; frameworks judge by what is
     */
    void type(TypeDeclaration type, NodeId id, NodeKind kind, String name, GeneratedMembers generated) {
        List<TypeName> supertypes = supertypes(type);
        boolean seen = supertypes.stream().anyMatch(each -> startsWithAny(each.name(), FRAMEWORKS))
                || model.wantsMembersOfAll()
                || isAnnotated(type)
                || hearsEvents(type)
                || model.resources().namespaces().contains(name)
                || (kind == NodeKind.INTERFACE && mayBeProxied(supertypes));
        notes.types.add(new TypeModel(
                id,
                kind,
                name,
                graph.path(),
                test,
                type.binding.isStatic() ? type.modifiers | Modifier.STATIC : type.modifiers,
                type.typeParameters == null
                        ? List.of()
                        : Arrays.stream(type.typeParameters)
                                .map(FrameworkCollector::name)
                                .toList(),
                reader.annotations(type.annotations, type.staticInitializerScope),
                supertypes,
                seen ? fields(type, kind, name, generated) : List.of(),
                seen ? methods(type, name, generated) : List.of()));
    }

    /** Whether a framework may make a class for an interface by what is above it, or for one below it. */
    private boolean mayBeProxied(List<TypeName> supertypes) {
        return !model.resources().namespaces().isEmpty()
                || supertypes.stream().anyMatch(each -> !each.name().startsWith("java."));
    }

    private static String name(TypeParameter parameter) {
        return new String(parameter.name);
    }

    private List<TypeName> supertypes(TypeDeclaration type) {
        List<TypeName> all = new ArrayList<>();
        if (type.superclass != null) {
            all.add(reader.type(type.superclass));
        }
        if (type.superInterfaces != null) {
            for (TypeReference supertype : type.superInterfaces) {
                all.add(reader.type(supertype));
            }
        }
        return all;
    }

    private boolean isAnnotated(TypeDeclaration type) {
        return speaks(type.annotations)
                || (type.fields != null && Arrays.stream(type.fields).anyMatch(field -> speaks(field.annotations)))
                || (type.methods != null && Arrays.stream(type.methods).anyMatch(method -> speaks(method.annotations)));
    }

    /** Whether a type has a method that listens to Spring's events, though a superclass may say so. */
    private static boolean hearsEvents(TypeDeclaration type) {
        return type.methods != null
                && Arrays.stream(type.methods)
                        .anyMatch(method -> new String(method.selector).equals(SpringMessages.ON_EVENT));
    }

    private boolean speaks(Annotation @Nullable [] annotations) {
        return annotations != null
                && Stream.of(annotations).anyMatch(annotation -> !startsWithAny(types.nameOf(annotation.type), SILENT));
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private List<TypeModel.Field> fields(
            TypeDeclaration type, NodeKind kind, String owner, GeneratedMembers generated) {
        List<TypeModel.Field> all = new ArrayList<>();
        if (kind == NodeKind.RECORD && type.recordComponents != null) {
            for (RecordComponent component : type.recordComponents) {
                String name = new String(component.name);
                all.add(new TypeModel.Field(
                        NodeId.of(NodeKind.RECORD_COMPONENT, owner + "#" + name, ""),
                        name,
                        component.modifiers,
                        reader.type(component.type),
                        reader.annotations(component.annotations, type.staticInitializerScope),
                        true,
                        at(component.sourceStart)));
            }
        }
        if (type.fields != null) {
            Set<FieldDeclaration> injected = generated.injected(type);
            for (FieldDeclaration field : type.fields) {
                if (!(field instanceof Initializer)
                        && field.type != null
                        && !generated.has(field)
                        && !(kind == NodeKind.RECORD && !field.isStatic())) {
                    all.add(field(type, owner, field, injected.contains(field)));
                }
            }
        }
        return all;
    }

    private TypeModel.Field field(TypeDeclaration type, String owner, FieldDeclaration field, boolean constructed) {
        String name = new String(field.name);
        return new TypeModel.Field(
                NodeId.of(NodeKind.FIELD, owner + "#" + name, ""),
                name,
                field.modifiers,
                reader.type(field.type),
                reader.annotations(
                        field.annotations, field.isStatic() ? type.staticInitializerScope : type.initializerScope),
                constructed,
                at(field.sourceStart));
    }

    private List<TypeModel.Method> methods(TypeDeclaration type, String owner, GeneratedMembers generated) {
        List<TypeModel.Method> all = new ArrayList<>();
        if (type.methods != null) {
            for (AbstractMethodDeclaration method : type.methods) {
                if (!method.isClinit() && !method.isDefaultConstructor() && !generated.has(method)) {
                    all.add(method(owner, method));
                }
            }
        }
        return all;
    }

    private TypeModel.Method method(String owner, AbstractMethodDeclaration method) {
        String name = method.isConstructor() ? "<init>" : new String(method.selector);
        String signature = types.signature(method);
        NodeKind kind = method.isConstructor() ? NodeKind.CONSTRUCTOR : NodeKind.METHOD;
        List<TypeModel.Parameter> parameters = new ArrayList<>();
        if (method.arguments != null) {
            for (Argument argument : method.arguments) {
                parameters.add(new TypeModel.Parameter(
                        new String(argument.name),
                        reader.type(argument.type),
                        reader.annotations(argument.annotations, method.scope)));
            }
        }
        return new TypeModel.Method(
                NodeId.of(kind, owner + "#" + name, signature),
                name,
                signature,
                method.modifiers,
                method instanceof MethodDeclaration declared ? reader.type(declared.returnType) : TypeName.VOID,
                parameters,
                reader.annotations(method.annotations, method.scope),
                method instanceof AnnotationMethodDeclaration element && element.defaultValue != null
                        ? reader.value(element.defaultValue, method.scope)
                        : null,
                at(method.sourceStart));
    }

    private Sites at(int offset) {
        return Sites.ofPacked(new int[] {graph.site(offset)});
    }

    /** Takes a call in a body, if its method's name is one of those that frameworks give a meaning. */
    void call(MessageSend send, NodeId caller, @Nullable BlockScope scope) {
        String method = new String(send.selector);
        if (!FrameworkCalls.isMethod(method) || send.arguments == null || send.arguments.length == 0) {
            return;
        }
        String receiver = receivers.of(send.receiver).name();
        if (!FrameworkCalls.matters(method, receiver)) {
            return;
        }
        List<FrameworkModel.Argument> arguments = new ArrayList<>();
        for (Expression argument : send.arguments) {
            String type = argument instanceof AllocationExpression allocation && allocation.type != null
                    ? types.nameOf(allocation.type)
                    : receivers.of(argument).name();
            arguments.add(new FrameworkModel.Argument(reader.value(argument, scope), type));
        }
        if (FrameworkCalls.wantsText(method) && !(arguments.getFirst().value() instanceof AnnotationValue.Text)) {
            return;
        }
        notes.invocations.add(new FrameworkModel.Invocation(
                caller, test, method, receiver, arguments, at((int) (send.nameSourcePosition >>> 32))));
    }
}
