package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.schema.ContentHash;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Duplicates in a small repository: told alike with and without a server, gone with their file, embedded once. */
class ClonesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUM = """
            int sum(int[] values, int limit) {
                int total = 0;
                for (int i = 0; i < values.length; i++) {
                    if (values[i] > limit) {
                        throw new IllegalArgumentException("beyond the limit: " + values[i]);
                    }
                    total += values[i] * 2 - 1;
                }
                return total;
            }
            """;

    @TempDir
    private Path folder;

    private Path sources;
    private Path store;

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectory(folder.resolve("repository"));
        store = folder.resolve("store");
        write("Original", SUM + "int getValue() { return 1; }");
        write("Exact", "// a copy\n" + SUM.replace("    ", "\t") + "int getValue() { return 1; }");
        write("Renamed", SUM.replace("total", "result").replace("sum", "add").replace("limit", "most"));
        write("Near", SUM.replace("return total;", "System.out.println(total); return total;"));
    }

    private void write(String type, String members) throws IOException {
        Files.writeString(sources.resolve(type + ".java"), "package p;\n\nclass " + type + " {\n" + members + "\n}\n");
    }

    @Test
    void clones_ofASymbol_sayHowAlikeTheyAre() throws IOException {
        Indexing.index(sources, store);
        assertThat(alike(local("clones", "Original.sum")))
                .containsExactlyInAnyOrder("p.Exact#sum exact", "p.Renamed#add renamed", "p.Near#sum near");
        assertThat(alike(local("clones", "Original.getValue"))).isEmpty();
    }

    @Test
    void clones_groups_areTheSameWithAndWithoutAServer() throws IOException {
        Indexing.index(sources, store);
        JsonNode exact = local("clones", "--kind", "exact");
        assertThat(exact.get("groups")).hasSize(1);
        JsonNode group = exact.get("groups").get(0);
        assertThat(group.get("saving").asInt()).isGreaterThan(5);
        assertThat(group.get("count").asInt()).isEqualTo(2);
        assertThat(exact.get("coverage").get("files").get("INDEXED").asInt()).isEqualTo(4);
        assertThat(exact.get("freshness").get("sequence").asLong()).isPositive();

        JsonNode all = local("clones");
        JsonNode symbol = local("clones", "Original.sum");
        assertThat(local("clones", "--min-lines", "40").get("groups")).isEmpty();
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting());
                QuarryServer server = QuarryServer.start(ServerConfig.defaults().withPort(0), workspace);
                HttpQuarry http = HttpQuarry.of(server, store)) {
            assertThat(http.get("/v1/clones?limit=20").json().get("groups")).isEqualTo(all.get("groups"));
            JsonNode remote =
                    http.get(HttpQuarry.symbol("Original.sum") + "/clones").json();
            assertThat(remote.get("clones")).isEqualTo(symbol.get("clones"));

            Files.delete(sources.resolve("Exact.java"));
            Indexing.index(sources, workspace);
            assertThat(alike(http.get(HttpQuarry.symbol("Original.sum") + "/clones")
                            .json()))
                    .containsExactlyInAnyOrder("p.Renamed#add renamed", "p.Near#sum near");
            assertThat(http.get("/v1/clones?kind=exact").json().get("groups")).isEmpty();
        }
    }

    @Test
    void index_withVectors_embedsEachTextOnce() throws IOException {
        // The text for a vector names the type that declares a method: copies in equally named types have equal texts.
        for (String copy : List.of("a", "b", "c")) {
            Path at = Files.createDirectory(sources.resolve(copy));
            Files.writeString(at.resolve("Sums.java"), "package " + copy + ";\n\nclass Sums {\n" + SUM + "\n}\n");
        }
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            long made = workspace
                    .index(sources, IndexOptions.defaults(), IndexProgress.NONE)
                    .vectorsWritten();
            List<ContentHash> texts = new ArrayList<>();
            workspace.graph().forEachNodeText((_, text) -> texts.add(text));
            assertThat(texts.size() - Set.copyOf(texts).size())
                    .as("nodes that share a text")
                    .isEqualTo(2);
            assertThat(made).isEqualTo(Set.copyOf(texts).size());
            assertThat(workspace.graph().status().vectors()).isEqualTo(made);
        }
    }

    private JsonNode local(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--json", "--store", store.toString()));
        Quarry.Result result = Quarry.run(folder, all.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }

    private static Set<String> alike(JsonNode answer) {
        Set<String> names = new TreeSet<>();
        StreamSupport.stream(answer.get("clones").spliterator(), false)
                .forEach(clone -> names.add(clone.get("symbol").asText().replaceFirst("\\(.*", "") + " "
                        + clone.get("alike").asText()));
        return names;
    }
}
