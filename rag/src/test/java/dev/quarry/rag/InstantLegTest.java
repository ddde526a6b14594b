package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.ModelSource;
import dev.quarry.embed.StaticModel;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.rag.SearchResult.LegReport;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search by meaning before, while and after the served model's vectors are made, over {@link SampleRepository}. */
class InstantLegTest {
    private static final String QUESTION = "shorten a string that is too long";

    private final SampleRepository repository = new SampleRepository();
    private final GraphStore graph = repository.store();

    @TempDir
    private Path directory;

    private SearchIndex index;
    private EmbeddingModel model;

    @BeforeEach
    void open() {
        index = SearchIndex.open(directory);
        model = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(2));
        for (FileFacts facts : repository.files) {
            List<NodeText> texts = NodeText.of(facts);
            Map<NodeId, float[]> instant = new HashMap<>();
            texts.stream()
                    .filter(NodeText::isEmbedded)
                    .forEach(
                            text -> instant.put(text.id(), StaticModel.bundled().embed(text.embeddingText())));
            index.replaceFile(
                    facts.file().path(),
                    texts.stream().map(NodeText::searchDocument).toList(),
                    instant);
        }
        index.commitText(graph.sequence(), StaticModel.id());
    }

    @AfterEach
    void close() {
        index.close();
        model.close();
        graph.close();
    }

    private SearchResult search(Optional<EmbeddingModel> served) {
        SearchRequest request = new SearchRequest(QUESTION, 20, SearchFilter.all(), Set.of(Leg.VECTOR));
        return new Retriever(graph, index, () -> served).search(request);
    }

    private void refine(List<NodeText> texts, long sequence) {
        Map<NodeId, float[]> vectors = new HashMap<>();
        for (NodeText text : texts) {
            vectors.put(text.id(), model.embedQuery(text.embeddingText()));
        }
        index.updateVectors(vectors, List.of());
        index.commitVectors(sequence, model.id());
    }

    private List<NodeText> embedded() {
        return repository.files.stream()
                .flatMap(facts -> NodeText.of(facts).stream())
                .filter(NodeText::isEmbedded)
                .toList();
    }

    private static LegReport vectorLeg(SearchResult result) {
        return result.legs().get(1);
    }

    private static List<NodeId> ids(SearchResult result) {
        return result.hits().stream().map((Hit hit) -> hit.node().node().id()).toList();
    }

    @Test
    void search_nothingRefined_findsByMeaningWithoutTheModel() {
        SearchResult result = search(Optional.empty());
        assertThat(ids(result)).startsWith(repository.truncate.id());
        assertThat(vectorLeg(result).ran()).isTrue();
        assertThat(vectorLeg(result).note()).startsWith("0 of " + embedded().size());
    }

    @Test
    void search_halfRefined_findsBothSorts() {
        List<NodeText> all = embedded();
        for (int half = 0; half < 2; half++) {
            int rest = half;
            index.clearVectors();
            refine(all.stream().filter(text -> all.indexOf(text) % 2 == rest).toList(), 0);
            SearchResult result = search(Optional.of(model));
            assertThat(ids(result))
                    .hasSameElementsAs(all.stream().map(NodeText::id).toList());
            // A static cosine stands for an average one of the model, so that what it finds best may fall back.
            assertThat(ids(result).subList(0, all.size() / 2)).contains(repository.truncate.id());
            List<NodeId> ofItsSort = ids(result).stream()
                    .filter(id -> isOfOneSort(all, id, repository.truncate.id()))
                    .toList();
            assertThat(ofItsSort).startsWith(repository.truncate.id());
            assertThat(vectorLeg(result).note()).contains("instant tier");
        }
    }

    /** Whether both have the model's vector, or both the static one, where every second has the model's. */
    private static boolean isOfOneSort(List<NodeText> all, NodeId one, NodeId other) {
        List<NodeId> ids = all.stream().map(NodeText::id).toList();
        return ids.indexOf(one) % 2 == ids.indexOf(other) % 2;
    }

    @Test
    void search_halfRefinedAndNoModel_answersByTheInstantTier() {
        refine(embedded().subList(0, 2), 0);
        assertThat(ids(search(Optional.empty()))).startsWith(repository.truncate.id());
    }

    @Test
    void search_allRefined_isTheModelsAlone() {
        refine(embedded(), graph.sequence());
        SearchResult result = search(Optional.of(model));
        assertThat(ids(result)).startsWith(repository.truncate.id());
        assertThat(vectorLeg(result).note()).isEmpty();
        double cosine = dot(
                model.embedQuery(QUESTION),
                model.embedQuery(embedded().stream()
                        .filter(text -> text.id().equals(repository.truncate.id()))
                        .findFirst()
                        .orElseThrow()
                        .embeddingText()));
        assertThat(result.hits().getFirst().legs().get(Leg.VECTOR))
                .extracting(SearchResult.LegScore::score)
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(cosine, within(1e-4));
    }

    private static float dot(float[] a, float[] b) {
        float dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
