package dev.quarry.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON. */
final class JsonValues {
    private static final int MAX_DEPTH = 100;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonValues() {}

    /** The value; empty where the text is no JSON. */
    static Optional<BuildValue> parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return parser.nextToken() == null ? Optional.empty() : Optional.of(value(parser));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The value that begins at the parser's token. */
    private static BuildValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> new BuildValue.Text(parser.getText());
        };
    }

    private static BuildValue object(JsonParser parser) throws IOException {
        Map<String, BuildValue> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            entries.put(key, value(parser));
        }
        return new BuildValue.Entries(entries);
    }

    private static BuildValue array(JsonParser parser) throws IOException {
        List<BuildValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new BuildValue.Items(items);
    }
}
