package dev.quarry.ingest;

import dev.quarry.ingest.GradleToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A statement of a Gradle script: its tokens in their order, what stands in braces as one of them; never empty. */
record GradleStatement(List<GradleToken> tokens) {
    private static final int SHOWN = 60;

    GradleStatement {
        tokens = List.copyOf(tokens);
    }

    int line() {
        return tokens.getFirst().line();
    }

    /** The names that it begins with: {@code tasks, withType} of {@code tasks.withType(JavaCompile)}. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tokens.size() && tokens.get(i).is(Kind.WORD); i += 2) {
            names.add(tokens.get(i).text());
            if (i + 1 >= tokens.size() || !tokens.get(i + 1).isSign(".")) {
                break;
            }
        }
        return names;
    }

    /** The name that it begins with; empty where it begins with something else. */
    String head() {
        return tokens.getFirst().is(Kind.WORD) ? tokens.getFirst().text() : "";
    }

    /** The tokens behind the names that it begins with. */
    List<GradleToken> rest() {
        return tokens.subList(Math.min(tokens.size(), Math.max(0, names().size() * 2 - 1)), tokens.size());
    }

    /** What stands in the braces that it ends with; empty where there are none. */
    List<GradleStatement> block() {
        return tokens.getLast().block();
    }

    /** The parameters of a closure, if this is what stands before its arrow; else none. */
    List<String> parameters() {
        return tokens.getFirst().isSign("->")
                ? tokens.stream().skip(1).map(GradleToken::text).toList()
                : List.of();
    }

    /** The tokens behind the first assignment sign outside of brackets; empty where there is none. */
    List<GradleToken> assigned() {
        int open = 0;
        for (int i = 0; i < tokens.size(); i++) {
            GradleToken token = tokens.get(i);
            if (token.isSign("(") || token.isSign("[")) {
                open++;
            } else if (token.isSign(")") || token.isSign("]")) {
                open--;
            } else if (open == 0 && token.isSign("=") && i > 0 && i + 1 < tokens.size()) {
                return tokens.get(i + 1).isSign("=") ? List.of() : tokens.subList(i + 1, tokens.size());
            }
        }
        return List.of();
    }

    /** It in few words, for a reader who looks for it. */
    String shown() {
        String text = tokens.stream()
                .map(token -> switch (token.kind()) {
                    case TEXT, TEMPLATE -> "'" + token.text().replace(GradleToken.PLAIN_DOLLAR, '$') + "'";
                    case BLOCK -> "{…}";
                    default -> token.text();
                })
                .collect(Collectors.joining(" "))
                .replaceAll(" ?([.(\\[]) ?", "$1")
                .replaceAll(" ([,)\\]:])", "$1")
                .replaceAll("\\s+", " ");
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
