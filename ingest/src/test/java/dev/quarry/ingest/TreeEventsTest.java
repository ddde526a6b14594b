package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system tells of real folders. */
class TreeEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static void awaitBatch(TreeEvents events, Predicate<TreeEvents.Batch> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            if (wanted.test(events.await(Duration.ofSeconds(1)))) {
                return;
            }
        }
        throw new AssertionError("nothing was told");
    }

    private static void awaitFiles(TreeEvents events, Path... files) throws InterruptedException {
        Set<Path> told = new HashSet<>();
        awaitBatch(events, batch -> {
            told.addAll(batch.files());
            return told.containsAll(Set.of(files));
        });
    }

    @Test
    void await_fileMadeChangedRemoved_tellsItEachTime() throws Exception {
        Path file = folder.resolve("A.java");
        try (TreeEvents events = TreeEvents.open(Optional.empty())) {
            assertThat(events.follow(Set.of(folder))).isTrue();
            assertThat(events.follow(Set.of(folder))).as("again").isFalse();
            Files.writeString(file, "class A {}");
            awaitFiles(events, file);
            Files.writeString(file, "class A { int a; }");
            awaitFiles(events, file);
            Files.delete(file);
            awaitFiles(events, file);
            assertThat(events.polls()).isFalse();
            assertThat(events.warning()).isEmpty();
        }
    }

    @Test
    void follow_folderRenamedAndItsOldNameTakenAgain_tellsOfBoth() throws Exception {
        Path a = Files.createDirectory(folder.resolve("a"));
        Path b = folder.resolve("b");
        try (TreeEvents events = TreeEvents.open(Optional.empty())) {
            events.follow(Set.of(folder, a));
            Files.move(a, b);
            Files.createDirectory(a);
            awaitBatch(events, TreeEvents.Batch::structure);
            assertThat(events.follow(Set.of(folder, a, b))).isTrue();

            Files.writeString(a.resolve("A.java"), "class A {}");
            Files.writeString(b.resolve("B.java"), "class B {}");

            awaitFiles(events, a.resolve("A.java"), b.resolve("B.java"));
        }
    }

    @Test
    void follow_moreFoldersThanAllowed_pollsAndSaysWhatHelps() throws Exception {
        Path a = Files.createDirectory(folder.resolve("a"));
        try (TreeEvents events = NotifiedEvents.open(1)) {
            events.follow(Set.of(folder, a));
            assertThat(events.polls()).isTrue();
            assertThat(events.warning())
                    .hasValueSatisfying(
                            text -> assertThat(text).contains("2 folders").contains("fs.inotify.max_user_watches"));
            awaitBatch(events, TreeEvents.Batch::structure);
        }
    }

    @Test
    void await_polled_hasTheTreeLookedAt() throws Exception {
        try (TreeEvents events = TreeEvents.open(Optional.of(Duration.ofMillis(5)))) {
            assertThat(events.follow(Set.of(folder))).isFalse();
            awaitBatch(events, TreeEvents.Batch::structure);
        }
    }

    @Test
    void changedSince_editsOfWhatIsReadAndWhatIsNot_namesWhatIsRead() throws IOException {
        Files.writeString(folder.resolve(".gitignore"), "ignored/\n");
        Path ignored = Files.createDirectory(folder.resolve("ignored"));
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Path gone = Files.writeString(kept.resolve("Gone.java"), "class Gone {}");
        Path changed = Files.writeString(kept.resolve("Changed.java"), "class Changed {}");
        Files.writeString(kept.resolve("Same.java"), "class Same {}");
        TreeState before = TreeState.of(folder);
        assertThat(before.folders()).contains(before.root().resolve("kept")).doesNotContain(ignored);

        Files.delete(gone);
        Files.writeString(changed, "class Changed { int more; }");
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(ignored.resolve("Unseen.java"), "class Unseen {}");
        Files.writeString(kept.resolve("notes.txt"), "nothing");
        TreeState after = TreeState.of(folder);

        assertThat(after.changedSince(before)).containsExactly("kept/Changed.java", "kept/Gone.java", "pom.xml");
        assertThat(before.refreshed(Set.of("kept/Changed.java", "kept/Gone.java"))
                        .changedSince(after))
                .containsExactly("pom.xml");
    }

    @Test
    void changedSince_editsThatLeaveSizeAndTime_areSeen() throws IOException {
        Path file = Files.writeString(folder.resolve("A.java"), "class A { int a0000; }");
        FileTime time = Files.getLastModifiedTime(file);
        TreeState before = TreeState.of(folder);
        for (int i = 1; i < 200; i++) {
            Files.writeString(file, "class A { int a%04d; }".formatted(i));
            Files.setLastModifiedTime(file, time);
            TreeState now = TreeState.of(folder);
            assertThat(now.changedSince(before)).as("edit " + i).containsExactly("A.java");
            before = now;
        }
        assertThat(TreeState.of(folder).changedSince(before)).isEmpty();
    }
}
