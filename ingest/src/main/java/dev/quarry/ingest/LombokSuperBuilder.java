package dev.quarry.ingest;

import dev.quarry.ingest.LombokStub.Kind;
import dev.quarry.ingest.LombokStub.Use;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.jspecify.annotations.Nullable;

/** What {@code @SuperBuilder} adds: an abstract builder that subclasses' builders extend, and one that can be created. */
final class LombokSuperBuilder {
    private final LombokType type;
    private final LombokBuilders builders;
    private final Annotation origin;
    private final List<FieldDeclaration> fields;
    private final String builder;
    private final String arguments;
    private final String self;

    LombokSuperBuilder(LombokType type, LombokBuilders builders, Annotation origin) {
        this.type = type;
        this.builders = builders;
        this.origin = origin;
        this.fields = builders.buildable();
        this.builder = builders.builderName(origin, type.name);
        String names = type.arguments();
        this.arguments = names.isEmpty() ? "" : names.substring(1, names.length() - 1) + ", ";
        this.self = free("B");
    }

    private String free(String name) {
        String all = "," + arguments.replace(" ", "") + ",";
        String free = name;
        for (int i = 2; all.contains("," + free + ","); i++) {
            free = name + i;
        }
        return free;
    }

    void add() {
        boolean toBuilder = LombokType.isTrue(origin, "toBuilder");
        String wild = builder + "<" + arguments + "?, ?>";
        String parameters = type.parameters();
        String generic = parameters.isEmpty() ? "" : parameters + " ";
        abstractBuilder(toBuilder);
        if (!builders.isAbstract()) {
            implementation();
            LombokStub.Call creation = LombokStub.Call.of(builder + "Impl", "<init>", List.of());
            String factory = LombokType.word(origin, "builderMethodName", "builder");
            if (!factory.isEmpty() && !type.hasMethod(factory)) {
                type.method(
                        "public static " + generic + wild + " " + factory + "()",
                        origin,
                        List.of(),
                        Use.NONE,
                        creation);
            }
            if (toBuilder) {
                type.method("public " + wild + " toBuilder()", origin, List.of(), Use.NONE, creation);
            }
        }
        if (!type.hasConstructor(List.of(wild))) {
            type.constructor("protected " + type.name + "(" + wild + " b)", origin, fields);
        }
        builders.defaults(origin);
    }

    private void abstractBuilder(boolean toBuilder) {
        String built = free("C");
        String names = type.parameters();
        String own = names.isEmpty() ? "" : names.substring(1, names.length() - 1) + ", ";
        String product = type.name + type.arguments();
        String full = builder + "<" + arguments + built + ", " + self + ">";
        String parent = builders.parentBuilder(origin);
        String head = "public abstract static class " + builder + "<" + own + built + " extends " + product + ", "
                + self + " extends " + full + ">"
                + (parent == null ? "" : " extends " + parent + built + ", " + self + ">");
        List<LombokStub> members = new ArrayList<>();
        builders.variables(origin, fields, self, "public ", "self()", members);
        LombokBuilders.add(members, Kind.METHOD, "protected abstract " + self + " self()", origin, List.of());
        String build = LombokType.word(origin, "buildMethodName", "build");
        LombokBuilders.add(members, Kind.METHOD, "public abstract " + built + " " + build + "()", origin, List.of());
        LombokBuilders.add(members, Kind.METHOD, "public java.lang.String toString()", origin, List.of());
        if (toBuilder) {
            LombokBuilders.add(
                    members,
                    Kind.METHOD,
                    "protected " + self + " $fillValuesFrom(" + built + " instance)",
                    origin,
                    List.of());
            String generic = type.parameters();
            LombokBuilders.add(
                    members,
                    Kind.METHOD,
                    "private static " + generic + (generic.isEmpty() ? "" : " ")
                            + "void $fillValuesFromInstanceIntoBuilder(" + product + " instance, " + builder + "<"
                            + arguments + "?, ?> b)",
                    origin,
                    List.of());
        }
        addType(head, builder, members);
    }

    private void implementation() {
        String name = builder + "Impl";
        String product = type.name + type.arguments();
        String own = name + type.arguments();
        String head = "private static final class " + name + type.parameters() + " extends " + builder + "<" + arguments
                + product + ", " + own + ">";
        List<LombokStub> members = new ArrayList<>();
        LombokBuilders.add(members, Kind.CONSTRUCTOR, "private " + name + "()", origin, List.of());
        LombokBuilders.add(members, Kind.METHOD, "protected " + own + " self()", origin, List.of());
        String build = LombokType.word(origin, "buildMethodName", "build");
        LombokStub built = new LombokStub(
                Kind.METHOD, "public " + product + " " + build + "()", origin, List.of(), Use.NONE, List.of());
        members.add(built.calling(new LombokStub.Call(type.name, "<init>", List.of(builder))));
        addType(head, name, members);
    }

    private void addType(String head, String name, List<LombokStub> members) {
        @Nullable TypeDeclaration written = type.memberType(name);
        List<LombokStub> all = written == null ? members : builders.missing(written, members);
        type.stubs.add(new LombokStub(Kind.TYPE, head, origin, List.of(), Use.NONE, all));
    }
}
