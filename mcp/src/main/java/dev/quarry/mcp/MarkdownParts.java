package dev.quarry.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts Markdown before its headings, and where that leaves too long a part, between lines. Each part is Markdown by itself:
 * a fenced block that is cut ends in the one part and begins anew in the next. A fence must be longer than any run of
 * backticks in its block.
 */
final class MarkdownParts {
    private static final String HEADING = "### ";
    private static final Pattern FENCED = Pattern.compile("(`{3,})[^`]*");

    private final int charsMax;
    private final List<String> parts = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private String opening = "";
    private String fence = "";

    private MarkdownParts(int charsMax) {
        this.charsMax = charsMax;
    }

    /** The parts in their order, each of about {@code charsMax} characters at most, unless one line has more. */
    static List<String> of(String markdown, int charsMax) {
        MarkdownParts parts = new MarkdownParts(charsMax);
        markdown.lines().forEach(parts::add);
        parts.end();
        return List.copyOf(parts.parts);
    }

    private void add(String line) {
        boolean closes = !fence.isEmpty() && line.equals(fence);
        boolean begins = fence.isEmpty() && line.startsWith(HEADING);
        if (!closes && (begins || part.length() + line.length() >= charsMax)) {
            cut();
        }
        part.append(line).append('\n');
        if (closes) {
            fence = "";
        } else if (fence.isEmpty() && FENCED.matcher(line).matches()) {
            opening = line;
            fence = line.replaceFirst("[^`].*", "");
        }
    }

    private void cut() {
        if (part.isEmpty()) {
            return;
        }
        if (!fence.isEmpty()) {
            part.append(fence).append('\n');
        }
        end();
        if (!fence.isEmpty()) {
            part.append(opening).append('\n');
        }
    }

    private void end() {
        if (!part.isEmpty()) {
            parts.add(part.toString());
            part.setLength(0);
        }
    }
}
