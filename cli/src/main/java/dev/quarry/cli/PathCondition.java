package dev.quarry.cli;

import java.nio.file.Path;
import java.util.Optional;

/** What the user means by the path of a condition: from the working directory, or from the repository's root. */
final class PathCondition {
    private PathCondition() {}

    /** The path as the index may have it; what cannot be told from here is left for the index to refuse, as it is. */
    static String of(String path, Source source) {
        if (path.isEmpty()) {
            return path;
        }
        Path meant = source.places().meant(path);
        Optional<String> below = source.places().root().flatMap(root -> below(root, meant));
        return below.filter(found -> found.equals(path) || isIndexed(found, source))
                .orElse(path);
    }

    /** Below the root; {@code .} is the root itself, which also a folder around it means. */
    private static Optional<String> below(Path root, Path path) {
        if (root.startsWith(path)) {
            return Optional.of(".");
        }
        return path.startsWith(root) ? Optional.of(root.relativize(path).toString()) : Optional.empty();
    }

    private static boolean isIndexed(String path, Source source) {
        String file = Json.write(path);
        String below = Json.write(path + "/");
        return path.equals(".")
                || !source.query(
                                "?[path] := *file{path}, (path == " + file + " || starts_with(path, " + below
                                        + ")) :limit 1",
                                1)
                        .rows()
                        .isEmpty();
    }
}
