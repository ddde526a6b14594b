package dev.quarry.ingest;

import dev.quarry.schema.Blake3Hasher;
import dev.quarry.schema.ContentHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical hashes of a file's declarations, made in one pass over its tokens.
 *
 * <p>A declaration is written as its tokens in order, each declaration inside it replaced by that one's hash; so the file
 * is a Merkle tree over what it declares. Each token is its UTF-16 units, each in as many bytes as UTF-8 takes, and a
 * zero. The shape is the same with identifiers replaced by the number of their first occurrence in the declaration, and
 * literals by their kind.
 */
final class CanonicalHashes {
    private static final byte TOKEN_END = 0;
    private static final byte DECLARATION = 1;
    private static final byte IDENTIFIER = 2;
    private static final byte LITERAL = 3;

    private final TokenTable tokens;
    private final List<Extent> extents;
    private final ContentHash[] contents;
    private final ContentHash[] shapes;
    private final List<Frame> frames = new ArrayList<>();
    private int depth;

    /**
     * The tokens of a declaration.
     *
     * @param prefixFirst the first token of what it shares with its neighbours: the modifiers and the type of
     *     {@code int a, b;}
     * @param prefixEnd behind the last of these, equal to {@code prefixFirst} where there are none
     * @param first the first token that is its own
     * @param last the last one
     */
    record Extent(int prefixFirst, int prefixEnd, int first, int last) {
        /** A declaration that shares no tokens. */
        static Extent of(int first, int last) {
            return new Extent(first, first, first, last);
        }
    }

    /** What is written of a declaration that has begun and not ended. */
    private static final class Frame {
        private final Bytes content = new Bytes();
        private final Bytes shape = new Bytes();
        private final Map<String, Integer> identifiers = new HashMap<>();
        private int extent;

        private void begin(int newExtent) {
            extent = newExtent;
            content.length = 0;
            shape.length = 0;
            identifiers.clear();
        }
    }

    private CanonicalHashes(TokenTable tokens, List<Extent> extents) {
        this.tokens = tokens;
        this.extents = extents;
        this.contents = new ContentHash[extents.size()];
        this.shapes = new ContentHash[extents.size()];
    }

    /** The hashes of these declarations, which are in the order of the text, each after the one that encloses it. */
    static Hashes of(TokenTable tokens, List<Extent> extents) {
        CanonicalHashes hashes = new CanonicalHashes(tokens, extents);
        ContentHash file = hashes.run();
        return new Hashes(file, List.of(hashes.contents), List.of(hashes.shapes));
    }

    /** The hash of the file, and those of the declarations in their order. */
    record Hashes(ContentHash file, List<ContentHash> contents, List<ContentHash> shapes) {}

    private ContentHash run() {
        push(-1);
        int next = 0;
        for (int token = 0; token < tokens.count(); token++) {
            while (next < extents.size() && extents.get(next).first() == token) {
                push(next++);
            }
            write(token);
            while (depth > 1 && extents.get(top().extent).last() == token) {
                pop();
            }
        }
        return top().content.hash();
    }

    private Frame top() {
        return frames.get(depth - 1);
    }

    private void push(int extent) {
        if (depth == frames.size()) {
            frames.add(new Frame());
        }
        depth++;
        top().begin(extent);
        if (extent >= 0) {
            for (int token = extents.get(extent).prefixFirst();
                    token < extents.get(extent).prefixEnd();
                    token++) {
                write(token);
            }
        }
    }

    private void pop() {
        Frame done = top();
        ContentHash content = done.content.hash();
        ContentHash shape = done.shape.hash();
        contents[done.extent] = content;
        shapes[done.extent] = shape;
        depth--;
        top().content.add(DECLARATION);
        top().content.add(content.toBytes());
        top().shape.add(DECLARATION);
        top().shape.add(shape.toBytes());
    }

    private void write(int token) {
        Frame frame = top();
        String text = tokens.text(token);
        frame.content.add(text);
        frame.content.add(TOKEN_END);
        switch (tokens.category(token)) {
            case KEYWORD, SIGN -> {
                frame.shape.add(text);
                frame.shape.add(TOKEN_END);
            }
            case IDENTIFIER -> {
                int known = frame.identifiers.size();
                int number = frame.identifiers.computeIfAbsent(text, name -> known);
                frame.shape.add(IDENTIFIER);
                frame.shape.addNumber(number);
            }
            case STRING, CHARACTER, NUMBER, TRUTH -> {
                frame.shape.add(LITERAL);
                frame.shape.add(tokens.category(token).mark);
            }
        }
    }

    /** A growing array of bytes. */
    private static final class Bytes {
        private byte[] bytes = new byte[256];
        private int length;

        private void add(byte value) {
            reserve(1);
            bytes[length++] = value;
        }

        private void add(byte[] values) {
            reserve(values.length);
            System.arraycopy(values, 0, bytes, length, values.length);
            length += values.length;
        }

        private void add(String text) {
            int size = text.length();
            reserve(size * 3);
            for (int i = 0; i < size; i++) {
                char c = text.charAt(i);
                if (c == '\r' && i + 1 < size && text.charAt(i + 1) == '\n') {
                    continue; // the line ends of a text block mean the same
                }
                if (c < 0x80) {
                    bytes[length++] = (byte) c;
                } else if (c < 0x800) {
                    bytes[length++] = (byte) (0xC0 | (c >> 6));
                    bytes[length++] = (byte) (0x80 | (c & 0x3F));
                } else {
                    // Halves of surrogate pairs are written one by one: longer than UTF-8, and as unambiguous.
                    bytes[length++] = (byte) (0xE0 | (c >> 12));
                    bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                    bytes[length++] = (byte) (0x80 | (c & 0x3F));
                }
            }
        }

        private void addNumber(int number) {
            int rest = number;
            while (rest >= 0x80) {
                add((byte) (rest | 0x80));
                rest >>>= 7;
            }
            add((byte) rest);
        }

        private void reserve(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }

        private ContentHash hash() {
            Blake3Hasher hasher = new Blake3Hasher();
            hasher.update(bytes, 0, length);
            return hasher.hash();
        }
    }
}
