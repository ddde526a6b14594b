package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code lombok.config} files of a directory and of those above it say, up to the repository's root.
 *
 * @param values by key in lower case; lists have their items joined by commas
 */
record LombokConfig(Map<String, String> values) {
    static final LombokConfig NONE = new LombokConfig(Map.of());

    String get(String key, String fallback) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), fallback);
    }

    boolean isTrue(String key) {
        return get(key, "").equalsIgnoreCase("true");
    }

    List<String> list(String key) {
        return Stream.of(get(key, "").split(","))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** A hash of the configurations of all directories with Java files. */
    static String fingerprint(RepositoryScan scan) {
        Folders folders = new Folders(scan.root());
        scan.files().forEach(file -> folders.of(file.path()));
        StringBuilder all = new StringBuilder();
        new TreeMap<>(folders.byFolder).forEach((folder, config) -> {
            if (!config.values.isEmpty()) {
                all.append(folder)
                        .append('\n')
                        .append(new TreeMap<>(config.values))
                        .append('\n');
            }
        });
        return all.isEmpty() ? "-" : ContentHash.ofText(all.toString()).toString();
    }

    /** The configurations of a repository's directories, each read once. For one thread. */
    static final class Folders {
        private final @Nullable Path root;
        private final Map<String, LombokConfig> byFolder = new HashMap<>();

        /** Without a root no configuration is found. */
        Folders(@Nullable Path root) {
            this.root = root;
        }

        /** What holds for a file, by its path below the root with slashes. */
        LombokConfig of(String path) {
            return root == null ? NONE : folder(root, parent(path));
        }

        private LombokConfig folder(Path top, String folder) {
            LombokConfig known = byFolder.get(folder);
            if (known == null) {
                known = read(top, folder);
                byFolder.put(folder, known);
            }
            return known;
        }

        private LombokConfig read(Path top, String folder) {
            List<String> lines = LombokConfigFile.lines(top, top.resolve(folder).resolve("lombok.config"));
            boolean stop = lines.stream()
                    .map(line -> line.replace(" ", "").toLowerCase(Locale.ROOT))
                    .anyMatch(line -> line.equals("config.stopbubbling=true"));
            LombokConfig above = folder.isEmpty() || stop ? NONE : folder(top, parent(folder));
            if (lines.isEmpty()) {
                return above;
            }
            Map<String, String> values = new TreeMap<>(above.values);
            lines.forEach(line -> apply(line.strip(), values));
            return new LombokConfig(Map.copyOf(values));
        }

        private static String parent(String path) {
            int slash = path.lastIndexOf('/');
            return slash < 0 ? "" : path.substring(0, slash);
        }

        private static void apply(String line, Map<String, String> values) {
            if (line.startsWith("#")) {
                return;
            }
            if (line.startsWith("clear ")) {
                values.remove(line.substring("clear ".length()).strip().toLowerCase(Locale.ROOT));
                return;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                return;
            }
            char operator = line.charAt(equals - 1);
            boolean list = operator == '+' || operator == '-';
            String key = line.substring(0, list ? equals - 1 : equals).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(equals + 1).strip();
            if (list) {
                List<String> items =
                        new ArrayList<>(List.of(values.getOrDefault(key, "").split(",")));
                items.removeIf(item -> item.isEmpty() || item.equals(value));
                if (operator == '+') {
                    items.add(value);
                }
                values.put(key, String.join(",", items));
            } else {
                values.put(key, value);
            }
        }
    }
}
