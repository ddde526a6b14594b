package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.server.IndexReport;
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
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path sources = sources();
        Path store = folder.resolve("followed");
        Indexing.index(sources, store);
        SourceEditor editor = new SourceEditor(sources, random);
        List<String> done = new ArrayList<>();
        SourceEditor.Edit[] edits = SourceEditor.Edit.values();
        for (int i = 0; i < EDITS; i++) {
            // Each kind of edit in turn, then at random.
            SourceEditor.Edit edit = i < edits.length ? edits[i] : edits[random.nextInt(edits.length)];
            done.add(editor.edit(edit));
            IndexReport followed = Indexing.index(sources, store);
            Path fresh = folder.resolve("fresh" + i);
            Indexing.index(sources, fresh);

            String what = "-Dquarry.seed=" + seed + " after " + done;
            assertThat(StoreDump.of(store)).as(what).isEqualTo(StoreDump.of(fresh));
            assertThat(TextDump.of(store, WORDS)).as(what).isEqualTo(TextDump.of(fresh, WORDS));
            assertThat(followed.filesChanged()).as(what).isLessThan(PACKAGES.size() * 10);
        }
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
