package dev.quarry.ingest;

import dev.quarry.ingest.LombokStub.Use;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.jspecify.annotations.Nullable;

/** Getters, setters and withers, and how they are called. */
final class LombokAccessors {
    private final LombokType type;

    LombokAccessors(LombokType type) {
        this.type = type;
    }

    /** What {@code @Accessors} and the configuration say for a field. */
    private record Style(boolean fluent, boolean chain, List<String> prefixes, boolean makeFinal) {}

    private Style style(FieldDeclaration field) {
        Annotation onField = type.annotation(field, "Accessors");
        Annotation onType = type.annotations.get("Accessors");
        boolean fluent = flag("fluent", onField, onType);
        boolean chain = isSet("chain", onField, onType) ? flag("chain", onField, onType) : fluent;
        List<String> prefixes = type.config.list("lombok.accessors.prefix");
        for (Annotation each : new @Nullable Annotation[] {onType, onField}) {
            if (each != null && LombokType.has(each, "prefix")) {
                prefixes = LombokType.words(each, "prefix");
            }
        }
        return new Style(fluent, chain, prefixes, flag("makeFinal", onField, onType));
    }

    private boolean flag(String key, @Nullable Annotation onField, @Nullable Annotation onType) {
        for (Annotation each : new @Nullable Annotation[] {onField, onType}) {
            if (each != null && LombokType.has(each, key)) {
                return LombokType.isTrue(each, key);
            }
        }
        return type.config.isTrue("lombok.accessors." + key);
    }

    private boolean isSet(String key, @Nullable Annotation onField, @Nullable Annotation onType) {
        return (onField != null && LombokType.has(onField, key))
                || (onType != null && LombokType.has(onType, key))
                || !type.config.get("lombok.accessors." + key, "").isEmpty();
    }

    /** A field's name without its prefix; null if it has none of those that are asked for. */
    @Nullable
    String baseName(FieldDeclaration field) {
        String name = LombokType.name(field);
        List<String> prefixes = style(field).prefixes;
        if (prefixes.isEmpty()) {
            return name;
        }
        for (String prefix : prefixes) {
            if (prefix.isEmpty()) {
                return name;
            }
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                char next = name.charAt(prefix.length());
                if (!Character.isLetter(prefix.charAt(prefix.length() - 1)) || !Character.isLowerCase(next)) {
                    return Character.toLowerCase(next) + name.substring(prefix.length() + 1);
                }
            }
        }
        return null;
    }

    private String capitalized(String text) {
        return capitalized(text, type.config.get("lombok.accessors.capitalization", "basic"));
    }

    static String capitalized(String text, String rule) {
        if (text.isEmpty() || !Character.isLowerCase(text.charAt(0))) {
            return text;
        }
        boolean bean = rule.equalsIgnoreCase("beanspec") && text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return bean ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private boolean isBoolean(FieldDeclaration field) {
        return LombokType.typeOf(field).equals("boolean") && !type.config.isTrue("lombok.getter.noIsPrefix");
    }

    private static boolean hasIs(String name) {
        return name.startsWith("is") && name.length() > 2 && !Character.isLowerCase(name.charAt(2));
    }

    /** A boolean's {@code isEnabled} and {@code enabled} have the same accessors. */
    private String stem(FieldDeclaration field, String base) {
        return isBoolean(field) && hasIs(base) ? base.substring(2) : base;
    }

    /** The names under which an accessor counts as there already. */
    private List<String> names(FieldDeclaration field, String base, String prefix, boolean fluent) {
        List<String> stems = new ArrayList<>(List.of(base));
        if (isBoolean(field)) {
            stems.add(stem(field, base));
            if (!hasIs(base)) {
                stems.add("is" + capitalized(base));
            }
        }
        List<String> found = new ArrayList<>();
        for (String stem : stems) {
            found.add(fluent ? stem : prefix + capitalized(stem));
            if (isBoolean(field) && prefix.equals("get") && !fluent) {
                found.add("is" + capitalized(stem));
            }
        }
        return found;
    }

    void getter(FieldDeclaration field, Annotation origin, @Nullable String access) {
        String base = baseName(field);
        if (access == null || base == null) {
            return;
        }
        Style style = style(field);
        if (names(field, base, "get", style.fluent).stream().anyMatch(name -> type.hasMethod(name, 0))) {
            return;
        }
        String prefix = isBoolean(field) ? "is" : "get";
        String name = style.fluent ? base : prefix + capitalized(stem(field, base));
        type.method(
                access + modifiers(field, style) + LombokType.typeOf(field) + " " + name + "()",
                origin,
                List.of(field),
                Use.READS);
    }

    private static String modifiers(FieldDeclaration field, Style style) {
        return (LombokType.isStatic(field) ? "static " : "") + (style.makeFinal ? "final " : "");
    }

    void setter(FieldDeclaration field, Annotation origin, @Nullable String access) {
        String base = baseName(field);
        if (access == null || base == null || LombokType.isFinal(field)) {
            return;
        }
        Style style = style(field);
        if (names(field, base, "set", style.fluent).stream().anyMatch(name -> type.hasMethod(name, 1))) {
            return;
        }
        boolean chain = style.chain && !LombokType.isStatic(field);
        String result = chain ? type.name + type.arguments() : "void";
        String name = style.fluent ? base : "set" + capitalized(stem(field, base));
        type.method(
                access + modifiers(field, style) + result + " " + name + "(" + LombokType.typeOf(field) + " "
                        + LombokType.name(field) + ")",
                origin,
                List.of(field),
                Use.WRITES);
    }

    /** A copy with another value. */
    void wither(FieldDeclaration field, Annotation origin, @Nullable String access, List<FieldDeclaration> all) {
        String value = LombokType.typeOf(field) + " " + LombokType.name(field);
        copy(field, origin, access, "", value, all);
    }

    /** A copy with what a function makes of the value. */
    void witherBy(FieldDeclaration field, Annotation origin, @Nullable String access, List<FieldDeclaration> all) {
        String name = LombokType.typeOf(field);
        String function = switch (name) {
            case "char", "byte", "short", "int" -> "IntUnaryOperator";
            case "long" -> "LongUnaryOperator";
            case "float", "double" -> "DoubleUnaryOperator";
            case "boolean" -> "UnaryOperator<java.lang.Boolean>";
            default -> "Function<? super " + name + ", ? extends " + name + ">";
        };
        copy(field, origin, access, "By", "java.util.function." + function + " transformer", all);
    }

    private void copy(
            FieldDeclaration field,
            Annotation origin,
            @Nullable String access,
            String suffix,
            String parameter,
            List<FieldDeclaration> all) {
        String base = baseName(field);
        boolean fixed = LombokType.isFinal(field) && field.initialization != null;
        if (access == null || base == null || LombokType.isStatic(field) || fixed) {
            return;
        }
        if (names(field, base, "with", false).stream().anyMatch(name -> type.hasMethod(name + suffix, 1))) {
            return;
        }
        boolean open = (type.tree.modifiers & Modifier.ABSTRACT) != 0;
        String head = access + (open ? "abstract " : "") + (style(field).makeFinal ? "final " : "") + type.name
                + type.arguments() + " with" + capitalized(stem(field, base)) + suffix + "(" + parameter + ")";
        if (open) {
            type.method(head, origin, List.of(field), Use.NONE);
        } else {
            List<FieldDeclaration> read = new ArrayList<>(List.of(field));
            all.stream().filter(each -> !Identity.same(each, field)).forEach(read::add);
            type.method(head, origin, read, Use.READS, LombokStub.Call.of(type.name, "<init>", all));
        }
    }
}
