package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.Sites;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Stores that earlier schema versions wrote, kept as {@code store-v<version>.zip} among the test resources. {@link #main}
 * writes the one of the current version; it is run once, before the version is raised.
 */
final class Fixture {
    private Fixture() {}

    /** Writes a zipped store: {@code Fixture FILE.zip}. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("fixture");
        try (GraphStore store = GraphStore.open(directory, new StoreOptions(8 << 20))) {
            fill(store);
        }
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]));
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.getFileName().toString().startsWith("LOG")) {
                    zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                    Files.copy(file, zip);
                }
            }
        }
    }

    /** Unpacks a store of this version into a directory. */
    static void unpack(int version, Path directory) throws IOException {
        try (InputStream in = Fixture.class.getResourceAsStream("/store-v" + version + ".zip");
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = directory.resolve(entry.getName());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(zip, target);
            }
        }
    }

    /** What each such store holds. */
    static void fill(GraphStore store) {
        store.apply(new Delta(
                facts(), List.of(), Graphs.shared(Graphs.OBJECT, Graphs.LIST_ADD), null, Map.of("root", "fixture")));
        List<ContentHash> texts = List.of(ContentHash.ofText("embedded 0"), ContentHash.ofText("embedded 1"));
        float[][] vectors = new float[2][384];
        vectors[0][0] = 1;
        vectors[1][1] = 1;
        store.putVectors("model@1", texts, vectors);
        store.putNodeTexts(Map.of(facts().getFirst().nodes().get(1).id(), texts.getFirst()));
    }

    static List<FileFacts> facts() {
        List<FileFacts> files = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String path = "src/p/Type" + i + ".java";
            FileFacts chain = Graphs.chain(path, "p.Type" + i, "class Type" + i, "first", "second", "third");
            List<Edge> edges = new ArrayList<>(chain.edges());
            Node first = chain.nodes().get(2);
            edges.add(new Edge(
                    first.id(),
                    EdgeKind.CALLS,
                    "interface",
                    Graphs.LIST_ADD.id(),
                    Found.COMPILER,
                    Sites.ofPacked(new int[] {Sites.pack(10 + i, 4095), Sites.pack(9, 1 + i), Sites.pack(524_287, 80)}),
                    ""));
            edges.add(Graphs.edge(first, EdgeKind.TYPE_USE, "return", Graphs.OBJECT, 3, 17 + i));
            files.add(new FileFacts(chain.file(), chain.text(), chain.nodes(), edges));
        }
        return files;
    }
}
