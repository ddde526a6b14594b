package dev.quarry.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets members of an object within a JSON document and leaves each other character as it is: order, layout and comments
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
     * The document in which {@code object.name} has these members, laid out with two blanks a level. Others that it has
     * stay.
     *
     * @param document may be blank, which stands for an empty object
     * @throws IllegalArgumentException if the document is not an object, or {@code object} is none in it
     */
    static String withMembers(String document, String object, String name, Map<String, Object> values) {
        String text = document.isBlank() ? "{\n}\n" : document;
        Range root = new Range(0, text.length());
        Optional<Range> servers = member(text, root, object);
        if (servers.isEmpty()) {
            String whole = "{\n" + INDENT.repeat(2) + quoted(name) + ": " + indented(values, 2) + "\n" + INDENT + "}";
            return inserted(text, opening(text, root), 1, quoted(object) + ": " + whole);
        }
        Optional<Range> there = member(text, servers.get(), name);
        if (there.isEmpty()) {
            return inserted(text, opening(text, servers.get()), 2, quoted(name) + ": " + indented(values, 2));
        }
        Range entry = there.get();
        if (text.charAt(entry.start()) != '{') {
            return text.substring(0, entry.start()) + indented(values, 2) + text.substring(entry.end());
        }
        // From the last, as a member that is not there becomes the first.
        for (String key : List.copyOf(values.keySet()).reversed()) {
            String edited = withMember(text, entry, key, values.get(key));
            entry = new Range(entry.start(), entry.end() + edited.length() - text.length());
            text = edited;
        }
        return text;
    }

    /** The text in which the object in this range has this member. */
    private static String withMember(String text, Range entry, String key, @Nullable Object value) {
        Optional<Range> there = member(text, entry, key);
        if (there.isEmpty()) {
            return inserted(text, opening(text, entry), 3, quoted(key) + ": " + indented(value, 3));
        }
        Range old = there.get();
        return sameValue(text.substring(old.start(), old.end()), value)
                ? text
                : text.substring(0, old.start()) + indented(value, 3) + text.substring(old.end());
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

    private static boolean sameValue(String written, @Nullable Object value) {
        try {
            return Objects.equals(Json.read(written), value);
        } catch (IOException withComments) {
            return false;
        }
    }

    private static String indented(@Nullable Object value, int depth) {
        return Json.write(value).replace("\r\n", "\n").replace("\n", "\n" + INDENT.repeat(depth));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(new StringReader(text));
    }

    /** The library's words without its own places, which are of text that it does not show. */
    private static IllegalArgumentException unreadable(IOException malformed) {
        String message = String.valueOf(malformed.getMessage());
        if (malformed instanceof JsonProcessingException told) {
            JsonLocation place = told.getLocation();
            message = told.getOriginalMessage().replaceAll(" ?\\(start marker at \\[Source: [^]]*]\\)", "")
                    + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr());
        }
        return new IllegalArgumentException("it is not well-formed JSON: " + message, malformed);
    }
}
