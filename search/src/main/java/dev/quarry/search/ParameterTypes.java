package dev.quarry.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The types of the parameters of a callable, as its declaration has them and as people write them: by their simple names,
 * without type arguments; {@code ...} is {@code []}.
 */
final class ParameterTypes {
    /** What is worth the more, the better a list fits; all are close to 1, because the name fits in any case. */
    static final double NONE_FITS = 0.9;

    private static final double BEGINNING_FITS = 0.93;
    private static final double COUNT_FITS = 0.95;
    private static final double EACH_FITS = 0.02;

    private static final String OTHER_NAME = "|";
    private static final Pattern WORDS_BEFORE = Pattern.compile("^(?:final\\s+|@[\\w.]+\\s+)+");
    private static final Pattern DIMENSIONS = Pattern.compile("(?:\\s*\\[\\s*])+");
    private static final Pattern VARIABLE = Pattern.compile("\\p{Lu}\\d*|\\p{Lu}\\p{Lu}");
    private static final Pattern BOUND = Pattern.compile("([\\p{L}_$][\\w$]*)(?:\\s+extends\\s+([\\w.$]+))?.*");

    private ParameterTypes() {}

    /** The types in a list that a person wrote, each maybe with the name of a parameter. */
    static List<String> written(String list) {
        String plain = withoutTypeArguments(list, new StringBuilder());
        return plain.isBlank()
                ? List.of()
                : Arrays.stream(plain.split(",", -1)).map(ParameterTypes::type).toList();
    }

    /**
     * The types that a declaration's head lists, as text for {@link #fit}: of a type variable its name and what it is
     * erased to. Empty if the head has no list.
     */
    static Optional<String> declared(String head) {
        int open = head.indexOf('(');
        int close = head.indexOf(')', open + 1);
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        Map<String, String> variables = variables(head.substring(0, open));
        return Optional.of(written(head.substring(open + 1, close)).stream()
                .map(type -> withErasure(type, variables))
                .collect(Collectors.joining(",", "(", ")")));
    }

    /** How well the types that were written are those that {@link #declared} gave: 1 if they are, else a little less. */
    static double fit(List<String> written, String declared) {
        if (declared.isEmpty()) {
            return NONE_FITS;
        }
        String list = declared.substring(1, declared.length() - 1);
        List<String> types = list.isEmpty() ? List.of() : List.of(list.split(","));
        int shorter = Math.min(written.size(), types.size());
        int equal = 0;
        int begun = 0;
        for (int i = 0; i < shorter; i++) {
            boolean isEqual =
                    List.of(types.get(i).split(Pattern.quote(OTHER_NAME))).contains(written.get(i));
            equal += isEqual ? 1 : 0;
            begun += isEqual && begun == i ? 1 : 0;
        }
        if (written.size() == types.size()) {
            return equal == shorter ? 1 : COUNT_FITS + EACH_FITS * (equal + begun) / (2 * shorter);
        }
        return begun == shorter && shorter > 0 ? BEGINNING_FITS : NONE_FITS;
    }

    /** A text without what stands between angle brackets, which is added to {@code inside}; names such as init stay. */
    static String withoutTypeArguments(String text, StringBuilder inside) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (depth == 0 && (text.startsWith("<init>", i) || text.startsWith("<clinit>", i))) {
                int end = text.indexOf('>', i);
                plain.append(text, i, end + 1);
                i = end;
            } else if (c == '<') {
                depth++;
                inside.append(c);
            } else if (c == '>' && depth > 0) {
                depth--;
                inside.append(c);
            } else {
                (depth > 0 ? inside : plain).append(c);
            }
        }
        return depth == 0 ? plain.toString() : text;
    }

    private static String type(String parameter) {
        String plain = WORDS_BEFORE.matcher(parameter.strip()).replaceFirst("").replace("...", "[] ");
        StringBuilder dimensions = new StringBuilder();
        Matcher brackets = DIMENSIONS.matcher(plain);
        while (brackets.find()) {
            dimensions.append(brackets.group().replaceAll("\\s", ""));
        }
        String name = brackets.replaceAll(" ").strip().split("\\s+", 2)[0];
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1) + dimensions;
    }

    private static String withErasure(String type, Map<String, String> variables) {
        int end = type.indexOf('[') < 0 ? type.length() : type.indexOf('[');
        String name = type.substring(0, end);
        // The variables of the type around it are not known here; they are written in one or two capitals by custom.
        String erased = variables.getOrDefault(name, VARIABLE.matcher(name).matches() ? "Object" : name);
        return erased.equals(name) ? type : type + OTHER_NAME + erased + type.substring(end);
    }

    /** The type variables that a head declares before the callable's type, with what they are erased to. */
    private static Map<String, String> variables(String head) {
        int open = head.startsWith("<") ? 0 : head.indexOf(" <") + 1;
        if (open == 0 && !head.startsWith("<")) {
            return Map.of();
        }
        StringBuilder list = new StringBuilder();
        List<String> each = new ArrayList<>();
        int depth = 1;
        for (int i = open + 1; i < head.length() && depth > 0; i++) {
            char c = head.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (depth == 0 || (c == ',' && depth == 1)) {
                each.add(list.toString());
                list.setLength(0);
            } else {
                list.append(c);
            }
        }
        Map<String, String> variables = new HashMap<>();
        for (String variable : each) {
            Matcher bound = BOUND.matcher(variable.strip());
            if (bound.matches()) {
                String type = bound.group(2) == null ? "Object" : type(bound.group(2));
                variables.put(bound.group(1), variables.getOrDefault(type, type));
            }
        }
        return variables;
    }
}
