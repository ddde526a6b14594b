package dev.quarry.ingest;

import dev.quarry.ingest.LombokStub.Kind;
import dev.quarry.ingest.LombokStub.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.jspecify.annotations.Nullable;

/** What Lombok's annotations add to one type, builders apart. */
final class LombokMembers {
    private static final Map<String, String> LOGGERS = Map.of(
            "Slf4j", "org.slf4j.Logger",
            "XSlf4j", "org.slf4j.ext.XLogger",
            "Log", "java.util.logging.Logger",
            "Log4j", "org.apache.log4j.Logger",
            "Log4j2", "org.apache.logging.log4j.Logger",
            "CommonsLog", "org.apache.commons.logging.Log",
            "Flogger", "com.google.common.flogger.FluentLogger",
            "JBossLog", "org.jboss.logging.Logger");
    private static final List<String> CONSTRUCTORS =
            List.of("NoArgsConstructor", "RequiredArgsConstructor", "AllArgsConstructor");
    private static final int ACCESS =
            ClassFileConstants.AccPublic | ClassFileConstants.AccProtected | ClassFileConstants.AccPrivate;

    private final LombokType type;
    private final LombokAccessors accessors;

    private LombokMembers(LombokType type) {
        this.type = type;
        this.accessors = new LombokAccessors(type);
    }

    /** The members that a type gets; sets the modifiers that Lombok sets. */
    static List<LombokStub> of(TypeDeclaration tree, LombokNames names, LombokConfig config) {
        LombokType type = new LombokType(tree, names, config);
        LombokMembers members = new LombokMembers(type);
        members.modifiers();
        new LombokBuilders(type).add();
        members.constructors();
        members.accessors();
        members.objectMethods();
        members.others();
        return type.stubs;
    }

    private @Nullable Annotation on(String name) {
        return type.annotations.get(name);
    }

    private void modifiers() {
        Annotation utility = on("UtilityClass");
        if (utility != null && type.isClass()) {
            utilityClass(utility);
        }
        Annotation value = on("Value");
        Annotation defaults = on("FieldDefaults");
        if (value != null && !LombokNonFinal.is(type, type.tree.annotations)) {
            type.tree.modifiers |= ClassFileConstants.AccFinal;
        }
        boolean makeFinal = (value != null && (defaults == null || !LombokType.has(defaults, "makeFinal")))
                || (defaults != null && LombokType.isTrue(defaults, "makeFinal"))
                || type.config.isTrue("lombok.fieldDefaults.defaultFinal");
        String level = defaults != null && LombokType.has(defaults, "level")
                ? LombokType.word(defaults, "level", "")
                : value != null || type.config.isTrue("lombok.fieldDefaults.defaultPrivate") ? "PRIVATE" : "";
        for (FieldDeclaration field : type.instanceFields()) {
            if (makeFinal && !LombokNonFinal.is(type, field.annotations)) {
                field.modifiers |= ClassFileConstants.AccFinal;
            }
            if ((field.modifiers & ACCESS) == 0 && type.annotation(field, "PackagePrivate") == null) {
                field.modifiers |= switch (level) {
                    case "PRIVATE" -> ClassFileConstants.AccPrivate;
                    case "PROTECTED" -> ClassFileConstants.AccProtected;
                    case "PUBLIC" -> ClassFileConstants.AccPublic;
                    default -> 0;
                };
            }
        }
    }

    private void utilityClass(Annotation origin) {
        type.tree.modifiers |= ClassFileConstants.AccFinal;
        for (FieldDeclaration field : type.fields()) {
            field.modifiers |= ClassFileConstants.AccStatic;
        }
        if (type.tree.methods != null) {
            for (AbstractMethodDeclaration method : type.tree.methods) {
                if (!method.isConstructor()) {
                    method.modifiers |= ClassFileConstants.AccStatic;
                }
            }
        }
        if (type.tree.memberTypes != null) {
            for (TypeDeclaration member : type.tree.memberTypes) {
                member.modifiers |= ClassFileConstants.AccStatic;
            }
        }
        if (!type.hasConstructor()) {
            type.constructor("private " + type.name + "()", origin, List.of());
        }
    }

    // Constructors

    private void constructors() {
        if (!type.isClass() && !type.isEnum()) {
            return;
        }
        boolean any = false;
        for (String kind : CONSTRUCTORS) {
            Annotation annotation = on(kind);
            if (annotation != null) {
                any = true;
                String level = LombokType.word(annotation, "access", "PUBLIC");
                constructor(annotation, fieldsFor(kind), level, LombokType.word(annotation, "staticName", ""));
            }
        }
        boolean builder = on("Builder") != null || on("SuperBuilder") != null;
        if (!any && !builder && !type.hasConstructor() && type.isClass()) {
            Annotation value = on("Value");
            Annotation data = on("Data");
            if (value != null) {
                String name = LombokType.word(value, "staticConstructor", "");
                constructor(value, fieldsFor("AllArgsConstructor"), "PUBLIC", name);
            } else if (data != null) {
                String name = LombokType.word(data, "staticConstructor", "");
                constructor(data, fieldsFor("RequiredArgsConstructor"), "PUBLIC", name);
            }
        }
        Annotation exception = on("StandardException");
        if (exception != null && type.isClass()) {
            standardException(exception);
        }
    }

    private List<FieldDeclaration> fieldsFor(String kind) {
        return type.instanceFields().stream()
                .filter(field -> {
                    boolean byBuilder = type.annotation(field, "Builder.Default") != null
                            && (on("Builder") != null || on("SuperBuilder") != null);
                    boolean initialized = field.initialization != null && !byBuilder;
                    return switch (kind) {
                        case "AllArgsConstructor" -> !LombokType.isFinal(field) || !initialized;
                        case "RequiredArgsConstructor" ->
                            !initialized && (LombokType.isFinal(field) || type.isNonNull(field));
                        default -> false;
                    };
                })
                .toList();
    }

    private void constructor(Annotation origin, List<FieldDeclaration> fields, String level, String staticName) {
        String access = type.isEnum() || !staticName.isEmpty() ? "private " : LombokType.modifier(level);
        List<String> types = fields.stream().map(LombokType::typeOf).toList();
        String list = LombokBuilders.parameterList(fields);
        if (access != null && !type.hasConstructor(types) && !isPlanned(types)) {
            type.constructor(access + type.name + list, origin, fields);
        }
        String outer = LombokType.modifier(level);
        if (!staticName.isEmpty() && outer != null) {
            String parameters = type.parameters();
            type.method(
                    outer + "static " + parameters + (parameters.isEmpty() ? "" : " ") + type.name + type.arguments()
                            + " " + staticName + list,
                    origin,
                    List.of(),
                    Use.NONE,
                    LombokStub.Call.of(type.name, "<init>", fields));
        }
    }

    /** Whether another annotation asks for a constructor with these parameters. */
    private boolean isPlanned(List<String> types) {
        return type.stubs.stream()
                .anyMatch(stub -> stub.kind() == Kind.CONSTRUCTOR
                        && stub.madeOf().stream()
                                .map(LombokType::typeOf)
                                .toList()
                                .equals(types));
    }

    private void standardException(Annotation origin) {
        String access = LombokType.access(origin, "access");
        for (List<String> types :
                List.of(List.<String>of(), List.of("String"), List.of("Throwable"), List.of("String", "Throwable"))) {
            if (access != null && !type.hasConstructor(types)) {
                StringJoiner list = new StringJoiner(", ", "(", ")");
                types.forEach(each -> list.add("java.lang." + each + (each.equals("String") ? " message" : " cause")));
                type.constructor(access + type.name + list, origin, List.of());
            }
        }
    }

    // Accessors

    private void accessors() {
        if (!type.isClass() && !type.isEnum()) {
            withers();
            return;
        }
        Annotation data = on("Data");
        Annotation value = on("Value");
        Annotation getters = first(on("Getter"), data, value);
        Annotation setters = first(on("Setter"), data);
        for (FieldDeclaration field : type.fields()) {
            boolean swept = !LombokType.isStatic(field) && field.name[0] != '$';
            Annotation getter = type.annotation(field, "Getter");
            if (getter != null) {
                accessors.getter(field, getter, LombokType.access(getter, "value"));
            } else if (getters != null && swept) {
                accessors.getter(field, getters, LombokType.access(getters, "value"));
            }
            Annotation setter = type.annotation(field, "Setter");
            if (setter != null) {
                accessors.setter(field, setter, LombokType.access(setter, "value"));
            } else if (setters != null && swept) {
                accessors.setter(field, setters, LombokType.access(setters, "value"));
            }
        }
        withers();
    }

    private void withers() {
        Annotation onType = first(on("With"), on("Wither"));
        for (FieldDeclaration field : type.instanceFields()) {
            Annotation with = first(type.annotation(field, "With"), type.annotation(field, "Wither"), onType);
            if (with != null) {
                accessors.wither(field, with, LombokType.access(with, "value"), fieldsFor("AllArgsConstructor"));
            }
            Annotation by = first(type.annotation(field, "WithBy"), on("WithBy"));
            if (by != null) {
                accessors.witherBy(field, by, LombokType.access(by, "value"), fieldsFor("AllArgsConstructor"));
            }
        }
    }

    private static @Nullable Annotation first(@Nullable Annotation... candidates) {
        for (Annotation candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    // Methods of Object

    private void objectMethods() {
        Annotation whole = first(on("Data"), on("Value"));
        Annotation text = first(on("ToString"), whole);
        if (text != null && !type.hasMethod("toString", 0) && (type.isClass() || type.isEnum())) {
            type.method("public java.lang.String toString()", text, type.instanceFields(), Use.READS);
        }
        Annotation equality = first(on("EqualsAndHashCode"), whole);
        if (equality == null || !type.isClass() || type.hasMethod("equals", 1) || type.hasMethod("hashCode", 0)) {
            return;
        }
        List<FieldDeclaration> fields = type.instanceFields().stream()
                .filter(field -> (field.modifiers & ClassFileConstants.AccTransient) == 0)
                .toList();
        type.method("public boolean equals(java.lang.Object o)", equality, fields, Use.READS);
        boolean open = (type.tree.modifiers & ClassFileConstants.AccFinal) == 0 || type.tree.superclass != null;
        if (open && !type.hasMethod("canEqual", 1)) {
            type.method("protected boolean canEqual(java.lang.Object other)", equality);
        }
        type.method("public int hashCode()", equality, fields, Use.READS);
    }

    // Fields and types

    private void others() {
        log();
        fieldNames();
        if (type.tree.methods != null) {
            for (AbstractMethodDeclaration method : type.tree.methods) {
                Annotation lock = type.annotations(method.annotations).get("Synchronized");
                if (lock != null && LombokType.word(lock, "value", "").isEmpty()) {
                    lock(lock, (method.modifiers & ClassFileConstants.AccStatic) != 0);
                }
            }
        }
    }

    private void lock(Annotation origin, boolean isStatic) {
        String head =
                isStatic ? "private static final java.lang.Object[] $LOCK" : "private final java.lang.Object[] $lock";
        boolean known = type.stubs.stream().anyMatch(stub -> stub.head().equals(head));
        if (!known && !type.hasField(isStatic ? "$LOCK" : "$lock")) {
            type.field(head, origin, List.of());
        }
    }

    private void log() {
        String name = type.config.get("lombok.log.fieldName", "log");
        if (type.hasField(name) || (!type.isClass() && !type.isEnum())) {
            return;
        }
        String isStatic = type.config.get("lombok.log.fieldIsStatic", "true").equalsIgnoreCase("true") ? "static " : "";
        for (Map.Entry<String, Annotation> each : type.annotations.entrySet()) {
            String logger = LOGGERS.get(each.getKey());
            if (each.getKey().equals("CustomLog")) {
                logger = customLogger(type.config.get("lombok.log.custom.declaration", ""));
            }
            if (logger != null) {
                String access = LombokType.access(each.getValue(), "access");
                if (access != null) {
                    access = LombokType.modifier(LombokType.word(each.getValue(), "access", "PRIVATE"));
                    type.field(access + isStatic + "final " + logger + " " + name, each.getValue(), List.of());
                }
                return;
            }
        }
    }

    /** The type that a declaration such as {@code my.Log my.LogFactory.get(NAME)} names. */
    private static @Nullable String customLogger(String declaration) {
        int call = declaration.indexOf('(');
        if (call < 0) {
            return null;
        }
        String head = declaration.substring(0, call).strip();
        int blank = head.indexOf(' ');
        int dot = head.lastIndexOf('.');
        return blank > 0 ? head.substring(0, blank) : dot > 0 ? head.substring(0, dot) : null;
    }

    private void fieldNames() {
        Annotation origin = on("FieldNameConstants");
        if (origin == null || (!type.isClass() && !type.isEnum())) {
            return;
        }
        String access = LombokType.modifier(LombokType.word(origin, "level", "PUBLIC"));
        String inner = LombokType.word(
                origin, "innerTypeName", type.config.get("lombok.fieldNameConstants.innerTypeName", "Fields"));
        if (access == null || type.memberType(inner) != null) {
            return;
        }
        boolean explicit = LombokType.isTrue(origin, "onlyExplicitlyIncluded");
        boolean asEnum = LombokType.isTrue(origin, "asEnum");
        List<LombokStub> members = new ArrayList<>();
        for (FieldDeclaration field : type.instanceFields()) {
            boolean left = type.annotation(field, "FieldNameConstants.Exclude") != null
                    || (explicit && type.annotation(field, "FieldNameConstants.Include") == null);
            if (!left) {
                String name = constant(LombokType.name(field));
                String head = asEnum ? name : "public static final java.lang.String " + name;
                members.add(new LombokStub(Kind.FIELD, head, origin, List.of(field), Use.NONE, List.of()));
            }
        }
        if (!asEnum) {
            String head = "public " + inner + "()";
            members.add(new LombokStub(Kind.CONSTRUCTOR, head, origin, List.of(), Use.NONE, List.of()));
        }
        String head = access + "static " + (asEnum ? "enum " : "final class ") + inner;
        type.stubs.add(new LombokStub(Kind.TYPE, head, origin, List.of(), Use.NONE, members));
    }

    private String constant(String field) {
        return type.config.isTrue("lombok.fieldNameConstants.uppercase")
                ? field.replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase(Locale.ROOT)
                : field;
    }
}
