package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * How the bytes of a source become text: as the build says, else as UTF-8. What is neither is ISO-8859-1, which every byte
 * is a character of, and its file says so.
 */
final class SourceEncoding {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceEncoding() {}

    /**
     * The text of a file.
     *
     * @param hash of the bytes where they are UTF-8, else of the text in UTF-8: equal hashes are of equal texts
     * @param note what the reader of the file is to know of its encoding; empty where it is what the build says
     */
    record Decoded(String text, ContentHash hash, String note) {}

    /** Decodes by the encoding that a build names; empty where it names none. A byte order mark goes before it. */
    static Decoded decode(byte[] content, String encoding) {
        Charset named = charset(encoding).orElse(StandardCharsets.UTF_8);
        Optional<String> marked = utf8(content).filter(SourceEncoding::isMarked);
        if (marked.isPresent()) {
            return new Decoded(marked.get().substring(1), ContentHash.ofContent(content), "");
        }
        Optional<String> text = strictly(content, named);
        if (text.isEmpty()) {
            String guessed = new String(content, StandardCharsets.ISO_8859_1);
            return new Decoded(guessed, ContentHash.ofText(guessed), note(encoding, named));
        }
        boolean isUtf8 = named.equals(StandardCharsets.UTF_8);
        ContentHash hash = isUtf8 ? ContentHash.ofContent(content) : ContentHash.ofText(text.get());
        return new Decoded(text.get(), hash, charset(encoding).isEmpty() ? unknown(encoding) : "");
    }

    /** The text of these bytes as UTF-8, without a byte order mark; malformed bytes are replaced. */
    static String lenient(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return isMarked(text) ? text.substring(1) : text;
    }

    /** Whether a file of these bytes is the same text in each encoding that a build may name. */
    static boolean isAscii(byte[] content) {
        for (byte value : content) {
            if (value < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isUtf8(byte[] content) {
        return utf8(content).isPresent();
    }

    /** The characters of these bytes in UTF-8; empty if they are none. */
    static Optional<String> utf8(byte[] content) {
        return strictly(content, StandardCharsets.UTF_8);
    }

    /** Whether UTF-8 is what this encoding, if one is named, stands for. */
    static boolean isUtf8(String encoding) {
        return charset(encoding).filter(StandardCharsets.UTF_8::equals).isPresent();
    }

    private static Optional<Charset> charset(String encoding) {
        if (encoding.isEmpty()) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        try {
            return Optional.of(Charset.forName(encoding));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> strictly(byte[] content, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(content)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static boolean isMarked(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    }

    private static String note(String encoding, Charset tried) {
        String problem = "is not " + tried.name() + ": read as ISO-8859-1, ";
        if (!encoding.isEmpty() && charset(encoding).isEmpty()) {
            return problem + unknown(encoding);
        }
        return problem
                + (encoding.isEmpty()
                        ? "set project.build.sourceEncoding (in Gradle options.encoding) to its encoding"
                        : "convert it to the encoding that its build names");
    }

    private static String unknown(String encoding) {
        return "its build names the encoding '" + encoding
                + "', which Java does not know: correct project.build.sourceEncoding (in Gradle options.encoding)";
    }
}
