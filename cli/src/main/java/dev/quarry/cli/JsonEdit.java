package dev.quarry.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

/**
 * Sets a member of an object within a JSON document and leaves each other character as it is: order, layout and comments
 * are the user's.
 */
final class JsonEdit {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String INDENT = "  ";

    private JsonEdit() {}

    /** Where something stands in the document, the end exclusive. */
    private record Range(int start, int end) {}

    /**
     * The document with {@code object.name} being this JSON value, laid out with two blanks a level.
     *
     * @param document may be blank, which stands for an empty object
     * @throws IllegalArgumentException if the document is not an object, or {@code object} is none in it
     */
    static String withMember(String document, String object, String name, String value) {
        String text = document.isBlank() ? "{\n}\n" : document;
        Range root = new Range(0, text.length());
        Optional<Range> servers = member(text, root, object);
        if (servers.isEmpty()) {
            String whole = "{\n" + INDENT.repeat(2) + quoted(name) + ": " + indented(value, 2) + "\n" + INDENT + "}";
            return inserted(text, opening(text, root), 1, quoted(object) + ": " + whole);
        }
        Optional<Range> there = member(text, servers.get(), name);
        if (there.isPresent()) {
            Range old = there.get();
            if (sameValue(text.substring(old.start(), old.end()), value)) {
                return document;
            }
            return text.substring(0, old.start()) + indented(value, 2) + text.substring(old.end());
        }
        return inserted(text, opening(text, servers.get()), 2, quoted(name) + ": " + indented(value, 2));
    }

    /** Puts a member behind the brace at this place, in front of the others. */
    private static String inserted(String text, int brace, int depth, String member) {
        boolean isEmpty = isEmptyObject(text, brace);
        String line = "\n" + INDENT.repeat(depth) + member + (isEmpty ? "" : ",");
        String rest = text.substring(brace + 1);
        String gap = isEmpty && rest.stripLeading().startsWith("}")
                ? "\n" + INDENT.repeat(depth - 1) + rest.stripLeading()
                : rest.startsWith("\n") || rest.startsWith("\r")
                        ? rest
                        : "\n" + INDENT.repeat(depth) + rest.stripLeading();
        return text.substring(0, brace + 1) + line + gap;
    }

    private static boolean isEmptyObject(String text, int brace) {
        try (JsonParser parser = parser(text.substring(brace))) {
            parser.nextToken();
            return parser.nextToken() == JsonToken.END_OBJECT;
        } catch (IOException malformed) {
            throw unreadable(malformed);
        }
    }

    /** The place of the brace that opens the object in this range. */
    private static int opening(String text, Range range) {
        try (JsonParser parser = parser(text.substring(range.start(), range.end()))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("what should be an object is none");
            }
            return range.start() + (int) parser.currentTokenLocation().getCharOffset();
        } catch (IOException malformed) {
            throw unreadable(malformed);
        }
    }

    /** Where the value of a member stands; reads all of the object, so that what is broken is found. */
    private static Optional<Range> member(String text, Range range, String name) {
        Optional<Range> found = Optional.empty();
        try (JsonParser parser = parser(text.substring(range.start(), range.end()))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("what should be an object is none");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                if (wanted) {
                    String value = text.substring(range.start() + start, range.start() + end)
                            .stripTrailing();
                    found = Optional.of(new Range(range.start() + start, range.start() + start + value.length()));
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IllegalArgumentException("the object does not end");
            }
            return found;
        } catch (IOException malformed) {
            throw unreadable(malformed);
        }
    }

    private static boolean sameValue(String first, String second) {
        try {
            Object one = Json.read(first);
            return one != null && one.equals(Json.read(second));
        } catch (IOException withComments) {
            return false;
        }
    }

    private static String indented(String value, int depth) {
        return value.replace("\r\n", "\n").replace("\n", "\n" + INDENT.repeat(depth));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(new StringReader(text));
    }

    private static IllegalArgumentException unreadable(IOException malformed) {
        return new IllegalArgumentException("it is not well-formed JSON: " + malformed.getMessage(), malformed);
    }
}
