package dev.quarry.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The lines of a file of Lombok's configuration, with those of the files and archives that it imports in their places. What
 * lies outside of the repository, cannot be read, or was imported already has none.
 */
final class LombokConfigFile {
    private static final int SIZE_MAX = 64 << 10;
    private static final int IMPORTS_MAX = 100;
    private static final String IMPORT = "import ";

    private final Path root;
    private final Set<String> seen = new HashSet<>();

    private LombokConfigFile(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The lines of this file below the repository's root. */
    static List<String> lines(Path root, Path file) {
        List<String> lines = new ArrayList<>();
        new LombokConfigFile(root).add(file, "", lines);
        return lines;
    }

    private void add(Path given, String entry, List<String> lines) {
        Path file = given.toAbsolutePath().normalize();
        if (!file.startsWith(root) || seen.size() >= IMPORTS_MAX || !seen.add(file + "!" + entry)) {
            return;
        }
        for (String line : read(file, entry).lines().map(String::strip).toList()) {
            if (line.startsWith(IMPORT)) {
                imported(file, entry, line.substring(IMPORT.length()).strip(), lines);
            } else {
                lines.add(line);
            }
        }
    }

    private void imported(Path from, String entry, String name, List<String> lines) {
        try {
            int bang = name.indexOf('!');
            if (!entry.isEmpty() && bang < 0) {
                Path inside = Path.of("/" + entry).resolveSibling(name).normalize();
                add(from, inside.toString().replace('\\', '/').substring(1), lines);
            } else {
                String archive = bang < 0 ? name : name.substring(0, bang);
                boolean packed = archive.endsWith(".jar") || archive.endsWith(".zip");
                String inner = bang < 0 ? "lombok.config" : name.substring(bang + 1);
                add(from.resolveSibling(archive), packed ? inner : "", lines);
            }
        } catch (InvalidPathException _) {
            // such a name names no file
        }
    }

    private static String read(Path file, String entry) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return "";
            }
            if (entry.isEmpty()) {
                return Files.size(file) > SIZE_MAX ? "" : SourceEncoding.lenient(Files.readAllBytes(file));
            }
            try (ZipFile archive = new ZipFile(file.toFile())) {
                ZipEntry found = archive.getEntry(entry);
                if (found == null) {
                    return "";
                }
                try (InputStream bytes = archive.getInputStream(found)) {
                    return new String(bytes.readNBytes(SIZE_MAX), StandardCharsets.UTF_8);
                }
            }
        } catch (IOException _) {
            return "";
        }
    }
}
