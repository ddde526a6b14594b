package dev.quarry.ingest;

import java.util.List;
import java.util.Optional;

/**
 * A plug-in as a {@code plugins} block names it.
 *
 * @param version empty where none is written
 * @param applied whether it is applied to the project, not only made known
 */
record GradlePlugin(String id, String version, boolean applied) {
    /** Of {@code id 'x' version 'y' apply false}, {@code alias(libs.plugins.x)}, {@code kotlin("jvm")} or a bare name. */
    static Optional<GradlePlugin> of(GradleStatement statement, GradleScope scope) {
        List<GradleToken> tokens = statement.tokens();
        String head = statement.head();
        String id = head;
        String version = "";
        if (tokens.size() > 1 && (head.equals("id") || head.equals("alias") || head.equals("kotlin"))) {
            int last = tokens.get(1).isSign("(") ? GradleArguments.closing(tokens, 1) + 1 : 2;
            List<GradleToken> argument =
                    tokens.get(1).isSign("(") ? tokens.subList(2, last - 1) : tokens.subList(1, last);
            String text = GradleExpression.text(argument, scope);
            int colon = head.equals("alias") ? text.indexOf(':') : -1;
            id = (head.equals("kotlin") ? "org.jetbrains.kotlin." : "") + (colon < 0 ? text : text.substring(0, colon));
            version = colon < 0 ? "" : text.substring(colon + 1);
        }
        boolean applied = true;
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord("version")) {
                boolean bracket = tokens.get(i + 1).isSign("(");
                int end = bracket ? GradleArguments.closing(tokens, i + 1) : i + 2;
                version = GradleExpression.text(tokens.subList(bracket ? i + 2 : i + 1, end), scope);
            }
            applied &= !(tokens.get(i).isWord("apply")
                    && tokens.stream().skip(i).anyMatch(token -> token.isWord("false")));
        }
        return id.isEmpty() ? Optional.empty() : Optional.of(new GradlePlugin(id, version, applied));
    }
}
