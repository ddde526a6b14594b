package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StaticModelTest {
    private static final StaticModel MODEL = StaticModel.bundled();

    @Test
    void embed_vectors_haveUnitLengthOfTheModels() {
        float[] vector = MODEL.embed("check whether a string is blank");
        assertThat(vector).hasSize(384);
        assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void embed_meaning_isNearerThanOtherMeaning() {
        float[] query = MODEL.embed("check whether a string is blank");
        float[] isBlank = MODEL.embed("is blank in string utils. parameters CharSequence cs. returns boolean.");
        float[] sleep = MODEL.embed("sleep in thread utils. parameters Duration duration. returns void.");
        assertThat(dot(query, isBlank)).isGreaterThan(dot(query, sleep) + 0.2);
    }

    @Test
    void embed_identifiers_areCutAtTheirHumps() {
        assertSame("isHTTPBlank_2", "is http blank 2");
        assertSame("UTF8Reader", "utf 8 reader");
        assertSame("café naïve", "cafe naive");
        assertSame("a.b(c);", "a b c");
    }

    @Test
    void embed_firstLine_countsMore() {
        float[] name = MODEL.embed("parse");
        float[] first = MODEL.embed("parse\nprint");
        float[] second = MODEL.embed("print\nparse");
        assertThat(dot(name, first)).isGreaterThan(dot(name, second));
    }

    @Test
    void embed_nothingKnown_isZero() {
        for (String text : List.of("", " \n", "日本語", "\uD800", "-> {}")) {
            assertThat(MODEL.embed(text)).as(text).containsOnly(0);
        }
    }

    @Test
    void embed_severalCallers_sameVectors() {
        String text = "joins strings with a separator\npublic static String join(String... parts)";
        float[] expected = MODEL.embed(text);
        List<CompletableFuture<float[]>> calls = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> MODEL.embed(text)));
        }
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(expected));
    }

    @Test
    void asModelCosine_risesWithTheCosine() {
        assertThat(MODEL.asModelCosine(0.9f))
                .isGreaterThan(MODEL.asModelCosine(0.2f))
                .isLessThan(1);
    }

    @Test
    void table_changedByte_refused() throws IOException {
        try (InputStream in = StaticTable.class.getResourceAsStream("static-table.bin")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            bytes[bytes.length / 2] ^= 1;
            assertRefused(bytes);
            assertRefused(new byte[0]);
            assertRefused(null);
        }
    }

    private static void assertRefused(byte @Nullable [] bytes) {
        assertThatThrownBy(() -> StaticTable.of(bytes))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_REFUSED))
                .hasMessageContaining("build or install Quarry again");
    }

    private static void assertSame(String text, String words) {
        assertThat(MODEL.embed(text)).as(text).isEqualTo(MODEL.embed(words));
    }

    private static double dot(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
