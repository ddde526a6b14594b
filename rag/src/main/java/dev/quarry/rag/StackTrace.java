package dev.quarry.rag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stack trace: what went wrong, and the frames. It has parts: the first is of the exception that was caught, the last one
 * behind "Caused by" is of the root cause, which comes first here.
 */
final class StackTrace {
    /** The longest text that {@link #gist} gives, in UTF-16 units. */
    static final int GIST_CHARS = SearchRequest.TEXT_MAX_CHARS;

    private static final int MESSAGE_CHARS = 1000;

    /** A call, where it is in the source, and, as some print it, the jar that it is of; or a call and its line alone. */
    private static final Pattern FRAME = Pattern.compile(
            "(?<![\\w.$/])(?:at\\s++(?:[\\w.@-]*+/)*+|(?=[\\w.$]++(?:<\\w++>)?+\\([\\w$-]++\\.\\w++:\\d))"
                    + "(?<call>(?<type>(?:[\\p{L}_$][\\w$]*+\\.)++)(?<method>[\\p{L}_$][\\w$]*+|<init>|<clinit>)"
                    + "\\((?:(?<file>[\\w$-]++\\.\\w++)(?::(?<line>\\d{1,9}))?+|\\w*+ ?+(?:Source|Method)(?::\\d++)?+"
                    + "|\\w++:\\d++|<[^()<>]*+>)?+\\))"
                    + "(?:[ \\t]*+~?+\\[[^\\]\\n]*+])?+");

    /** The first line of a trace, which may have come alone. */
    private static final Pattern HEADER = Pattern.compile(
            "Exception in thread \".*|Caused by: .*|(?:(?:[\\p{L}_$][\\w$]*+\\.)++[\\w$]*|\\p{Lu}[\\w$]*)"
                    + "(?:Exception|Error|Throwable)(?:(?::\\s|\\s*+\\n).*)?",
            Pattern.DOTALL);

    private static final Pattern PART = Pattern.compile("\\b(?:Caused by|Suppressed|Wrapped by): ");
    private static final Pattern ELIDED = Pattern.compile("\\.{3} \\d++ (?:more|common frames omitted)");
    private static final Pattern SPACE = Pattern.compile("\\s++");
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");
    private static final Pattern GENERATED = Pattern.compile("(?<=\\w)\\$\\$.*");

    private final String text;
    private final List<Part> parts;

    private StackTrace(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * A call that had not ended.
     *
     * @param type the binary name of the type that declares the method
     * @param method its name in the graph; of what runs in a lambda, that of the method around
     * @param file the name of its file; empty if unknown
     * @param line where in the file; 0 if unknown
     */
    record Frame(String type, String method, String file, int line) {
        /** The binary name of the top-level type around. */
        String topLevelType() {
            int nested = type.indexOf('$', type.lastIndexOf('.') + 2);
            return nested < 0 ? type : type.substring(0, nested);
        }
    }

    /** One exception: its message, and its frames as written. */
    private record Part(String message, Map<Frame, String> frames) {}

    /** Whether it has a frame, or begins as a trace does. */
    static boolean isOne(String text) {
        return FRAME.matcher(text).find() || HEADER.matcher(text.strip()).matches();
    }

    static StackTrace of(String text) {
        List<Part> chain = new ArrayList<>();
        List<Part> asides = new ArrayList<>();
        Matcher next = PART.matcher(text);
        int from = 0;
        boolean isAside = false;
        while (from < text.length()) {
            boolean isFound = next.find();
            int end = isFound ? next.start() : text.length();
            (isAside ? asides : chain).add(part(text.substring(from, end)));
            if (isFound) {
                isAside = !next.group().startsWith("Caused") || (isAside && isIndented(text, end));
            }
            from = end == from ? end + 1 : end;
        }
        List<Part> parts = new ArrayList<>(chain.reversed());
        parts.addAll(asides);
        return new StackTrace(text.strip(), parts);
    }

    /** Whether it is no line's beginning: there the cause of what was suppressed is told, and not of what was caught. */
    private static boolean isIndented(String text, int at) {
        return at > 0 && text.charAt(at - 1) != '\n';
    }

    private static Part part(String text) {
        StringBuilder message = new StringBuilder();
        Map<Frame, String> frames = new LinkedHashMap<>();
        Matcher frame = FRAME.matcher(text);
        int from = 0;
        while (frame.find()) {
            message.append(text, from, frame.start());
            from = frame.end();
            frames.putIfAbsent(frame(frame), "at " + frame.group("call"));
        }
        message.append(text, from, text.length());
        String plain = SPACE.matcher(ELIDED.matcher(message).replaceAll(" ")).replaceAll(" ");
        return new Part(plain.strip(), frames);
    }

    private static Frame frame(Matcher frame) {
        String type = frame.group("type");
        Matcher lambda = LAMBDA.matcher(frame.group("method"));
        String method = lambda.matches() ? around(lambda.group(1)) : frame.group("method");
        String file = Optional.ofNullable(frame.group("file")).orElse("");
        String line = Optional.ofNullable(frame.group("line")).orElse("0");
        String declaring =
                GENERATED.matcher(type.substring(0, type.length() - 1)).replaceFirst("");
        return new Frame(declaring, method, file, Integer.parseInt(line));
    }

    /** The compiler writes the names of constructors and initializers otherwise in those of lambdas. */
    private static String around(String lambda) {
        return switch (lambda) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> lambda;
        };
    }

    /** All frames, each once, those of the root cause first. */
    List<Frame> frames() {
        Set<Frame> frames = new LinkedHashSet<>();
        parts.forEach(part -> frames.addAll(part.frames().keySet()));
        return List.copyOf(frames);
    }

    /** The messages and these frames, in the same order, cut to what a search takes. */
    String gist(Collection<Frame> counting) {
        StringBuilder gist = new StringBuilder();
        Set<Frame> left = new LinkedHashSet<>(counting);
        for (Part part : parts) {
            append(
                    gist,
                    part.message()
                            .substring(0, Math.min(MESSAGE_CHARS, part.message().length())));
            part.frames().forEach((frame, call) -> {
                if (left.remove(frame)) {
                    append(gist, call);
                }
            });
        }
        return gist.isEmpty() ? text.substring(0, Math.min(GIST_CHARS, text.length())) : gist.toString();
    }

    private static void append(StringBuilder gist, String line) {
        if (!line.isEmpty() && gist.length() + line.length() < GIST_CHARS) {
            gist.append(gist.isEmpty() ? "" : "\n").append(line);
        }
    }
}
