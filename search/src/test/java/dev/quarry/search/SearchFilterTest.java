package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each condition, on every way to search. */
class SearchFilterTest {
    private static final NodeId BEAN = NodeId.of(NodeKind.LIBRARY_TYPE, "org.Bean", "");
    private static final SearchFilter ALL = SearchFilter.all();
    private static final SearchDocument OPEN =
            document("a.b.A#load", "app/src/A.java", Modifier.PUBLIC | Modifier.STATIC, Set.of(BEAN));
    private static final SearchDocument HIDDEN =
            document("a.b.A#loadNow", "app/src/A.java", Modifier.PRIVATE, Set.of());
    private static final SearchDocument NESTED =
            document("a.c.B#load", "app/plugin/src/B.java", Modifier.PROTECTED, Set.of());
    private static final SearchDocument TEST = document("a.b.ATest#load", "test/src/ATest.java", Flags.TEST, Set.of());

    @TempDir
    private Path folder;

    private SearchIndex index;

    private static SearchDocument document(String qualifiedName, String path, int flags, Set<NodeId> annotations) {
        String name = qualifiedName.substring(qualifiedName.indexOf('#') + 1);
        NodeId id = NodeId.of(NodeKind.METHOD, qualifiedName, "()");
        return new SearchDocument(
                id, NodeKind.METHOD, name, qualifiedName, "", "loads it", "", path, flags, annotations);
    }

    @BeforeEach
    void fill() {
        index = SearchIndex.open(folder);
        index.update(List.of(OPEN, HIDDEN, NESTED, TEST), List.of());
        float[] vector = {1, 1};
        index.updateVectors(
                Map.of(OPEN.id(), vector, HIDDEN.id(), vector, NESTED.id(), vector, TEST.id(), vector), List.of());
        index.commit(1, 1);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void assertPasses(SearchFilter filter, SearchDocument... expected) {
        List<NodeId> ids = List.of(expected).stream().map(SearchDocument::id).toList();
        List<NodeId> every = List.of(OPEN.id(), HIDDEN.id(), NESTED.id(), TEST.id());
        assertThat(ids(index.text("what loads it", filter, 10))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids(index.text("load", filter, 10))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids(index.vectors(new float[] {1, 0}, filter, 10))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(index.passing(every, filter)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<NodeId> ids(List<SearchHit> hits) {
        return hits.stream().map(SearchHit::id).toList();
    }

    @Test
    void filter_places_passWhatLiesThere() {
        assertPasses(ALL, OPEN, HIDDEN, NESTED, TEST);
        assertPasses(ALL.withPath("app/"), OPEN, HIDDEN, NESTED);
        assertPasses(ALL.withPath("app/src/A.java"), OPEN, HIDDEN);
        assertPasses(ALL.withPath("ap"));
        assertPasses(ALL.withPackage("a.b"), OPEN, HIDDEN, TEST);
        assertPasses(ALL.withModule(new SearchFilter.Module("app", Set.of("app/plugin"))), OPEN, HIDDEN);
        assertPasses(ALL.withModule(new SearchFilter.Module("", Set.of("app", "app/plugin"))), TEST);
    }

    @Test
    void filter_annotationsAndModifiers_passWhatBearsThem() {
        assertPasses(ALL.withAnnotations(Set.of(BEAN)), OPEN);
        assertPasses(ALL.withAnnotations(Set.of(NodeId.of(NodeKind.LIBRARY_TYPE, "org.Other", ""))));
        assertPasses(ALL.withVisibilities(Set.of(Visibility.PUBLIC)), OPEN);
        assertPasses(ALL.withVisibilities(Set.of(Visibility.PRIVATE, Visibility.PROTECTED)), HIDDEN, NESTED);
        assertPasses(ALL.withVisibilities(Set.of(Visibility.PACKAGE)), TEST);
    }

    @Test
    void filter_codeAndNodes_passTheseOnly() {
        assertPasses(ALL.withCode(SearchFilter.Code.MAIN), OPEN, HIDDEN, NESTED);
        assertPasses(ALL.withCode(SearchFilter.Code.TEST), TEST);
        assertPasses(ALL.withNodes(Set.of(NESTED.id(), TEST.id())), NESTED, TEST);
        assertPasses(ALL.withNodes(Set.of(NESTED.id())).withCode(SearchFilter.Code.TEST));
        assertPasses(ALL.withNodes(Set.of()));
    }
}
