package dev.quarry.ingest;

import dev.quarry.ingest.LombokStub.Kind;
import dev.quarry.ingest.LombokStub.Use;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.jspecify.annotations.Nullable;

/** What {@code @Builder} and {@code @SuperBuilder} add to a type. */
final class LombokBuilders {
    private final LombokType type;

    LombokBuilders(LombokType type) {
        this.type = type;
    }

    /**
     * What a builder builds.
     *
     * @param result the simple name of the built type
     * @param parameters its type parameters with bounds
     * @param arguments its type parameters by name
     * @param variables what is set
     * @param thrown a throws clause with a blank before it, or empty
     * @param maker the constructor or method that is called in the end
     */
    private record Plan(
            Annotation origin,
            String result,
            String parameters,
            String arguments,
            List<? extends AbstractVariableDeclaration> variables,
            String thrown,
            boolean onType,
            LombokStub.Call maker) {}

    /** Adds the builders that the type's annotations and those of its constructors and methods ask for. */
    void add() {
        Annotation superBuilder = type.annotations.get("SuperBuilder");
        if (superBuilder != null && type.isClass()) {
            new LombokSuperBuilder(type, this, superBuilder).add();
            return;
        }
        Annotation builder = type.annotations.get("Builder");
        if (builder != null && type.isRecord()) {
            List<AbstractVariableDeclaration> components =
                    type.tree.recordComponents == null ? List.of() : List.of(type.tree.recordComponents);
            LombokStub.Call maker = LombokStub.Call.of(type.name, "<init>", components);
            add(new Plan(builder, type.name, type.parameters(), type.arguments(), components, "", true, maker));
        } else if (builder != null && type.isClass()) {
            List<FieldDeclaration> fields = buildable();
            LombokStub.Call maker = LombokStub.Call.of(type.name, "<init>", fields);
            add(new Plan(builder, type.name, type.parameters(), type.arguments(), fields, "", true, maker));
            defaults(builder);
            boolean asked = type.annotations.keySet().stream().anyMatch(name -> name.endsWith("ArgsConstructor"));
            if (!asked && !type.hasConstructor()) {
                type.constructor(type.name + parameterList(fields), builder, fields);
            }
        }
        if (type.tree.methods != null) {
            for (AbstractMethodDeclaration method : List.of(type.tree.methods)) {
                Annotation onMethod = type.annotations(method.annotations).get("Builder");
                if (onMethod != null) {
                    add(plan(method, onMethod));
                }
            }
        }
    }

    /** The fields that a builder sets: final ones with a value only if that is a default. */
    List<FieldDeclaration> buildable() {
        return type.instanceFields().stream()
                .filter(field -> field.initialization == null
                        || !LombokType.isFinal(field)
                        || type.annotation(field, "Builder.Default") != null)
                .toList();
    }

    private Plan plan(AbstractMethodDeclaration method, Annotation origin) {
        List<AbstractVariableDeclaration> variables = method.arguments == null ? List.of() : List.of(method.arguments);
        StringJoiner thrown = new StringJoiner(", ", " throws ", "").setEmptyValue("");
        if (method.thrownExceptions != null) {
            List.of(method.thrownExceptions).forEach(each -> thrown.add(each.toString()));
        }
        if (method instanceof MethodDeclaration declared) {
            String result = declared.returnType.toString();
            int generic = result.indexOf('<');
            return new Plan(
                    origin,
                    generic < 0 ? result : result.substring(0, generic),
                    LombokType.parameters(declared.typeParameters),
                    generic < 0 ? "" : result.substring(generic),
                    variables,
                    thrown.toString(),
                    false,
                    LombokStub.Call.of(type.name, new String(method.selector), variables));
        }
        LombokStub.Call maker = LombokStub.Call.of(type.name, "<init>", variables);
        String clause = thrown.toString();
        return new Plan(origin, type.name, type.parameters(), type.arguments(), variables, clause, false, maker);
    }

    private void add(Plan plan) {
        Annotation origin = plan.origin;
        String access = Objects.requireNonNullElse(LombokType.access(origin, "access"), "");
        String inner = access.equals("protected ") ? "public " : access;
        String simple = plan.result.substring(plan.result.lastIndexOf('.') + 1);
        String builder = builderName(origin, simple.equals("void") ? "Void" : LombokAccessors.capitalized(simple, ""));
        String parameters = plan.parameters;
        String own = plan.onType || parameters.isEmpty() ? plan.arguments : names(parameters);
        String self = builder + own;
        String factory = LombokType.word(origin, "builderMethodName", "builder");
        String blank = parameters.isEmpty() ? "" : " ";
        LombokStub.Call creation = LombokStub.Call.of(builder, "<init>", List.of());
        if (!factory.isEmpty() && !type.hasMethod(factory)) {
            String head = access + "static " + parameters + blank + self + " " + factory + "()";
            type.method(head, origin, List.of(), Use.NONE, creation);
        }
        if (LombokType.isTrue(origin, "toBuilder")) {
            type.method(access + self + " toBuilder()", origin, fieldsOf(plan.variables), Use.READS, creation);
        }
        List<LombokStub> members = new ArrayList<>();
        TypeDeclaration written = type.memberType(builder);
        members.add(new LombokStub(Kind.CONSTRUCTOR, builder + "()", origin, List.of(), Use.NONE, List.of()));
        variables(origin, plan.variables, self, inner, "this", members);
        String result = plan.result + plan.arguments;
        String build = LombokType.word(origin, "buildMethodName", "build");
        String builds = inner + result + " " + build + "()" + plan.thrown;
        members.add(new LombokStub(Kind.METHOD, builds, origin, List.of(), Use.NONE, List.of()).calling(plan.maker));
        add(members, Kind.METHOD, "public java.lang.String toString()", origin, List.of());
        String head = access + "static class " + builder + parameters;
        type.stubs.add(new LombokStub(
                Kind.TYPE, head, origin, List.of(), Use.NONE, written == null ? members : missing(written, members)));
    }

    private static String names(String parameters) {
        return parameters.replaceAll(" (extends|super) [^,>]*(<[^>]*>)?", "");
    }

    String builderName(Annotation origin, String result) {
        String pattern = type.config.get("lombok.builder.className", "*Builder");
        return LombokType.word(origin, "builderClassName", pattern).replace("*", result);
    }

    /** The members that a builder class that is written in the text does not have. */
    List<LombokStub> missing(TypeDeclaration written, List<LombokStub> members) {
        LombokType builder = new LombokType(written, type.names, type.config);
        return members.stream()
                .filter(member -> {
                    String head = member.head();
                    int parenthesis = head.indexOf('(');
                    String before = parenthesis < 0 ? head : head.substring(0, parenthesis);
                    String name = before.substring(before.lastIndexOf(' ') + 1);
                    return switch (member.kind()) {
                        case FIELD -> !builder.hasField(name);
                        case METHOD -> !builder.hasMethod(name);
                        case CONSTRUCTOR -> !builder.hasConstructor();
                        case TYPE -> builder.memberType(name) == null;
                    };
                })
                .toList();
    }

    /** The static methods that give the values of fields with {@code @Builder.Default}. */
    void defaults(Annotation origin) {
        for (FieldDeclaration field : buildable()) {
            Annotation byDefault = type.annotation(field, "Builder.Default");
            if (byDefault != null && field.initialization != null) {
                String parameters = type.parameters();
                type.method(
                        "private static " + parameters + (parameters.isEmpty() ? "" : " ") + LombokType.typeOf(field)
                                + " $default$" + LombokType.name(field) + "()",
                        byDefault,
                        List.of(field),
                        Use.NONE);
            }
        }
    }

    static String parameterList(List<? extends AbstractVariableDeclaration> variables) {
        StringJoiner list = new StringJoiner(", ", "(", ")");
        variables.forEach(each -> list.add(LombokType.typeOf(each) + " " + LombokType.name(each)));
        return list.toString();
    }

    private static List<FieldDeclaration> fieldsOf(List<? extends AbstractVariableDeclaration> variables) {
        return variables.stream()
                .filter(FieldDeclaration.class::isInstance)
                .map(FieldDeclaration.class::cast)
                .toList();
    }

    /** Adds the fields and setters of a builder that returns {@code self} from each. */
    void variables(
            Annotation origin,
            List<? extends AbstractVariableDeclaration> variables,
            String self,
            String access,
            String how,
            List<LombokStub> members) {
        String prefix = LombokType.word(origin, "setterPrefix", "");
        for (AbstractVariableDeclaration variable : variables) {
            List<FieldDeclaration> madeOf = fieldsOf(List.of(variable));
            Annotation singular = type.annotation(variable, "Singular");
            String name = nameOf(variable);
            if (singular != null) {
                LombokSingular.add(
                        new LombokSingular.Setting(
                                singular,
                                LombokType.word(singular, "value", LombokSingular.singular(name)),
                                name,
                                LombokType.typeOf(variable),
                                prefix,
                                access + self,
                                madeOf),
                        members);
                continue;
            }
            String valueType = LombokType.typeOf(variable);
            boolean byDefault = type.annotation(variable, "Builder.Default") != null;
            add(members, Kind.FIELD, "private " + valueType + " " + name + (byDefault ? "$value" : ""), origin, madeOf);
            if (byDefault) {
                add(members, Kind.FIELD, "private boolean " + name + "$set", origin, madeOf);
            }
            String setter = prefix.isEmpty() ? name : prefix + LombokAccessors.capitalized(name, "");
            String head = access + self + " " + setter + "(" + valueType + " " + name + ")";
            add(members, Kind.METHOD, head, origin, madeOf);
        }
    }

    private String nameOf(AbstractVariableDeclaration variable) {
        if (variable instanceof FieldDeclaration field) {
            String base = new LombokAccessors(type).baseName(field);
            return base == null ? LombokType.name(field) : base;
        }
        return LombokType.name(variable);
    }

    static void add(
            List<LombokStub> members, Kind kind, String head, Annotation origin, List<FieldDeclaration> madeOf) {
        members.add(new LombokStub(kind, head, origin, madeOf, Use.NONE, List.of()));
    }

    boolean isAbstract() {
        return (type.tree.modifiers & Modifier.ABSTRACT) != 0;
    }

    /** The builder class of the superclass, by the custom that it is called after it; null without superclass. */
    @Nullable
    String parentBuilder(Annotation origin) {
        if (type.tree.superclass == null) {
            return null;
        }
        String parent = type.tree.superclass.toString();
        int generic = parent.indexOf('<');
        String raw = generic < 0 ? parent : parent.substring(0, generic);
        String arguments = generic < 0 ? "" : parent.substring(generic + 1, parent.length() - 1) + ", ";
        String simple = raw.substring(raw.lastIndexOf('.') + 1);
        return raw + "." + builderName(origin, simple) + "<" + arguments;
    }
}
