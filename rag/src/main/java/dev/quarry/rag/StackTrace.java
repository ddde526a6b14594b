package dev.quarry.rag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods that the frames of a stack trace name, as {@code a.b.C.m}, the innermost first. */
final class StackTrace {
    private static final int FRAMES_MAX = 12;
    private static final Pattern FRAME = Pattern.compile(
            "\\bat\\s+(?:[\\w.@-]*+/)*+((?:[\\p{L}_$][\\w$]*+\\.)++(?:[\\p{L}_$][\\w$]*|<init>|<clinit>))\\([^()]*\\)");
    private static final Pattern LAMBDA = Pattern.compile("\\.lambda\\$(\\w+)\\$\\d+$");
    private static final Pattern ANONYMOUS = Pattern.compile("\\$\\d+(?=\\.)");

    private StackTrace() {}

    static boolean isOne(String text) {
        return FRAME.matcher(text).find();
    }

    static List<String> methods(String text) {
        Set<String> methods = new LinkedHashSet<>();
        Matcher frame = FRAME.matcher(text);
        while (frame.find() && methods.size() < FRAMES_MAX) {
            String method = LAMBDA.matcher(frame.group(1)).replaceFirst(".$1");
            methods.add(ANONYMOUS.matcher(method).replaceAll(""));
        }
        return List.copyOf(methods);
    }
}
