package dev.quarry.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UriTemplateTest {
    @Test
    void segment_matchesWithinSlashes() {
        UriTemplate template = UriTemplate.of("test://a.b/{id}/data");
        assertThat(template.values("test://a.b/12/data")).containsEntry("id", "12");
        assertThat(template.matches("test://a.b/1/2/data")).isFalse();
        assertThat(template.matches("test://axb/12/data")).isFalse();
        assertThat(template.values("other")).isEmpty();
    }

    @Test
    void path_matchesOverSlashes() {
        UriTemplate template = UriTemplate.of("quarry://file/{+path}");
        assertThat(template.variables()).containsExactly("path");
        assertThat(template.values("quarry://file/a/b/C.java")).containsEntry("path", "a/b/C.java");
        assertThat(template.matches("quarry://file/")).isFalse();
    }
}
