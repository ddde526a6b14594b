package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.bench.EditLatency.Edit;
import java.io.IOException;
import java.nio.file.Path;

/** Edits that are seen once searches by vectors know all texts that the graph has with the edit. */
record VectorEdits(ServerClient server, EditLatency.Edits edits) implements EditLatency.Edits {
    /** An edit that both the graph and the vectors must have. */
    private record Embedded(ServerClient server, Edit edit) implements Edit {
        @Override
        public Path file() {
            return edit.file();
        }

        @Override
        public String text() {
            return edit.text();
        }

        @Override
        public boolean isSeen() throws IOException {
            if (!edit.isSeen()) {
                return false;
            }
            JsonNode health = server.json("/health");
            return health.get("vectorSequence").asLong()
                    >= health.get("sequence").asLong();
        }
    }

    @Override
    public Edit next() throws IOException {
        return new Embedded(server, edits.next());
    }
}
