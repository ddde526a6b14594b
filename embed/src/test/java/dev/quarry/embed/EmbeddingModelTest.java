package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddingModelTest {
    private static EmbeddingModel model;

    @BeforeAll
    static void open() {
        model = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(2));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void embed_referenceTexts_sameVectors() {
        List<Reference.Text> texts = Reference.read().texts();
        float[][] vectors = model.embed(texts.stream().map(Reference.Text::text).toList());
        int whole = 0;
        for (int i = 0; i < vectors.length; i++) {
            List<Double> expected = texts.get(i).vector();
            assertThat(cosineOfBeginning(vectors[i], expected))
                    .as(texts.get(i).text())
                    .isGreaterThanOrEqualTo(0.9999);
            whole += expected.size() == model.dimension() ? 1 : 0;
        }
        assertThat(whole).isGreaterThan(5);
    }

    @Test
    void embed_anyOrderAndCompany_sameVectors() {
        List<String> texts = new ArrayList<>(
                Reference.read().texts().stream().map(Reference.Text::text).toList());
        float[][] first = model.embed(texts);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(7));
        float[][] shuffled = model.embed(order.stream().map(texts::get).toList());
        for (int i = 0; i < order.size(); i++) {
            assertThat(shuffled[i]).isEqualTo(first[order.get(i)]);
        }
        assertThat(model.embedQuery(texts.get(3))).isEqualTo(first[3]);
    }

    @Test
    void embedDeclarations_textsWithOneHead_leanTowardsIt() {
        String head = "is blank in strings. parameters String text. returns boolean.";
        List<String> texts =
                List.of(head + "\n{ return text.isEmpty(); }", head, head + "\n{ return scan(text) == 0; }");
        float[][] plain = model.embed(texts);
        float[][] leaning = model.embedDeclarations(texts);
        assertThat(leaning.length).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            double length = Math.sqrt(1 + 0.25 * 0.25 + 0.5 * product(plain[i], plain[1]));
            for (int d = 0; d < leaning[i].length; d++) {
                assertThat((double) leaning[i][d]).isCloseTo((plain[i][d] + 0.25 * plain[1][d]) / length, within(1e-5));
            }
        }
        assertThat(leaning[1]).usingComparatorWithPrecision(1e-6f).containsExactly(plain[1]);
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void embed_severalCallers_sameVectors() {
        List<String> texts = List.of("reads a file", "parses a number", "joins strings with a separator");
        float[][] expected = model.embed(texts);
        List<CompletableFuture<float[][]>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> model.embed(texts)));
        }
        for (CompletableFuture<float[][]> call : calls) {
            assertThat(call.join()).isDeepEqualTo(expected);
        }
    }

    @Test
    void embed_vectors_haveUnitLength() {
        float[] vector = model.embedQuery("check whether a string is blank");
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        assertThat(vector).hasSize(model.dimension()).hasSize(384);
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    @Test
    void embed_nothing_givesNothing() {
        assertThat(model.embed(List.of())).isEmpty();
    }

    @Test
    void embed_meaning_isNearerThanOtherMeaning() {
        float[] query = model.embedQuery("check whether a string is blank");
        float[][] texts = model.embed(List.of(
                "is blank in string utils. parameters CharSequence cs. returns boolean.",
                "sleep in thread utils. parameters Duration duration. returns void."));
        assertThat(dot(query, texts[0])).isGreaterThan(dot(query, texts[1]) + 0.1);
    }

    @Test
    void id_namesModelRecipeAndLimit() {
        assertThat(model.id()).isEqualTo("bge-small-en-v1.5-java-q@3+" + EmbeddingText.RECIPE + "-128-head.25");
    }

    @Test
    void embed_afterClose_isRejected() {
        EmbeddingModel closed = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(1));
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.embedQuery("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.embed(List.of("x"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void open_providerThatIsNotThere_refusedWithTheRemedy() {
        assertThatThrownBy(() -> EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(1, Provider.CUDA)))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_INPUT))
                .hasMessageContaining("onnxruntime_gpu")
                .hasMessageContaining("leave the property out");
    }

    @Test
    void options_noThreads_rejected() {
        assertThatThrownBy(() -> new EmbedOptions(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Of the dimensions that the reference tells. */
    private static double cosineOfBeginning(float[] vector, List<Double> expected) {
        double dot = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < expected.size(); i++) {
            dot += vector[i] * expected.get(i);
            left += vector[i] * vector[i];
            right += expected.get(i) * expected.get(i);
        }
        return dot / Math.sqrt(left * right);
    }

    private static double dot(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
