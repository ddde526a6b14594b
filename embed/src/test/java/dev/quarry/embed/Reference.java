package dev.quarry.embed;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the reference implementation (see {@code reference.json} for its versions) makes of some texts. */
record Reference(List<Text> texts, List<String> characterBlocks) {
    /** A text with all its pieces, and its vector or the beginning of it. */
    record Text(String text, List<Integer> pieces, List<Double> vector) {}

    static Reference read() {
        try (InputStream in = Objects.requireNonNull(Reference.class.getResourceAsStream("reference.json"))) {
            Map<String, @Nullable Object> fields = JsonMap.read(in.readAllBytes());
            List<Text> texts = list(fields, "texts").stream()
                    .map(entry -> text(JsonMap.object(Map.of("text", entry), "text")))
                    .toList();
            List<String> blocks =
                    list(fields, "characters").stream().map(String.class::cast).toList();
            return new Reference(texts, blocks);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Text text(Map<String, @Nullable Object> fields) {
        List<Integer> pieces = list(fields, "pieces").stream()
                .map(id -> ((Long) id).intValue())
                .toList();
        List<Double> vector = list(fields, "vector").stream()
                .map(value -> ((Number) value).doubleValue())
                .toList();
        return new Text((String) Objects.requireNonNull(fields.get("text")), pieces, vector);
    }

    private static List<?> list(Map<String, @Nullable Object> fields, String key) {
        return (List<?>) Objects.requireNonNull(fields.get(key));
    }
}
