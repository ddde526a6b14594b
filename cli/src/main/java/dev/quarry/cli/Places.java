package dev.quarry.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files and lines in the form that terminals and editors open: {@code path:line}, relative to the working directory.
 *
 * @param root the repository's root; empty if it is not known, and paths then are relative to it as they are
 */
record Places(Optional<Path> root, Terminal terminal) {
    /** The place, unstyled; empty if there is no file. */
    String plain(String file, int line) {
        if (file.isEmpty()) {
            return "";
        }
        String path = root.map(at -> terminal.shown(at.resolve(file))).orElse(file);
        return line > 0 ? path + ":" + line : path;
    }
}
