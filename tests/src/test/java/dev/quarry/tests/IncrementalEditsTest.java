package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Findings;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that follows edits equals a store made anew. */
class IncrementalEditsTest {
    private static final int EDITS = 12;
    private static final List<String> PACKAGES = List.of("tuple", "mutable", "builder", "event");
    private static final List<String> WORDS =
            List.of("append", "value", "left", "hash code", "compareTo", "renamed", "use", "MutableInt", "the number");

    @TempDir
    private Path folder;

    @Test
    void index_afterEachOfRandomEdits_equalsACleanIndex() throws IOException {
        long seed = Long.getLong("quarry.seed", 1);
        Path sources = sources();
        Path store = folder.resolve("followed");
        try (Workspace kept = Workspace.open(folder.resolve("kept"), WorkspaceOptions.forWriting())) {
            Indexing.index(sources, store);
            Indexing.follow(sources, kept);
            follow(sources, store, kept, seed);
        }
    }

    /** Edits, and compares a store that is analysed whole each time and one that is analysed by parts with a clean one. */
    private void follow(Path sources, Path store, Workspace kept, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SourceEditor editor = new SourceEditor(sources, random);
        List<String> done = new ArrayList<>();
        SourceEditor.Edit[] edits = SourceEditor.Edit.values();
        for (int i = 0; i < EDITS; i++) {
            // Each kind of edit in turn, then at random.
            SourceEditor.Edit edit = i < edits.length ? edits[i] : edits[random.nextInt(edits.length)];
            done.add(editor.edit(edit));
            IndexReport followed = Indexing.index(sources, store);
            Indexing.follow(sources, kept);
            Path fresh = folder.resolve("fresh" + i);
            Indexing.index(sources, fresh);

            String what = "-Dquarry.seed=" + seed + " after " + done;
            assertThat(StoreDump.of(store)).as(what).isEqualTo(StoreDump.of(fresh));
            assertThat(TextDump.of(store, WORDS)).as(what).isEqualTo(TextDump.of(fresh, WORDS));
            assertThat(StoreDump.of(kept.graph())).as(what).containsExactlyElementsOf(StoreDump.of(fresh));
            assertThat(TextDump.of(kept, WORDS)).as(what).isEqualTo(TextDump.of(fresh, WORDS));
            assertSound(kept, what);
            assertThat(followed.filesChanged()).as(what).isLessThan(PACKAGES.size() * 10);
        }
    }

    /** The digests of what was written by parts are those of what is stored. */
    private static void assertSound(Workspace workspace, String what) {
        Findings findings = new Findings();
        workspace.graph().check(true, findings);
        findings.tallies()
                .forEach((subject, tally) ->
                        assertThat(tally.kept()).as(subject + ", " + what).isEmpty());
    }

    private Path sources() throws IOException {
        Path all = Corpus.COMMONS_LANG.unpackSources(folder.resolve("lang"));
        Path sources = Files.createDirectory(folder.resolve("repository"));
        for (String name : PACKAGES) {
            Files.move(all.resolve("org/apache/commons/lang3").resolve(name), sources.resolve(name));
        }
        return sources;
    }
}
