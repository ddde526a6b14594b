package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.rag.Leg;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult;
import dev.quarry.search.SearchFilter;
import dev.quarry.server.Freshness;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is found by meaning as soon as it is indexed, and by the model's vectors when these are made. */
class InstantTierTest {
    private static final IndexOptions INSTANT = IndexOptions.defaults().withInstantOnly();

    @TempDir
    private Path folder;

    private Path sources;

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        write("Texts", "shorten", "Cuts a string that is too long, and ends it with dots.");
        write("Clocks", "pause", "Lets the calling thread sleep for a while.");
    }

    private void write(String type, String method, String doc) throws IOException {
        Files.writeString(sources.resolve(type + ".java"), """
                public class %s {
                    /** %s */
                    public void %s() {}
                }
                """.formatted(type, doc, method));
    }

    private Workspace open() {
        return Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting());
    }

    private void index(Workspace workspace, IndexOptions options) {
        workspace.index(sources, options, IndexProgress.NONE);
    }

    private static SearchResult search(Workspace workspace, String question) {
        return workspace.retriever().search(new SearchRequest(question, 5, SearchFilter.all(), Set.of(Leg.VECTOR)));
    }

    private static String best(Workspace workspace, String question) {
        return search(workspace, question).hits().getFirst().node().node().name();
    }

    @Test
    void index_instantOnly_findsByMeaningAndIsRefinedLater() throws IOException {
        try (Workspace workspace = open()) {
            index(workspace, INSTANT);
            Freshness before = workspace.freshness();
            assertThat(before.embedded()).isZero();
            assertThat(before.instant()).isPositive().isEqualTo(before.embeddable());
            assertThat(best(workspace, "truncate a long text")).isEqualTo("shorten");

            List<String> during = new ArrayList<>();
            workspace.embed((phase, done, total) -> during.add(best(workspace, "wait some time")));

            assertThat(during).isNotEmpty().containsOnly("pause");
            Freshness after = workspace.freshness();
            assertThat(after.embedded()).isEqualTo(after.embeddable()).isEqualTo(after.instant());

            write("Sums", "add", "Adds up numbers.");
            index(workspace, INSTANT);
            assertThat(best(workspace, "sum of integers")).isEqualTo("add");
            assertThat(workspace.freshness().embedded())
                    .isLessThan(workspace.freshness().instant());
            assertThat(search(workspace, "sum of integers").legs().get(1).note())
                    .contains("instant tier");
        }
    }

    @Test
    void index_withoutVectors_hasNoneUntilTheyAreWanted() {
        try (Workspace workspace = open()) {
            index(workspace, IndexOptions.defaults().withEmbed(false));
            assertThat(workspace.freshness().instant()).isZero();
            assertThat(search(workspace, "truncate a long text").legs().get(1).ran())
                    .isFalse();

            index(workspace, INSTANT);
            assertThat(best(workspace, "truncate a long text")).isEqualTo("shorten");

            index(workspace, IndexOptions.defaults().withEmbed(false));
            assertThat(best(workspace, "truncate a long text")).isEqualTo("shorten");
        }
    }

    @Test
    void open_servingIndexIsGone_isMadeAnewWithTheTier() throws IOException {
        try (Workspace workspace = open()) {
            index(workspace, INSTANT);
        }
        StagedDirectory.delete(folder.resolve("store/search"));
        try (Workspace workspace = open()) {
            index(workspace, INSTANT);
            assertThat(best(workspace, "truncate a long text")).isEqualTo("shorten");
        }
    }
}
