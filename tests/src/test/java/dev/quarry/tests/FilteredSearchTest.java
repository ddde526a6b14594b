package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each condition of a search, from the command line and over HTTP. */
class FilteredSearchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POM = "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId>"
            + "<artifactId>%s</artifactId><version>1</version></project>";
    private static final String SHOP = """
            package shop;
            public class Orders {
                @Deprecated
                public void cancelOrder() {}
                void shipOrder() {}
            }
            """;
    private static final String PLUGIN = """
            package shop.plugin;
            public class Orders {
                public void exportOrder() {}
            }
            """;
    private static final String TEST = """
            package shop;
            class OrdersTest {
                void checksOrder() {}
            }
            """;

    @TempDir
    private Path folder;

    private Path store;
    private String first = "";

    @BeforeEach
    void index() {
        Path sources = folder.resolve("sources");
        store = folder.resolve("store");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(7));
        repository.write("shop/pom.xml", POM.formatted("shop"));
        repository.write("shop/plugin/pom.xml", POM.formatted("plugin"));
        repository.write("shop/src/main/java/shop/Orders.java", SHOP.replace("shipOrder", "packOrder"));
        repository.write("shop/plugin/src/main/java/shop/plugin/Orders.java", PLUGIN);
        repository.write("shop/src/test/java/shop/OrdersTest.java", TEST);
        first = commit(repository);
        repository.write("shop/src/main/java/shop/Orders.java", SHOP);
        commit(repository);
        Quarry.Result index =
                Quarry.run(folder, "index", "--no-embed", "--history", "--store", store.toString(), sources.toString());
        assertThat(index.status()).as(index.err()).isZero();
    }

    private static String commit(GitRepository repository) {
        repository.git("add", "-A");
        repository.git("commit", "-q", "-m", "next");
        return repository.head();
    }

    @Test
    void search_withConditions_findsWhatMeetsThem() throws IOException {
        Quarry.Result result = Quarry.run(
                folder,
                "search",
                "order",
                "--json",
                "--store",
                store.toString(),
                "--kind",
                "method",
                "--module",
                "shop",
                "--visibility",
                "public,package",
                "--code",
                "main",
                "--since",
                first);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(names(JSON.readTree(result.out()))).containsExactly("shipOrder()");
        Quarry.Result packed =
                Quarry.run(folder, "context", "order", "--store", store.toString(), "--annotation", "@Deprecated");
        assertThat(packed.out()).contains("cancelOrder").doesNotContain("exportOrder");

        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting());
                QuarryServer server = QuarryServer.start(ServerConfig.defaults().withPort(0), workspace);
                HttpQuarry http = HttpQuarry.of(server, store)) {
            List<String> kinds = List.of("METHOD");
            assertThat(found(http, Map.of("kinds", kinds)))
                    .containsExactlyInAnyOrder("cancelOrder()", "shipOrder()", "exportOrder()", "checksOrder()");
            assertThat(found(http, Map.of("kinds", kinds, "module", "shop")))
                    .containsExactlyInAnyOrder("cancelOrder()", "shipOrder()", "checksOrder()");
            assertThat(found(http, Map.of("kinds", kinds, "module", "plugin"))).containsExactly("exportOrder()");
            assertThat(found(http, Map.of("kinds", kinds, "package", "shop.plugin")))
                    .containsExactly("exportOrder()");
            assertThat(found(http, Map.of("kinds", kinds, "path", "shop/src/test")))
                    .containsExactly("checksOrder()");
            assertThat(found(http, Map.of("annotation", "java.lang.Deprecated")))
                    .containsExactly("cancelOrder()");
            assertThat(found(http, Map.of("kinds", kinds, "code", "MAIN", "visibilities", List.of("PACKAGE"))))
                    .containsExactly("shipOrder()");
            assertThat(found(http, Map.of("since", first))).containsExactly("shipOrder()");
            for (String path : List.of("./shop/src/test/", "shop/pom/../src/test", sources() + "/shop/src/test")) {
                assertThat(found(http, Map.of("kinds", kinds, "path", path))).containsExactly("checksOrder()");
            }
            assertThat(found(http, Map.of("kinds", kinds, "path", "."))).hasSize(4);
            for (String path : List.of("nowhere", "shop/src/te", "../sources", "/shop")) {
                assertThat(search(http, Map.of("path", path)).status()).as(path).isEqualTo(404);
            }
            assertThat(found(http, Map.of("kinds", kinds, "package", "shop"))).hasSize(4);
            assertThat(search(http, Map.of("package", "sho")).status()).isEqualTo(404);
            assertThat(search(http, Map.of("module", "nowhere")).status()).isEqualTo(404);
            assertThat(search(http, Map.of("annotation", "Nowhere")).status()).isEqualTo(404);
            HttpQuarry.Answer routes = search(http, Map.of("kinds", List.of("ROUTE")));
            assertThat(routes.status()).isEqualTo(400);
            assertThat(routes.json().toString())
                    .contains("nothing of the kind ROUTE: leave it out, or ask for it by name");
        }
    }

    @Test
    void search_inARepositoryWithoutABuildFile_hasOneModule() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Files.writeString(plain.resolve("Orders.java"), PLUGIN);
        String other = folder.resolve("other").toString();
        Quarry.Result index = Quarry.run(folder, "index", "--no-embed", "--store", other, plain.toString());
        assertThat(index.status()).as(index.err()).isZero();
        for (String module : List.of(".", "./")) {
            Quarry.Result all = Quarry.run(folder, "search", "exportOrder", "--store", other, "--module", module);
            assertThat(all.status()).as(all.err()).isZero();
            assertThat(all.out()).contains("exportOrder");
        }
        Quarry.Result none = Quarry.run(folder, "search", "order", "--store", other, "--module", "shop");
        assertThat(none.err())
                .contains(
                        "no module is called 'shop': the repository has no build file, so all of it is the module '.'");
        Quarry.Result root = Quarry.run(folder, "search", "order", "--store", store.toString(), "--module", ".");
        assertThat(root.err())
                .contains("no module is called '.': give the folder of its build file; the root has none");
    }

    private Path sources() throws IOException {
        return folder.resolve("sources").toRealPath();
    }

    private static HttpQuarry.Answer search(HttpQuarry http, Map<String, Object> filter) {
        return http.post("/v1/search", Map.of("query", "order", "filter", filter));
    }

    private static List<String> found(HttpQuarry http, Map<String, Object> filter) {
        return names(search(http, filter).json());
    }

    private static List<String> names(JsonNode reply) {
        return StreamSupport.stream(reply.get("hits").spliterator(), false)
                .map(hit -> hit.get("symbol").asText().replaceFirst(".*#", ""))
                .toList();
    }
}
