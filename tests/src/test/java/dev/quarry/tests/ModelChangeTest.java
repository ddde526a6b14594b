package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.InstalledModels;
import dev.quarry.embed.ManifestSigner;
import dev.quarry.embed.ModelSource;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.rag.Leg;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import dev.quarry.server.GarbageOptions;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.ModelState;
import dev.quarry.server.Retention;
import dev.quarry.server.StoreVerification;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A change over to another model and back. The other one is the network that ships, under a manifest that lets it read a
 * few tokens only: texts and questions that are longer have other vectors.
 */
class ModelChangeTest {
    private static final String QUESTION = "which of the many shapes that are drawn here gives the width of its outline"
            + " back when somebody asks for the area that it covers";
    private static final int CLASSES = 6;

    @TempDir
    private Path folder;

    private InstalledModels models = InstalledModels.ofUser();
    private Path sources = Path.of("");
    private Path store = Path.of("");
    private String bundled = "";
    private String other = "";

    @BeforeEach
    void prepare() throws IOException {
        models = InstalledModels.at(folder.resolve("models"));
        store = folder.resolve("store");
        sources = Files.createDirectory(folder.resolve("sources"));
        for (int i = 0; i < CLASSES; i++) {
            write(i, "return width * " + i + ";");
        }
        bundled = models.bundled().id();
        Path directory = otherModel();
        other = models.add(directory, Optional.of(directory.resolve("public"))).id();
        assertThat(other).isNotEqualTo(bundled);
    }

    private void write(int number, String body) throws IOException {
        Files.writeString(sources.resolve("Shape" + number + ".java"), """
                /** Shape number %1$d, which is drawn with an outline of a width and covers an area. */
                public class Shape%1$d {
                    private int width = %1$d;

                    /** The area that shape number %1$d covers, as it follows from the width of its outline. */
                    public int area() {
                        %2$s
                    }
                }
                """.formatted(number, body));
    }

    private Path otherModel() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("other"));
        ModelSource shipped = ModelSource.bundled();
        for (String file : List.of(
                models.bundled().model().name(), models.bundled().tokenizer().name())) {
            Files.write(directory.resolve(file), shipped.file(file));
        }
        String manifest = new String(shipped.manifest(), StandardCharsets.UTF_8)
                .replaceAll("\"maxTokens\": *[0-9]+", "\"maxTokens\": 8");
        Files.writeString(directory.resolve("manifest.json"), manifest);
        String key = directory.resolve("private").toString();
        ManifestSigner.main(
                new String[] {"keys", key, directory.resolve("public").toString()});
        ManifestSigner.main(new String[] {
            "sign",
            directory.resolve("manifest.json").toString(),
            key,
            directory.resolve("manifest.sig").toString()
        });
        return directory;
    }

    private Workspace open() {
        return Workspace.open(store, new WorkspaceOptions(StoreOptions.DEFAULT, true, Optional.of(models), 1));
    }

    private void index(Workspace workspace) {
        workspace.index(sources, IndexOptions.defaults(), IndexProgress.NONE);
    }

    @Test
    void change_whileTheOtherIsEmbedded_searchesUseTheOneThatIsWhole() {
        try (Workspace workspace = open()) {
            index(workspace);
            assertSearchesWith(workspace, bundled);

            workspace.useModel(other);
            assertSearchesWith(workspace, bundled);
            List<String> during = new ArrayList<>();
            long made = workspace.embed((phase, done, total) -> {
                if (phase == IndexProgress.Phase.EMBED) {
                    assertSearchesWith(workspace, bundled);
                    during.add(done + " of " + total);
                }
            });

            assertThat(made).isPositive();
            assertThat(during).isNotEmpty();
            assertSearchesWith(workspace, other);
            assertThat(workspace.graph().vectorsByModel()).containsOnlyKeys(bundled, other);
            assertThat(states(workspace)).containsEntry(other, true).containsEntry(bundled, false);
        }
        assertThat(StoreVerification.of(store).findings().violations()).isZero();
        try (Workspace workspace = open()) {
            assertSearchesWith(workspace, other);
        }
    }

    @Test
    void change_ended_goesOnWithTheOldOneAndIsTakenUpAgain() throws IOException {
        try (Workspace workspace = open()) {
            index(workspace);
            workspace.useModel(other);
            Cancelled ended = new Cancelled();
            assertThatThrownBy(() -> workspace.embed(ended)).isInstanceOf(CancellationException.class);
            assertThat(ended.couldRest).isTrue();
            assertSearchesWith(workspace, bundled);

            write(0, "return 77 * width;");
            index(workspace);

            assertSearchesWith(workspace, other);
        }
        assertThat(StoreVerification.of(store).findings().violations()).isZero();
    }

    @Test
    void changeBack_makesNoVectorsAndFindsAsBefore() {
        try (Workspace workspace = open()) {
            index(workspace);
            List<Double> before = cosines(workspace);
            workspace.useModel(other);
            workspace.embed(IndexProgress.NONE);
            assertThat(cosines(workspace)).isNotEqualTo(before);

            workspace.useModel(bundled);
            assertThat(workspace.embed(IndexProgress.NONE)).isZero();

            assertThat(cosines(workspace)).isEqualTo(before);
            assertSearchesWith(workspace, bundled);
            workspace.collectGarbage(new GarbageOptions(false, 0, Set.of(other), Retention.ALL), IndexProgress.NONE);
            assertThat(workspace.graph().vectorsByModel()).containsOnlyKeys(bundled);
            assertSearchesWith(workspace, bundled);
        }
        assertThat(StoreVerification.of(store).findings().violations()).isZero();
    }

    @Test
    void search_modelOfTheVectorsIsGone_answersWithoutThem() {
        try (Workspace workspace = open()) {
            workspace.useModel(other);
            index(workspace);
        }
        models = InstalledModels.at(folder.resolve("nothing"));
        try (Workspace workspace = open()) {
            SearchResult result = search(workspace);

            assertThat(result.hits()).isNotEmpty();
            assertThat(result.legs())
                    .filteredOn(leg -> leg.leg() == Leg.VECTOR)
                    .allSatisfy(leg -> assertThat(leg.ran()).isFalse());
            assertThatThrownBy(() -> workspace.embed(IndexProgress.NONE))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining(other)
                    .hasMessageContaining("quarry model add");
            assertThatThrownBy(() -> workspace.useModel("none@1")).isInstanceOf(QuarryException.class);
        }
    }

    /** Ends a run before its first text is embedded, where the run might also have been paused. */
    private static final class Cancelled implements IndexProgress {
        private boolean couldRest;

        @Override
        public void rest() {
            couldRest = true;
        }

        @Override
        public void progress(Phase phase, long done, long total) {}

        @Override
        public boolean cancelled() {
            return true;
        }
    }

    private static Map<String, Boolean> states(Workspace workspace) {
        Map<String, Boolean> states = new java.util.TreeMap<>();
        for (ModelState state : workspace.models()) {
            assertThat(state.installed()).isTrue();
            states.put(state.id(), state.served() && state.wanted());
        }
        return states;
    }

    private static SearchResult search(Workspace workspace) {
        return workspace.retriever().search(SearchRequest.of(QUESTION, 50, SearchFilter.all()));
    }

    private static List<Double> cosines(Workspace workspace) {
        return search(workspace).hits().stream()
                .filter(hit -> hit.legs().containsKey(Leg.VECTOR))
                .map(ModelChangeTest::cosine)
                .toList();
    }

    /** Question and vectors are of this model: their cosines are those of the vectors that the store has of it. */
    private void assertSearchesWith(Workspace workspace, String model) {
        List<SearchResult.Hit> hits = search(workspace).hits().stream()
                .filter(hit -> hit.legs().containsKey(Leg.VECTOR))
                .toList();
        assertThat(hits).isNotEmpty();
        assertThat(workspace.loadedModel()).contains(model);
        try (EmbeddingModel same = models.open(model, new EmbedOptions(1)).orElseThrow()) {
            float[] question = same.embedQuery(QUESTION);
            for (SearchResult.Hit hit : hits) {
                NodeId id = hit.node().node().id();
                ContentHash text = workspace
                        .graph()
                        .nodeTexts(List.of(id))
                        .values()
                        .iterator()
                        .next();
                float[] vector = workspace
                        .graph()
                        .vectors(model, List.of(text))
                        .values()
                        .iterator()
                        .next();
                assertThat(cosine(hit)).isCloseTo(dot(question, vector), within(1e-4));
            }
        }
    }

    private static double cosine(SearchResult.Hit hit) {
        return Objects.requireNonNull(hit.legs().get(Leg.VECTOR)).score();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
