package dev.quarry.ingest;

import java.util.List;

/** Which names git allows for a reference: those that cannot mean anything else, and no file but one of references. */
final class GitReferenceName {
    private static final String FORBIDDEN = " ~^:?*[\\";
    private static final List<String> FORBIDDEN_PARTS = List.of("..", "@{", "//", "/.", ".lock/");
    private static final List<String> FORBIDDEN_ENDS = List.of("/", ".", ".lock");
    private static final char DELETE = 0x7F;

    private GitReferenceName() {}

    /** Whether git allows this whole name, as {@code refs/heads/main}. */
    static boolean isAllowed(String name) {
        return name.startsWith("refs/")
                && name.chars().noneMatch(c -> c < ' ' || c == DELETE || FORBIDDEN.indexOf(c) >= 0)
                && FORBIDDEN_PARTS.stream().noneMatch(name::contains)
                && FORBIDDEN_ENDS.stream().noneMatch(name::endsWith);
    }
}
