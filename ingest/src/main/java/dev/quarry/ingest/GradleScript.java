package dev.quarry.ingest;

import dev.quarry.ingest.GradleToken.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers the tokens of a Gradle script into statements. Nothing is evaluated. One reader serves one text. */
final class GradleScript {
    private static final long MAX_BYTES = 2L << 20;
    private static final int MAX_DEPTH = 100;
    private static final String GO_ON = ",=+.:?&|([";

    private final List<GradleToken> tokens;
    private int at;

    private GradleScript(List<GradleToken> tokens) {
        this.tokens = tokens;
    }

    /** The statements of a script; none where it is not there, cannot be read or is larger than 2 MiB. */
    static List<GradleStatement> read(Path file) {
        return parse(text(file));
    }

    /** The text of a file of a build; empty where it is not there, cannot be read or is larger than 2 MiB. */
    static String text(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return "";
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    /** The statements of a text. */
    static List<GradleStatement> parse(String text) {
        GradleScript script = new GradleScript(GradleTokenizer.tokens(text));
        List<GradleStatement> all = new ArrayList<>();
        while (script.at < script.tokens.size()) {
            all.addAll(script.statements(0));
        }
        return all;
    }

    /** The statements up to the brace that ends them, which is passed over. */
    private List<GradleStatement> statements(int depth) {
        List<GradleStatement> all = new ArrayList<>();
        List<GradleToken> current = new ArrayList<>();
        int open = 0;
        while (at < tokens.size()) {
            GradleToken token = tokens.get(at++);
            if (token.isSign("}")) {
                break;
            } else if (token.isSign("{") && depth < MAX_DEPTH) {
                current.add(new GradleToken(Kind.BLOCK, "{", token.line(), statements(depth + 1)));
            } else if (token.is(Kind.LINE_END) || token.isSign(";")) {
                if (open == 0 && (token.isSign(";") || !goesOn(current))) {
                    flush(current, all);
                }
            } else {
                open += token.isSign("(") || token.isSign("[") ? 1 : 0;
                open -= open > 0 && (token.isSign(")") || token.isSign("]")) ? 1 : 0;
                current.add(token);
            }
        }
        flush(current, all);
        return all;
    }

    private boolean goesOn(List<GradleToken> current) {
        if (current.isEmpty()) {
            return false;
        }
        GradleToken last = current.getLast();
        if (last.is(Kind.SIGN) && GO_ON.contains(last.text())) {
            return true;
        }
        int next = at;
        while (next < tokens.size() && tokens.get(next).is(Kind.LINE_END)) {
            next++;
        }
        return next < tokens.size()
                && (tokens.get(next).isSign(".") || tokens.get(next).isSign("?"));
    }

    private static void flush(List<GradleToken> current, List<GradleStatement> all) {
        int arrow = arrow(current);
        if (arrow > 0) {
            List<GradleToken> parameters = new ArrayList<>();
            parameters.add(GradleToken.of(Kind.SIGN, "->", current.getFirst().line()));
            current.subList(0, arrow).stream()
                    .filter(token -> token.is(Kind.WORD))
                    .forEach(parameters::add);
            all.add(new GradleStatement(parameters));
            current.subList(0, arrow + 2).clear();
        }
        if (!current.isEmpty()) {
            all.add(new GradleStatement(current));
        }
        current.clear();
    }

    /** Where the arrow stands behind the parameters that a closure begins with; 0 where there are none. */
    private static int arrow(List<GradleToken> current) {
        int i = 0;
        while (i < current.size()
                && (current.get(i).is(Kind.WORD) || current.get(i).isSign(","))) {
            i++;
        }
        boolean arrow = i + 1 < current.size()
                && current.get(i).isSign("-")
                && current.get(i + 1).isSign(">");
        return arrow ? i : 0;
    }
}
