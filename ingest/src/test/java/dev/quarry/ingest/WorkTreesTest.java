package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which work trees git's files tell of. */
class WorkTreesTest {
    @TempDir
    private Path folder;

    private Path main() throws IOException {
        Path main = folder.toRealPath().resolve("main");
        Files.createDirectories(main.resolve(".git"));
        return main;
    }

    private Path linked(Path main, String name, boolean isRelative) throws IOException {
        Path top = Files.createDirectories(main.resolveSibling(name));
        Path own = Files.createDirectories(main.resolve(".git/worktrees").resolve(name));
        Path link = top.resolve(".git");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Files.writeString(own.resolve("gitdir"), (isRelative ? own.relativize(link) : link) + "\n");
        Files.writeString(link, "gitdir: " + (isRelative ? top.relativize(own) : own) + "\n");
        return top;
    }

    @Test
    void counterparts_severalWorkTrees_areTheOthers() throws IOException {
        Path main = main();
        Path one = linked(main, "one", false);
        Path two = linked(main, "two", true);

        assertThat(WorkTrees.counterparts(main)).containsExactly(one, two);
        assertThat(WorkTrees.counterparts(one)).containsExactly(main, two);
        assertThat(WorkTrees.counterparts(two)).containsExactly(main, one);
    }

    @Test
    void counterparts_folderInside_isTheSameFolderWhereItIs() throws IOException {
        Path main = main();
        linked(main, "one", false);
        Path two = linked(main, "two", false);
        Path inside = Files.createDirectories(main.resolve("a/b"));
        Files.createDirectories(two.resolve("a/b"));

        assertThat(WorkTrees.counterparts(inside)).containsExactly(two.resolve("a/b"));
    }

    @Test
    void counterparts_workTreeGoneOrOfAnotherRepository_isLeftOut() throws IOException {
        Path main = main();
        Path one = linked(main, "one", false);
        Path gone = linked(main, "gone", false);
        Files.delete(gone.resolve(".git"));
        Path taken = linked(main, "taken", false);
        Files.delete(taken.resolve(".git"));
        Files.createDirectory(taken.resolve(".git"));

        assertThat(WorkTrees.counterparts(one)).containsExactly(main);
    }

    @Test
    void counterparts_outsideOfGitOrAlone_areNone() throws IOException {
        assertThat(WorkTrees.counterparts(folder)).isEmpty();
        assertThat(WorkTrees.counterparts(main())).isEmpty();
        assertThat(WorkTrees.counterparts(folder.resolve("missing"))).isEmpty();
    }
}
