package dev.quarry.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * Which files git would ignore: the rules of a folder and, behind them, those of the folders above it. The rules nearest
 * to a file are asked first; the first that has an opinion decides.
 */
final class IgnoreRules {
    private static final String FILE_NAME = ".gitignore";

    private final @Nullable IgnoreRules above;
    private final IgnoreNode node;
    private final Path folder;

    private IgnoreRules(@Nullable IgnoreRules above, IgnoreNode node, Path folder) {
        this.above = above;
        this.node = node;
        this.folder = folder;
    }

    /**
     * The rules that hold in this folder: its own, and those of the git work tree that it lies in. Where that work tree
     * ignores the folder itself, only its own rules hold, because somebody asked for this folder.
     */
    static IgnoreRules forRoot(Path root) {
        Path top = GitFolder.topOf(root);
        if (top == null) {
            return new IgnoreRules(null, new IgnoreNode(), root).below(root);
        }
        IgnoreRules rules = new IgnoreRules(null, read(exclude(top)), top).below(top);
        Path at = top;
        for (Path name : top.relativize(root)) {
            if (name.toString().isEmpty()) {
                break;
            }
            at = at.resolve(name);
            if (rules.ignores(at, true)) {
                return new IgnoreRules(null, new IgnoreNode(), root).below(root);
            }
            rules = rules.below(at);
        }
        return rules;
    }

    /** Rules that ignore nothing. */
    static IgnoreRules none(Path folder) {
        return new IgnoreRules(null, new IgnoreNode(), folder);
    }

    /** These rules and those of a folder below. */
    IgnoreRules below(Path child) {
        Path file = child.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return this;
        }
        IgnoreNode own = read(file);
        return own.getRules().isEmpty() ? this : new IgnoreRules(this, own, child);
    }

    /** Whether a file or folder is ignored, given that no folder above it is. */
    boolean ignores(Path entry, boolean isFolder) {
        for (@Nullable IgnoreRules rules = this; rules != null; rules = rules.above) {
            if (!rules.node.getRules().isEmpty()) {
                Boolean answer = rules.node.checkIgnored(slashed(rules.folder.relativize(entry)), isFolder);
                if (answer != null) {
                    return answer;
                }
            }
        }
        return false;
    }

    /** The exclude file of a work tree; null where there is none. Linked work trees share their repository's. */
    private static @Nullable Path exclude(Path top) {
        return GitFolder.of(top)
                .map(git -> git.common().resolve("info").resolve("exclude"))
                .orElse(null);
    }

    /** A relative path with {@code /} on every system. */
    static String slashed(Path relative) {
        return PathText.slashed(relative);
    }

    private static IgnoreNode read(@Nullable Path file) {
        IgnoreNode node = new IgnoreNode();
        if (file != null && Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                node.parse(file.toString(), in);
            } catch (IOException _) {
                return new IgnoreNode();
            }
        }
        return node;
    }
}
