package dev.quarry.ingest;

import dev.quarry.ingest.LombokStub.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;

/** The methods of a builder for a collection with {@code @Singular}: one element, many, none. */
final class LombokSingular {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("children", "child"),
            Map.entry("people", "person"),
            Map.entry("men", "man"),
            Map.entry("women", "woman"),
            Map.entry("mice", "mouse"),
            Map.entry("feet", "foot"),
            Map.entry("geese", "goose"),
            Map.entry("teeth", "tooth"),
            Map.entry("indices", "index"),
            Map.entry("vertices", "vertex"),
            Map.entry("matrices", "matrix"),
            Map.entry("data", "datum"),
            Map.entry("media", "medium"),
            Map.entry("criteria", "criterion"),
            Map.entry("movies", "movie"),
            Map.entry("cookies", "cookie"),
            Map.entry("leaves", "leaf"),
            Map.entry("lives", "life"),
            Map.entry("wives", "wife"),
            Map.entry("heroes", "hero"),
            Map.entry("potatoes", "potato"),
            Map.entry("tomatoes", "tomato"),
            Map.entry("aliases", "alias"),
            Map.entry("statuses", "status"),
            Map.entry("buses", "bus"),
            Map.entry("quizzes", "quiz"));

    private LombokSingular() {}

    /**
     * One collection of a builder.
     *
     * @param singular the name of one element
     * @param plural the name of the collection
     * @param prefix of the methods' names
     * @param result access and type that each method returns
     */
    record Setting(
            Annotation origin,
            String singular,
            String plural,
            String type,
            String prefix,
            String result,
            List<FieldDeclaration> madeOf) {}

    static void add(Setting setting, List<LombokStub> members) {
        String raw = setting.type.replaceAll("<.*", "");
        String simple = raw.substring(raw.lastIndexOf('.') + 1);
        List<String> arguments = arguments(setting.type);
        boolean guava = simple.startsWith("Immutable");
        if (simple.endsWith("Map")) {
            map(setting, arguments, guava, members);
        } else if (simple.equals("ImmutableTable")) {
            table(setting, arguments, members);
        } else {
            String element = argument(arguments, 0);
            String many = guava ? "java.lang.Iterable" : "java.util.Collection";
            String builder = guava
                    ? "com.google.common.collect." + (simple.equals("ImmutableCollection") ? "ImmutableList" : simple)
                            + ".Builder"
                    : "java.util.ArrayList";
            field(setting, builder + "<" + bound(element) + ">", setting.plural, members);
            method(setting, name(setting, setting.singular), bound(element) + " " + setting.singular, members);
            method(
                    setting,
                    name(setting, setting.plural),
                    many + "<" + extending(element) + "> " + setting.plural,
                    members);
        }
        method(setting, "clear" + LombokAccessors.capitalized(setting.plural, ""), "", members);
    }

    private static void map(Setting setting, List<String> arguments, boolean guava, List<LombokStub> members) {
        String key = argument(arguments, 0);
        String value = argument(arguments, 1);
        if (guava) {
            String raw = setting.type.replaceAll("<.*", "");
            String simple = raw.substring(raw.lastIndexOf('.') + 1);
            field(
                    setting,
                    "com.google.common.collect." + simple + ".Builder<" + bound(key) + ", " + bound(value) + ">",
                    setting.plural,
                    members);
            method(setting, name(setting, setting.singular), bound(key) + " key, " + bound(value) + " value", members);
        } else {
            field(setting, "java.util.ArrayList<" + bound(key) + ">", setting.plural + "$key", members);
            field(setting, "java.util.ArrayList<" + bound(value) + ">", setting.plural + "$value", members);
            method(
                    setting,
                    name(setting, setting.singular),
                    bound(key) + " " + setting.singular + "Key, " + bound(value) + " " + setting.singular + "Value",
                    members);
        }
        method(
                setting,
                name(setting, setting.plural),
                "java.util.Map<" + extending(key) + ", " + extending(value) + "> " + setting.plural,
                members);
    }

    private static void table(Setting setting, List<String> arguments, List<LombokStub> members) {
        String row = argument(arguments, 0);
        String column = argument(arguments, 1);
        String value = argument(arguments, 2);
        field(
                setting,
                "com.google.common.collect.ImmutableTable.Builder<" + bound(row) + ", " + bound(column) + ", "
                        + bound(value) + ">",
                setting.plural,
                members);
        method(
                setting,
                name(setting, setting.singular),
                bound(row) + " rowKey, " + bound(column) + " columnKey, " + bound(value) + " value",
                members);
        method(
                setting,
                name(setting, setting.plural),
                "com.google.common.collect.Table<" + extending(row) + ", " + extending(column) + ", " + extending(value)
                        + "> " + setting.plural,
                members);
    }

    private static void field(Setting setting, String type, String name, List<LombokStub> members) {
        LombokBuilders.add(members, Kind.FIELD, "private " + type + " " + name, setting.origin, setting.madeOf);
    }

    private static void method(Setting setting, String name, String parameters, List<LombokStub> members) {
        String head = setting.result + " " + name + "(" + parameters + ")";
        LombokBuilders.add(members, Kind.METHOD, head, setting.origin, setting.madeOf);
    }

    private static String name(Setting setting, String name) {
        return setting.prefix.isEmpty() ? name : setting.prefix + LombokAccessors.capitalized(name, "");
    }

    private static String argument(List<String> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : "java.lang.Object";
    }

    /** A type argument as the type of a value. */
    private static String bound(String argument) {
        if (!argument.startsWith("?")) {
            return argument;
        }
        return argument.startsWith("? extends ") ? argument.substring("? extends ".length()) : "java.lang.Object";
    }

    private static String extending(String argument) {
        return argument.startsWith("?") ? argument : "? extends " + argument;
    }

    /** The arguments of a generic type, as written. */
    private static List<String> arguments(String type) {
        List<String> found = new ArrayList<>();
        int open = type.indexOf('<');
        if (open < 0) {
            return found;
        }
        int depth = 0;
        int start = open + 1;
        for (int i = open + 1; i < type.length() - 1; i++) {
            char c = type.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                found.add(type.substring(start, i).strip());
                start = i + 1;
            }
        }
        found.add(type.substring(start, type.length() - 1).strip());
        return found;
    }

    /** The singular of a plural's last word. */
    static String singular(String plural) {
        int last = plural.length();
        while (last > 0 && !Character.isUpperCase(plural.charAt(last - 1))) {
            last--;
        }
        int start = last == 0 ? 0 : last - 1;
        String word = plural.substring(start);
        String one = one(word.toLowerCase(Locale.ROOT));
        boolean upper = start > 0 || Character.isUpperCase(plural.charAt(0));
        return plural.substring(0, start) + (upper ? LombokAccessors.capitalized(one, "") : one);
    }

    private static String one(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        for (String ending : List.of("xes", "ches", "shes", "sses", "zzes")) {
            if (word.endsWith(ending)) {
                return word.substring(0, word.length() - 2);
            }
        }
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && word.length() > 1;
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
