package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void read_written_isTheSame() throws IOException {
        Object tree = Json.object(
                "text",
                "a \"quoted\" line\nand \u00fc",
                "number",
                7L,
                "real",
                0.5,
                "list",
                Arrays.asList(1L, null, true));
        assertThat(Json.read(Json.write(tree))).isEqualTo(tree);
    }

    @Test
    void object_memberWithoutValue_isLeftOut() {
        assertThat(Json.object("a", null, "b", 1)).containsOnlyKeys("b");
    }

    @Test
    void read_noJson_fails() {
        assertThatThrownBy(() -> Json.read("<html>")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.read("")).isInstanceOf(IOException.class);
    }

    @Test
    void jsonObject_absentMembers_areEmpty() throws IOException {
        JsonObject object = JsonObject.of(Json.read("{\"a\": \"text\", \"n\": 3}"));
        assertThat(object.text("b")).isEmpty();
        assertThat(object.number("a")).isZero();
        assertThat(object.objects("a", JsonObject::members)).isEmpty();
        assertThat(object.list("x")).isEqualTo(List.of());
        assertThat(object.counts()).containsExactly(java.util.Map.entry("n", 3));
    }
}
