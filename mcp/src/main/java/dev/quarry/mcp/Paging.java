package dev.quarry.mcp;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the rows of an answer to what one reply may hold. Nothing is kept between replies: a cursor says how many rows have
 * been told, of which question, and of which state of the graph.
 */
final class Paging {
    /**
     * How many characters of rows a reply may hold, as JSON. Hosts cut replies, or refuse them, from about 25,000 tokens;
     * a reply has its rows twice, as a tree and as text.
     */
    static final int ROWS_CHARS = 20_000;

    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,18}):([0-9a-f]{1,8}):(\\d{1,9})");

    private final String question;
    private final long sequence;

    /** Cuts the answer to a question, of the state of the graph with this sequence. */
    Paging(String tool, Arguments arguments, long sequence) {
        this.question = Integer.toHexString((tool + arguments.key()).hashCode());
        this.sequence = sequence;
    }

    /**
     * Some rows of an answer.
     *
     * @param first how many rows come before them
     * @param next the cursor of the rows behind them; empty if there are none
     */
    record Page<T>(List<T> rows, int first, Optional<String> next) {
        /** Copies the list. */
        Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * As many rows as fit, from where the cursor says; always one, so that paging comes to an end.
     *
     * @throws QuarryException BAD_INPUT if the cursor is of another question or of another state of the graph
     */
    <T> Page<T> page(List<T> rows, Optional<String> cursor) {
        int first = cursor.map(this::offset).orElse(0);
        List<T> page = new ArrayList<>();
        int chars = 0;
        int at = Math.min(first, rows.size());
        while (at < rows.size()) {
            chars += Trees.write(rows.get(at)).length();
            if (chars > ROWS_CHARS && !page.isEmpty()) {
                break;
            }
            page.add(rows.get(at));
            at++;
        }
        return new Page<>(page, first, at < rows.size() ? Optional.of(cursor(at)) : Optional.empty());
    }

    private String cursor(int offset) {
        byte[] text = (sequence + ":" + question + ":" + offset).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private int offset(String cursor) {
        Matcher parts = CURSOR.matcher(decoded(cursor));
        if (!parts.matches()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + cursor + "' is no cursor: leave it out, or give the nextCursor of a reply as it is");
        }
        if (!parts.group(2).equals(question)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the cursor belongs to another question: repeat all other arguments as they were, or leave it out");
        }
        if (Long.parseLong(parts.group(1)) != sequence) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the graph has changed since the reply that the cursor is from: ask again without it");
        }
        return Integer.parseInt(parts.group(3));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }
}
