package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchFilter;
import dev.quarry.server.IndexOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which method of a library is it that a first sentence of documentation was written for? */
final class LibraryTask implements RepositoryTask {
    static final SearchFilter CALLABLES = SearchFilter.all().withKinds(Set.of(NodeKind.METHOD, NodeKind.CONSTRUCTOR));

    private final EvalFiles sets;
    private final String set;
    private final Path work;
    private final IndexOptions options;

    LibraryTask(EvalFiles sets, String set, Path work, IndexOptions options) {
        this.sets = sets;
        this.set = set;
        this.work = work;
        this.options = options;
    }

    @Override
    public String name() {
        return set;
    }

    @Override
    public List<EvalQuery> queries() throws IOException {
        return sets.lines(set + "-queries.jsonl.gz").stream()
                .map(EvalFiles::query)
                .toList();
    }

    /** The library's files, as far as the set has them. */
    static Map<String, SourceSketch> files(EvalFiles sets, String set) throws IOException {
        Map<String, List<EvalDocument>> documents = new LinkedHashMap<>();
        for (JsonNode line : sets.lines(set + "-corpus.jsonl.gz")) {
            documents
                    .computeIfAbsent(line.path("file").asText(), _ -> new ArrayList<>())
                    .add(EvalDocument.of(line));
        }
        Map<String, SourceSketch> files = new LinkedHashMap<>();
        documents.forEach((path, ofFile) -> files.put(path, SourceSketch.of(ofFile, Set.of())));
        return files;
    }

    @Override
    public void visit(Collection<EvalQuery> queries, Visitor visitor) throws IOException {
        try (EvalWorkspace repository = EvalWorkspace.open(work.resolve(set), options)) {
            repository.index(files(sets, set));
            for (EvalQuery query : queries) {
                visitor.visit(query, repository);
            }
        }
    }

    @Override
    public Set<String> gold(EvalQuery query, EvalWorkspace repository) {
        return query.gold();
    }

    @Override
    public List<String> found(Way way, EvalQuery query, EvalWorkspace repository) {
        return repository.documents(way.ask(repository.retriever(), query.text(), CALLABLES));
    }
}
