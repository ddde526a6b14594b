package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.eclipse.jdt.internal.compiler.lookup.ExtraCompilerModifiers;
import org.jspecify.annotations.Nullable;

/**
 * A type of the repository as far as frameworks look at it.
 *
 * @param name the binary name
 * @param file the path of the file that declares it
 * @param modifiers as {@link Modifier}; static also where the language makes a nested type so
 * @param parameters the names of its type variables
 * @param supertypes the superclass first
 * @param fields empty, as the methods, where no framework looks at the members
 */
record TypeModel(
        NodeId id,
        NodeKind kind,
        String name,
        String file,
        boolean test,
        int modifiers,
        List<String> parameters,
        List<AnnotationModel> annotations,
        List<TypeName> supertypes,
        List<Field> fields,
        List<Method> methods) {
    /**
     * A field or record component.
     *
     * @param constructed whether the constructor takes it that the language or Lombok adds, and a container calls
     */
    record Field(
            NodeId id,
            String name,
            int modifiers,
            TypeName type,
            List<AnnotationModel> annotations,
            boolean constructed,
            Sites sites) {
        private Field withoutPlace() {
            return new Field(id, name, modifiers, type, annotations, constructed, Sites.NONE);
        }
    }

    /**
     * A method or constructor that the text declares.
     *
     * @param signature the erased parameter types, as {@link dev.quarry.schema.Node#signature()}
     * @param defaultValue of an annotation's element
     */
    record Method(
            NodeId id,
            String name,
            String signature,
            int modifiers,
            TypeName result,
            List<Parameter> parameters,
            List<AnnotationModel> annotations,
            @Nullable AnnotationValue defaultValue,
            Sites sites) {
        private Method withoutPlace() {
            return new Method(
                    id, name, signature, modifiers, result, parameters, annotations, defaultValue, Sites.NONE);
        }

        boolean isConstructor() {
            return name.equals("<init>");
        }

        boolean isStatic() {
            return Modifier.isStatic(modifiers);
        }

        /** Whether an interface gives it a body. */
        boolean isDefault() {
            return (modifiers & ExtraCompilerModifiers.AccDefaultMethod) != 0;
        }
    }

    /** A parameter. */
    record Parameter(String name, TypeName type, List<AnnotationModel> annotations) {}

    TypeModel {
        parameters = List.copyOf(parameters);
        annotations = List.copyOf(annotations);
        supertypes = List.copyOf(supertypes);
        fields = List.copyOf(fields);
        methods = List.copyOf(methods);
    }

    /** The same type, wherever its members stand. */
    TypeModel withoutPlaces() {
        return new TypeModel(
                id,
                kind,
                name,
                file,
                test,
                modifiers,
                parameters,
                annotations,
                supertypes,
                fields.stream().map(Field::withoutPlace).toList(),
                methods.stream().map(Method::withoutPlace).toList());
    }

    /** Whether objects of exactly this class can exist without one around them. */
    boolean isConcrete() {
        return (kind == NodeKind.CLASS || kind == NodeKind.RECORD || kind == NodeKind.ENUM)
                && !Modifier.isAbstract(modifiers);
    }

    /** The package, empty for the unnamed one. */
    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** The annotation of this type that stands at a declaration. */
    static Optional<AnnotationModel> find(List<AnnotationModel> annotations, String type) {
        return annotations.stream().filter(each -> each.type().equals(type)).findFirst();
    }

    /** The first annotation of one of these types that stands at a declaration. */
    static Optional<AnnotationModel> findAny(List<AnnotationModel> annotations, List<String> types) {
        return annotations.stream().filter(each -> types.contains(each.type())).findFirst();
    }
}
