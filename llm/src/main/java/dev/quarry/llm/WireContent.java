package dev.quarry.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What an event or a document of a reply holds. */
enum WireContent {
    /** A reply, or a part of one. */
    REPLY,
    /** What went wrong, in the words of any wire format: a member {@code error}, or the type of this name. */
    ERROR,
    /** No JSON object, or more than one. */
    NONE;

    private static final JsonFactory JSON = new JsonFactory();

    static WireContent of(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            boolean failed = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                failed |= name.equals("error") && value != JsonToken.VALUE_NULL;
                failed |= name.equals("type") && "error".equals(parser.getText());
                parser.skipChildren();
            }
            boolean alone = parser.nextToken() == null;
            return !alone ? NONE : failed ? ERROR : REPLY;
        } catch (IOException malformed) {
            return NONE;
        }
    }

    /** The word for programs that OpenAI's errors have, the member {@code code} of their {@code error}; empty if none. */
    static String code(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean within = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME) {
                    continue;
                }
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!within && name.equals("error") && value == JsonToken.START_OBJECT) {
                    within = true;
                } else if (within && name.equals("code") && value == JsonToken.VALUE_STRING) {
                    return parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException malformed) {
            // Not every backend words its errors as JSON.
        }
        return "";
    }
}
