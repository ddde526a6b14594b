package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourhoodTest {
    @TempDir
    Path directory;

    @Test
    void of_neighboursThatNoSearchFinds_areLeftOut() {
        SampleFile file = new SampleFile("src/a/Box.java", "class Box { <T> void put(T value) { add(value); } }");
        Node box = file.type(NodeKind.CLASS, "a.Box", "class Box");
        Node put = file.method(box, "put", "(java.lang.Object)", "<T> void put(T value)");
        file.member(NodeKind.TYPE_PARAMETER, put, "T", "", "<T> void put(T value) {", 0);
        file.member(NodeKind.CONSTRUCTOR, box, "<init>", "()", "class Box {", Flags.IMPLICIT);
        try (GraphStore graph = GraphStore.inMemory();
                SearchIndex index = SearchIndex.open(directory)) {
            graph.apply(Delta.ofFiles(List.of(file.facts())));
            index.update(NodeText.documents(file.facts()), List.of());
            index.commitText(graph.sequence());
            assertThat(new Neighbourhood(graph, index).of(List.of(box.id(), put.id()), SearchFilter.all()))
                    .extracting(SearchHit::id)
                    .containsExactlyInAnyOrder(box.id(), put.id());
        }
    }
}
