package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The folder of development sets: gzipped lines of JSON, named by set and part. */
final class EvalFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    EvalFiles(Path folder) {
        this.folder = folder;
    }

    /** The sets that have this part, such as {@code -queries.jsonl.gz}, and begin so, in the order of their names. */
    List<String> sets(String prefix, String part) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(part))
                    .map(name -> name.substring(0, name.length() - part.length()))
                    .sorted()
                    .toList();
        }
    }

    List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = reader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    JsonNode tree(String file) throws IOException {
        try (BufferedReader reader = reader(file)) {
            return JSON.readTree(reader);
        }
    }

    private BufferedReader reader(String file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(file))), StandardCharsets.UTF_8));
    }

    /** The question on a line, with what answers it. */
    static EvalQuery query(JsonNode line) {
        Set<String> gold = new HashSet<>();
        if (line.path("gold").isArray()) {
            line.path("gold").forEach(each -> gold.add(each.asText()));
        } else {
            gold.add(line.path("gold").asText());
        }
        return new EvalQuery(line.path("id").asText(), line.path("query").asText(), gold);
    }
}
