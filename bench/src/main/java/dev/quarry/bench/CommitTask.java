package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.search.SearchFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which files does a commit change whose subject is the question? Each is asked over the tree before the commit. */
final class CommitTask implements RepositoryTask {
    private final EvalFiles sets;
    private final String set;
    private final Path work;

    CommitTask(EvalFiles sets, String set, Path work) {
        this.sets = sets;
        this.set = set;
        this.work = work;
    }

    @Override
    public String name() {
        return set;
    }

    /** In the order of the commits, so that little changes between two questions. */
    @Override
    public List<EvalQuery> queries() throws IOException {
        return sets.lines(set + "-queries.jsonl.gz").stream()
                .sorted(Comparator.comparing(
                                (JsonNode line) -> line.path("date").asText())
                        .thenComparing(line -> line.path("id").asText()))
                .map(EvalFiles::query)
                .toList();
    }

    @Override
    public void visit(Collection<EvalQuery> queries, Visitor visitor) throws IOException {
        List<EvalDocument> documents = new ArrayList<>();
        sets.lines(set + "-corpus.jsonl.gz").forEach(line -> documents.add(EvalDocument.of(line)));
        JsonNode units = sets.tree(set + "-blobs.json.gz").path("units");
        Map<String, JsonNode> trees = new HashMap<>();
        for (JsonNode line : sets.lines(set + "-trees.jsonl.gz")) {
            trees.put(line.path("id").asText(), line.path("files"));
        }
        try (EvalWorkspace repository = EvalWorkspace.open(work.resolve(set))) {
            for (EvalQuery query : queries) {
                repository.index(files(trees.getOrDefault(query.id(), units), units, documents));
                visitor.visit(query, repository);
            }
        }
    }

    /** All that the changed files declare. */
    @Override
    public Set<String> gold(EvalQuery query, EvalWorkspace repository) {
        Set<String> declared = new HashSet<>();
        query.gold().forEach(path -> declared.addAll(repository.documents(path, 1, Integer.MAX_VALUE)));
        return declared;
    }

    @Override
    public List<String> found(Way way, EvalQuery query, EvalWorkspace repository) {
        return way.ask(repository.retriever(), query.text(), SearchFilter.all()).stream()
                .map(Hit::path)
                .distinct()
                .toList();
    }

    private static Map<String, SourceSketch> files(JsonNode tree, JsonNode units, List<EvalDocument> documents) {
        Map<String, List<EvalDocument>> byPath = new HashMap<>();
        Set<String> interfaces = new HashSet<>();
        tree.properties().forEach(file -> {
            List<EvalDocument> ofFile = new ArrayList<>();
            units.path(file.getValue().asInt()).forEach(unit -> ofFile.add(documents.get(unit.asInt())));
            if (!ofFile.isEmpty()) {
                byPath.put(file.getKey(), ofFile);
            }
            ofFile.stream()
                    .filter(document -> document.typeKind().equals("interface"))
                    .forEach(document -> interfaces.add(
                            document.type().substring(document.type().lastIndexOf('.') + 1)));
        });
        Map<String, SourceSketch> files = new HashMap<>();
        byPath.forEach((path, ofFile) -> files.put(path, SourceSketch.of(ofFile, interfaces)));
        return files;
    }
}
