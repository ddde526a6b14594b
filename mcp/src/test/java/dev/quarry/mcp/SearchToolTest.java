package dev.quarry.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchToolTest {
    @Test
    void skipped_waysOfSearching_areSaidInWords() {
        assertThat(SearchTool.skipped(Map.of("vector", "the index has no vectors yet", "GRAPH", "no seeds")))
                .isEqualTo("graph: no seeds; vector: the index has no vectors yet");
    }
}
