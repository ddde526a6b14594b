package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads AspectJ's patterns of types, such as {@code com.shop..*Service+}, as tests of binary names.
 *
 * <p>A name without a package is one of the aspect's package or of {@code java.lang}: pointcuts see no imports.
 */
final class TypePatternReader {
    private static final String ENDS = "(),&|! \t\n<>@+[]";

    private final FrameworkModel model;
    private final List<String> prefixes;
    private final String text;
    private int position;

    TypePatternReader(FrameworkModel model, TypeModel aspect, String text) {
        this.model = model;
        this.prefixes = aspect.packageName().isEmpty()
                ? List.of("", "java.lang.")
                : List.of("", aspect.packageName() + ".", "java.lang.");
        this.text = text;
    }

    /** The whole text as one pattern. */
    Predicate<String> whole() {
        Predicate<String> pattern = either();
        if (!rest().isEmpty()) {
            throw new Pointcut.UnknownPointcutException(text);
        }
        return pattern;
    }

    /** What stands behind that which was read. */
    String rest() {
        return text.substring(position).strip();
    }

    private boolean accept(String word) {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        boolean there = text.startsWith(word, position);
        position += there ? word.length() : 0;
        return there;
    }

    private Predicate<String> either() {
        Predicate<String> left = both();
        while (accept("||")) {
            left = left.or(both());
        }
        return left;
    }

    private Predicate<String> both() {
        Predicate<String> left = single();
        while (accept("&&")) {
            left = left.and(single());
        }
        return left;
    }

    /** One pattern without connectives around it. */
    Predicate<String> single() {
        if (accept("!")) {
            return single().negate();
        }
        List<Predicate<String>> annotations = new ArrayList<>();
        while (accept("@")) {
            annotations.add(names(name()));
        }
        Predicate<String> named = accept("(") ? parenthesized() : plain();
        Predicate<String> pattern = named;
        if (accept("+")) {
            pattern = type -> model.hierarchy(TypeName.plain(type)).stream().anyMatch(each -> named.test(each.name()));
        }
        for (Predicate<String> annotation : annotations) {
            pattern = pattern.and(type -> isAnnotated(type, annotation));
        }
        return pattern;
    }

    private Predicate<String> parenthesized() {
        Predicate<String> pattern = either();
        if (!accept(")")) {
            throw new Pointcut.UnknownPointcutException(text);
        }
        return pattern;
    }

    private boolean isAnnotated(String type, Predicate<String> annotation) {
        return model.type(type).stream()
                .flatMap(each -> each.annotations().stream())
                .anyMatch(each -> annotation.test(each.type()));
    }

    private Predicate<String> plain() {
        String name = name();
        if (accept("<")) {
            position = Math.max(text.lastIndexOf('>') + 1, position);
        }
        StringBuilder dimensions = new StringBuilder();
        if (name.endsWith("...")) {
            name = name.substring(0, name.length() - 3);
            dimensions.append("[]");
        }
        boolean open = name.equals("*");
        while (accept("[]")) {
            open = false;
            dimensions.append("[]");
        }
        if (open) {
            return _ -> true;
        }
        String suffix = dimensions.toString();
        Predicate<String> element = names(name);
        return type -> type.endsWith(suffix) && element.test(type.substring(0, type.length() - suffix.length()));
    }

    private String name() {
        accept("");
        int start = position;
        while (position < text.length() && ENDS.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (start == position) {
            throw new Pointcut.UnknownPointcutException(text);
        }
        return text.substring(start, position);
    }

    /** The types of a name with wildcards: a star stands for a part of a segment, two dots for any number of these. */
    Predicate<String> names(String name) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            if (name.startsWith("..", i)) {
                pattern.append("[.$](?:[^\\[]*[.$])?");
                i++;
            } else {
                pattern.append(
                        switch (next) {
                            case '.', '$' -> "[.$]";
                            case '*' -> "[^.$\\[]*";
                            default -> Pattern.quote(String.valueOf(next));
                        });
            }
        }
        Pattern compiled = Pattern.compile(pattern.toString());
        return type -> prefixes.stream()
                .anyMatch(prefix -> type.startsWith(prefix)
                        && compiled.matcher(type.substring(prefix.length())).matches());
    }
}
