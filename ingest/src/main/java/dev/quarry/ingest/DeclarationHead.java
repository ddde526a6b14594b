package dev.quarry.ingest;

import dev.quarry.ingest.TokenTable.Category;
import java.util.Set;

/** Writes the head of a declaration on one line, as people write it: without annotations, body and value. */
final class DeclarationHead {
    private static final Set<String> NO_SPACE_AFTER = Set.of("(", "[", ".", "<", "@");
    private static final Set<String> NO_SPACE_BEFORE = Set.of(")", "]", ",", ".", "[", "...", "(", ">");
    private static final Set<String> BODY = Set.of("{", ";");

    private final TokenTable tokens;
    private final StringBuilder line = new StringBuilder();
    private int last = -1;

    private DeclarationHead(TokenTable tokens) {
        this.tokens = tokens;
    }

    /** The head of a type, callable or type parameter: all from {@code first} to where the body begins. */
    static String of(TokenTable tokens, int first, int last) {
        DeclarationHead head = new DeclarationHead(tokens);
        head.write(first, last, BODY);
        return head.line.toString();
    }

    /** The head of a member of an annotation type, without its default value. */
    static String ofAnnotationMember(TokenTable tokens, int first, int last) {
        DeclarationHead head = new DeclarationHead(tokens);
        head.write(first, last, Set.of("default", ";"));
        return head.line.toString();
    }

    /** The head of a variable: what its declaration begins with, its name and its dimensions. */
    static String ofVariable(TokenTable tokens, int first, int prefixLast, int name, int last) {
        DeclarationHead head = new DeclarationHead(tokens);
        head.write(first, prefixLast, Set.of());
        head.write(name, last, Set.of("=", ",", ";"));
        return head.line.toString();
    }

    private void write(int from, int to, Set<String> stops) {
        for (int token = from; token <= to && token < tokens.count(); token++) {
            if (tokens.is(token, "@") && !tokens.is(token + 1, "interface")) {
                token = annotationEnd(token);
                continue;
            }
            if (stops.contains(tokens.text(token))) {
                return;
            }
            if (last >= 0 && isApart(last, token)) {
                line.append(' ');
            }
            line.append(tokens.text(token));
            last = token;
        }
    }

    /** The last token of the annotation that begins at this one. */
    private int annotationEnd(int at) {
        int token = at + 1;
        while (tokens.is(token + 1, ".")) {
            token += 2;
        }
        if (!tokens.is(token + 1, "(")) {
            return token;
        }
        int depth = 0;
        for (token++; token < tokens.count(); token++) {
            if (tokens.is(token, "(")) {
                depth++;
            } else if (tokens.is(token, ")") && --depth == 0) {
                return token;
            }
        }
        return tokens.count();
    }

    private boolean isApart(int left, int right) {
        String before = tokens.text(left);
        String after = tokens.text(right);
        if (after.equals("<")) {
            return tokens.category(left) != Category.IDENTIFIER;
        }
        return !NO_SPACE_AFTER.contains(before) && !NO_SPACE_BEFORE.contains(after);
    }
}
