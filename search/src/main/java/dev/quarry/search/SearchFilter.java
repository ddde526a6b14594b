package dev.quarry.search;

import dev.quarry.schema.NodeKind;
import java.util.Set;

/**
 * Which nodes a search may find; all conditions must hold.
 *
 * @param kinds any of these; empty for all
 * @param path the file, or a folder around it, with {@code /}; empty for all
 * @param packageName the package or one above it; empty for all
 * @param tests whether declarations of tests are wanted too
 * @param flags bits of {@link dev.quarry.schema.Flags} that must all be set
 */
public record SearchFilter(Set<NodeKind> kinds, String path, String packageName, boolean tests, int flags) {
    private static final SearchFilter ALL = new SearchFilter(Set.of(), "", "", true, 0);

    /** Copies the set, and drops the slash at the end of the path. */
    public SearchFilter {
        kinds = Set.copyOf(kinds);
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Lets every node pass. */
    public static SearchFilter all() {
        return ALL;
    }

    /** The same for these kinds only. */
    public SearchFilter withKinds(Set<NodeKind> wanted) {
        return new SearchFilter(wanted, path, packageName, tests, flags);
    }

    /** The same for this file or folder only. */
    public SearchFilter withPath(String wanted) {
        return new SearchFilter(kinds, wanted, packageName, tests, flags);
    }

    /** The same for this package, and those below it, only. */
    public SearchFilter withPackage(String wanted) {
        return new SearchFilter(kinds, path, wanted, tests, flags);
    }

    /** The same with or without tests. */
    public SearchFilter withTests(boolean wanted) {
        return new SearchFilter(kinds, path, packageName, wanted, flags);
    }

    /** The same for nodes with these flags only. */
    public SearchFilter withFlags(int wanted) {
        return new SearchFilter(kinds, path, packageName, tests, wanted);
    }
}
