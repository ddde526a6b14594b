package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.IndexProgress.Phase;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that follows the files has their analysis in memory when it is over, though nothing had to be analysed. */
class RememberedAnalysisTest {
    private static final IndexOptions FOLLOWING =
            IndexOptions.defaults().withEmbed(false).withKept(true).withTrusting(true);

    @TempDir
    private Path folder;

    @Test
    void index_nothingChangedSinceTheStoreWasClosed_analysesOnceForTheEditsToCome() throws IOException {
        Path sources =
                Place.small(Files.createDirectory(folder.resolve("place"))).sources();
        Path store = folder.resolve("store");
        Indexing.index(sources, store);
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            long sequence = workspace.graph().sequence();

            assertThat(phases(sources, workspace)).contains(Phase.REMEMBER).doesNotContain(Phase.INDEX);
            assertThat(phases(sources, workspace)).doesNotContain(Phase.REMEMBER, Phase.INDEX);
            assertThat(workspace.graph().sequence()).isEqualTo(sequence);

            Path file = sources.resolve("Shape1.java");
            Files.writeString(file, Files.readString(file).replace("width * width", "twice(null)"));
            IndexReport report = workspace.index(sources, FOLLOWING, IndexProgress.NONE);
            Path fresh = folder.resolve("fresh");
            Indexing.index(sources, fresh);

            assertThat(report.filesChanged()).isEqualTo(1);
            assertThat(StoreDump.of(workspace.graph())).containsExactlyElementsOf(StoreDump.of(fresh));
        }
    }

    private static Set<Phase> phases(Path sources, Workspace workspace) {
        Set<Phase> heard = new ConcurrentSkipListSet<>();
        workspace.index(sources, FOLLOWING, (phase, done, total) -> heard.add(phase));
        return heard;
    }
}
