package dev.quarry.bench;

import dev.quarry.rag.Retriever;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A repository made of a set's documents, and the product over it. The store stays where it is between runs, and with it
 * the vectors of all texts that it has seen.
 */
final class EvalWorkspace implements AutoCloseable {
    private final Path sources;
    private final Workspace workspace;
    private final IndexOptions options;
    private Map<String, SourceSketch> files = Map.of();

    private EvalWorkspace(Path sources, Workspace workspace, IndexOptions options) {
        this.sources = sources;
        this.workspace = workspace;
        this.options = options;
    }

    static EvalWorkspace open(Path folder) throws IOException {
        return open(folder, IndexOptions.defaults());
    }

    static EvalWorkspace open(Path folder, IndexOptions options) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting());
        return new EvalWorkspace(sources, workspace, options);
    }

    /** Makes the repository consist of these files, and indexes it. */
    void index(Map<String, SourceSketch> wanted) throws IOException {
        Set<Path> kept = new HashSet<>();
        for (Map.Entry<String, SourceSketch> file : new TreeMap<>(wanted).entrySet()) {
            Path path = sources.resolve(file.getKey());
            kept.add(path);
            String text = file.getValue().text();
            if (!Files.exists(path) || !Files.readString(path).equals(text)) {
                Files.createDirectories(path.resolveSibling(""));
                Files.writeString(path, text);
            }
        }
        try (Stream<Path> present = Files.walk(sources)) {
            for (Path path : present.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isRegularFile(path) && !kept.contains(path)) {
                    Files.delete(path);
                }
            }
        }
        files = Map.copyOf(wanted);
        workspace.index(sources, options.withInstantOnly().withKept(true), IndexProgress.NONE);
        if (options.embed()) {
            workspace.embedForSearches(IndexProgress.NONE);
        }
    }

    Workspace workspace() {
        return workspace;
    }

    Retriever retriever() {
        return workspace.retriever();
    }

    /** The documents that these hits stand for; what the set has no document of, such as a lambda's class, is left out. */
    List<String> documents(List<Hit> hits) {
        return hits.stream().flatMap(hit -> document(hit).stream()).distinct().toList();
    }

    private Optional<String> document(Hit hit) {
        return Optional.ofNullable(files.get(hit.path()))
                .map(file -> file.lines().get(hit.node().node().span().startLine()));
    }

    /** The documents that begin on these lines of a file. */
    List<String> documents(String path, int firstLine, int lastLine) {
        SourceSketch file = files.get(path);
        return file == null
                ? List.of()
                : file.lines().entrySet().stream()
                        .filter(line -> firstLine <= line.getKey() && line.getKey() <= lastLine)
                        .map(Map.Entry::getValue)
                        .toList();
    }

    /** The text of a file. */
    String text(String path) {
        SourceSketch file = files.get(path);
        return file == null ? "" : file.text();
    }

    /** The hits of BM25 alone, best first. */
    List<SearchHit> textHits(String question, SearchFilter filter, int limit) {
        Path folder = workspace.storeDirectory().resolve("search");
        try (SearchIndex index = SearchIndex.openReadOnly(folder)) {
            return index.text(question, filter, limit);
        }
    }

    @Override
    public void close() {
        workspace.close();
    }
}
