package dev.quarry.ingest;

import dev.quarry.ingest.Pointcut.Match;
import dev.quarry.ingest.Pointcut.UnknownPointcutException;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads pointcuts as Spring knows them: AspectJ's {@code execution}, {@code within}, {@code this}, {@code target},
 * {@code args} and those of annotations, {@code bean}, named ones, and what connects them.
 */
final class PointcutReader {
    private static final String NAMED = "org.aspectj.lang.annotation.Pointcut";
    private static final List<String> INHERITED = List.of("org.springframework.transaction.annotation.Transactional");
    private static final List<String> STRING =
            List.of("java.lang.Object", "java.lang.CharSequence", "java.lang.Comparable", "java.io.Serializable");
    private static final Map<String, String> BOXED = Map.of(
            "boolean", "java.lang.Boolean",
            "byte", "java.lang.Byte",
            "char", "java.lang.Character",
            "short", "java.lang.Short",
            "int", "java.lang.Integer",
            "long", "java.lang.Long",
            "float", "java.lang.Float",
            "double", "java.lang.Double");
    private static final int DEPTH_MAX = 16;

    private final FrameworkModel model;
    private final TypeModel aspect;
    private final TypeModel.Method method;
    private final String text;
    private final int depth;
    private int position;

    private PointcutReader(FrameworkModel model, TypeModel aspect, TypeModel.Method method, String text, int depth) {
        this.model = model;
        this.aspect = aspect;
        this.method = method;
        this.text = text;
        this.depth = depth;
    }

    /**
     * The pointcut of an advice; empty if the text is not understood.
     *
     * @param aspect the type that declares the method
     * @param method whose parameters the text may name
     */
    static Optional<Pointcut> read(FrameworkModel model, TypeModel aspect, TypeModel.Method method, String text) {
        try {
            return Optional.of(new PointcutReader(model, aspect, method, text, 0).whole());
        } catch (UnknownPointcutException _) {
            return Optional.empty();
        }
    }

    private UnknownPointcutException unknown() {
        return new UnknownPointcutException(text);
    }

    private Pointcut whole() {
        Pointcut pointcut = either();
        skipBlanks();
        if (position < text.length() || depth > DEPTH_MAX) {
            throw unknown();
        }
        return pointcut;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private boolean accept(String sign, String word) {
        skipBlanks();
        String found = text.startsWith(sign, position) ? sign : text.startsWith(word + " ", position) ? word : "";
        position += found.length();
        return !found.isEmpty();
    }

    private Pointcut either() {
        Pointcut all = both();
        while (accept("||", "or")) {
            Pointcut left = all;
            Pointcut right = both();
            all = point -> left.test(point).or(right.test(point));
        }
        return all;
    }

    private Pointcut both() {
        Pointcut all = single();
        while (accept("&&", "and")) {
            Pointcut left = all;
            Pointcut right = single();
            all = point -> left.test(point).and(right.test(point));
        }
        return all;
    }

    private Pointcut single() {
        if (accept("!", "not")) {
            Pointcut negated = single();
            return point -> negated.test(point).not();
        }
        if (accept("(", "(")) {
            Pointcut inner = either();
            if (!accept(")", ")")) {
                throw unknown();
            }
            return inner;
        }
        int opening = text.indexOf('(', position);
        int closing = opening < 0 ? -1 : closing(opening);
        if (closing < 0) {
            throw unknown();
        }
        String kind = text.substring(position, opening).strip();
        position = closing + 1;
        return primitive(kind, text.substring(opening + 1, closing).strip());
    }

    private int closing(int opening) {
        int nested = 0;
        for (int i = opening; i < text.length(); i++) {
            nested += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (nested == 0) {
                return i;
            }
        }
        return -1;
    }

    private TypePatternReader types(String pattern) {
        return new TypePatternReader(model, aspect, pattern);
    }

    private Pointcut primitive(String kind, String inner) {
        return switch (kind) {
            case "execution" -> new ExecutionPattern(inner, this::types);
            case "within" -> {
                Predicate<String> type = types(inner).whole();
                yield point -> Match.of(isWithin(point.nearest().owner().name(), type));
            }
            case "this", "target" -> {
                Predicate<String> type = named(inner);
                yield point ->
                        Match.of(model.hierarchy(TypeName.plain(point.type().name())).stream()
                                .anyMatch(each -> type.test(each.name())));
            }
            case "args" -> arguments(inner);
            case "@args" -> _ -> Match.MAYBE;
            case "bean" -> {
                Pattern name = Pattern.compile(Pattern.quote(inner).replace("*", "\\E.*\\Q"));
                yield point -> Match.of(name.matcher(point.bean().name()).matches());
            }
            case "@annotation" -> {
                Predicate<String> type = named(inner);
                yield point -> Match.of(
                        point.nearest().method().annotations().stream().anyMatch(each -> type.test(each.type())));
            }
            case "@within" -> {
                Predicate<String> type = named(inner);
                yield point -> Match.of(isAnnotated(point.nearest().owner(), type));
            }
            case "@target" -> {
                Predicate<String> type = named(inner);
                yield point -> Match.of(isAnnotated(point.type(), type));
            }
            default -> reference(kind);
        };
    }

    /** Whether a type, or one around it, is meant. */
    private static boolean isWithin(String type, Predicate<String> wanted) {
        int end = type.lastIndexOf('$');
        return wanted.test(type) || (end > 0 && isWithin(type.substring(0, end), wanted));
    }

    /** The type that is written, or that of the parameter of this name. */
    private Predicate<String> named(String name) {
        for (TypeModel.Parameter parameter : method.parameters()) {
            if (parameter.name().equals(name)) {
                return parameter.type().name()::equals;
            }
        }
        return types(name).whole();
    }

    /** Whether an annotation stands at a class, or is inherited from a superclass. */
    private boolean isAnnotated(TypeModel type, Predicate<String> wanted) {
        if (type.annotations().stream().anyMatch(each -> wanted.test(each.type()))) {
            return true;
        }
        return model.hierarchy(TypeName.plain(type.name())).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .filter(each -> each.kind() == NodeKind.CLASS)
                .flatMap(each -> each.annotations().stream())
                .anyMatch(each -> wanted.test(each.type()) && isInherited(each.type()));
    }

    private boolean isInherited(String annotation) {
        return INHERITED.contains(annotation)
                || model.type(annotation)
                        .flatMap(type -> TypeModel.find(type.annotations(), "java.lang.annotation.Inherited"))
                        .isPresent();
    }

    private Pointcut arguments(String inner) {
        List<Predicate<String>> before = new ArrayList<>();
        List<Predicate<String>> behind = new ArrayList<>();
        boolean open = false;
        for (String each : inner.isEmpty() ? new String[0] : inner.split(",")) {
            String type = each.strip();
            if (type.equals("..")) {
                open = true;
            } else {
                (open ? behind : before).add(named(type));
            }
        }
        boolean more = open;
        return point -> {
            List<String> given = JoinPoints.parameters(point.nearest().method());
            int fixed = before.size() + behind.size();
            Match all = Match.of(more ? given.size() >= fixed : given.size() == fixed);
            for (int i = 0; all != Match.NO && i < fixed; i++) {
                boolean first = i < before.size();
                all = all.and(argument(
                        given.get(first ? i : given.size() - fixed + i),
                        first ? before.get(i) : behind.get(i - before.size())));
            }
            return all;
        };
    }

    /** Whether what is handed to a parameter is of a type: an object may be of one below the parameter's. */
    private Match argument(String given, Predicate<String> wanted) {
        if (model.hierarchy(TypeName.plain(given)).stream().anyMatch(each -> wanted.test(each.name()))) {
            return Match.YES;
        }
        String boxed = BOXED.get(given);
        if (boxed != null) {
            return Match.of(
                    Stream.of(boxed, "java.lang.Number", "java.lang.Object").anyMatch(wanted));
        }
        if (given.equals("java.lang.String") || given.endsWith("[]")) {
            return Match.of(STRING.stream().anyMatch(wanted));
        }
        boolean primitive = BOXED.keySet().stream().anyMatch(wanted);
        return primitive && !given.startsWith("java.lang.") ? Match.NO : Match.MAYBE;
    }

    /** A pointcut that a method of this aspect, of one above it, or of a type that is named stands for. */
    private Pointcut reference(String name) {
        int dot = name.lastIndexOf('.');
        List<TypeModel> holders = dot < 0
                ? model.hierarchy(TypeName.plain(aspect.name())).stream()
                        .flatMap(each -> model.type(each.name()).stream())
                        .toList()
                : holder(name.substring(0, dot));
        String simple = name.substring(dot + 1);
        for (TypeModel holder : holders) {
            for (TypeModel.Method each : holder.methods()) {
                Optional<AnnotationModel> named = TypeModel.find(each.annotations(), NAMED);
                if (each.name().equals(simple) && named.isPresent() && depth < DEPTH_MAX) {
                    String value = named.get().text("value");
                    return new PointcutReader(model, holder, each, value, depth + 1).whole();
                }
            }
        }
        throw unknown();
    }

    private List<TypeModel> holder(String name) {
        Predicate<String> type = types(name).names(name);
        return model.types().stream().filter(each -> type.test(each.name())).toList();
    }
}
