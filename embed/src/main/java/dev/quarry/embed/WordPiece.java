package dev.quarry.embed;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into the word pieces of a BERT vocabulary, as the library that trained the model does.
 *
 * <p>A word is replaced by the longest pieces of the vocabulary, from left to right; a word that cannot be put together,
 * or is longer than 100 characters, is one unknown piece. The names of special pieces are recognised in the text as they
 * stand. Immutable, safe for use by several threads.
 */
final class WordPiece {
    private static final int WORD_MAX_CHARS = 100;
    private static final int PIECES_AT_FIRST = 64;
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Integer> continuations = new HashMap<>();
    private final int unknown;
    private final int first;
    private final int last;
    private final int pieceMaxLength;

    private WordPiece(Map<String, @Nullable Object> vocabulary) {
        int longest = 0;
        for (Map.Entry<String, @Nullable Object> entry : vocabulary.entrySet()) {
            String piece = entry.getKey();
            if (!(entry.getValue() instanceof Long id)) {
                throw new IllegalArgumentException("the piece '" + piece + "' has no number");
            }
            longest = Math.max(longest, piece.length());
            if (piece.length() > 2 && piece.startsWith("##")) {
                continuations.put(piece.substring(2), id.intValue());
            } else {
                starts.put(piece, id.intValue());
            }
        }
        pieceMaxLength = longest;
        unknown = special("[UNK]");
        first = special("[CLS]");
        last = special("[SEP]");
    }

    /**
     * The tokenizer that a {@code tokenizer.json} describes.
     *
     * @throws QuarryException MODEL_REFUSED if it describes another kind of tokenizer
     */
    static WordPiece of(byte[] json) {
        try {
            Map<String, @Nullable Object> fields = JsonMap.read(json);
            Map<String, @Nullable Object> model = JsonMap.object(fields, "model");
            Map<String, @Nullable Object> normalizer = JsonMap.object(fields, "normalizer");
            require("model", model.get("type"), "WordPiece");
            require("prefix", model.get("continuing_subword_prefix"), "##");
            require("normalizer", normalizer.get("type"), "BertNormalizer");
            require("lowercase", normalizer.get("lowercase"), true);
            return new WordPiece(JsonMap.object(model, "vocab"));
        } catch (IllegalArgumentException e) {
            throw new QuarryException(
                    ErrorCode.MODEL_REFUSED,
                    "the model's tokenizer cannot be used: " + e.getMessage()
                            + "; use the model that ships with Quarry",
                    e);
        }
    }

    /** The numbers of a text's pieces between those that frame it; at most {@code max} in all, the rest is cut off. */
    int[] encode(String text, int max) {
        Pieces pieces = new Pieces(max - 1);
        pieces.add(first);
        addText(text, pieces);
        return pieces.closedBy(last);
    }

    /** The numbers of two texts' pieces, the second behind the first, and between those that frame them. */
    static final class Pair {
        private final int[] pieces;
        private final int second;

        private Pair(int[] pieces, int second) {
            this.pieces = pieces;
            this.second = second;
        }

        /** Those of both; not to be written to. */
        int[] pieces() {
            return pieces;
        }

        /** Where those of the second text begin. */
        int second() {
            return second;
        }
    }

    /** The pieces of two texts; empty if they are more than {@code max} in all. */
    Optional<Pair> encode(String one, String other, int max) {
        int[] before = encode(one, max);
        int[] behind = encode(other, max);
        int length = before.length + behind.length - 1; // the second has no piece in front
        if (length > max) {
            return Optional.empty();
        }
        int[] both = Arrays.copyOf(before, length);
        System.arraycopy(behind, 1, both, before.length, behind.length - 1);
        return Optional.of(new Pair(both, before.length));
    }

    private void addText(String text, Pieces pieces) {
        int from = 0;
        for (int bracket = text.indexOf('[');
                bracket >= 0 && !pieces.isFull();
                bracket = text.indexOf('[', bracket + 1)) {
            String special = specialAt(text, bracket);
            if (special != null) {
                addWords(text.substring(from, bracket), pieces);
                pieces.add(special(special));
                from = bracket + special.length();
            }
        }
        addWords(text.substring(from), pieces);
    }

    private static @Nullable String specialAt(String text, int offset) {
        for (String special : SPECIAL) {
            if (text.startsWith(special, offset)) {
                return special;
            }
        }
        return null;
    }

    private int special(String name) {
        Integer id = starts.get(name);
        if (id == null) {
            throw new IllegalArgumentException("its vocabulary has no '" + name + "'");
        }
        return id;
    }

    private static void require(String what, @Nullable Object found, Object expected) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException("its " + what + " is '" + found + "' and not '" + expected + "'");
        }
    }

    private void addWords(String text, Pieces pieces) {
        BertWords words = new BertWords(text);
        while (!pieces.isFull() && words.next()) {
            addWord(words.word(), pieces);
        }
    }

    private void addWord(String word, Pieces pieces) {
        if (word.length() > WORD_MAX_CHARS && word.codePointCount(0, word.length()) > WORD_MAX_CHARS) {
            pieces.add(unknown);
            return;
        }
        int before = pieces.size;
        for (int start = 0; start < word.length() && !pieces.isFull(); ) {
            Map<String, Integer> vocabulary = start == 0 ? starts : continuations;
            int end = Math.min(word.length(), start + pieceMaxLength);
            Integer id = vocabulary.get(word.substring(start, end));
            while (id == null && --end > start) {
                id = vocabulary.get(word.substring(start, end));
            }
            if (id == null) {
                pieces.size = before;
                pieces.add(unknown);
                return;
            }
            pieces.add(id);
            start = end;
        }
    }

    /** A growing list of numbers with a limit. */
    private static final class Pieces {
        private final int limit;
        private int[] ids = new int[PIECES_AT_FIRST];
        private int size;

        Pieces(int limit) {
            this.limit = limit;
        }

        boolean isFull() {
            return size >= limit;
        }

        void add(int id) {
            if (!isFull()) {
                append(id);
            }
        }

        int[] closedBy(int id) {
            append(id);
            return Arrays.copyOf(ids, size);
        }

        private void append(int id) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
            }
            ids[size++] = id;
        }
    }
}
