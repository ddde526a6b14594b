package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.ModelSource;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.SearchResult.Bonus;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.rag.SearchResult.LegReport;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search on the real store, index and model, over {@link SampleRepository}. */
class RetrievalTest {
    private static final SampleRepository REPOSITORY = new SampleRepository();
    private static final SearchFilter ALL = SearchFilter.all();

    @TempDir
    static Path directory;

    private static GraphStore graph;
    private static SearchIndex index;
    private static EmbeddingModel model;
    private static Retriever retriever;

    @BeforeAll
    static void open() {
        graph = REPOSITORY.store();
        model = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(2));
        index = SearchIndex.open(directory.resolve("index"));
        List<NodeText> texts = REPOSITORY.files.stream()
                .flatMap(facts -> NodeText.of(facts).stream())
                .toList();
        index.update(texts.stream().map(NodeText::searchDocument).toList(), List.of());
        float[][] vectors =
                model.embed(texts.stream().map(NodeText::embeddingText).toList());
        Map<NodeId, float[]> byId = new HashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            byId.put(texts.get(i).id(), vectors[i]);
        }
        index.updateVectors(byId, List.of());
        index.commit(graph.sequence(), graph.vectorSequence());
        retriever = new Retriever(graph, index, () -> Optional.of(model));
    }

    @AfterAll
    static void close() {
        index.close();
        model.close();
        graph.close();
    }

    @Test
    void search_name_findsItBeforeItsTest() {
        assertThat(symbols(search("isBlank")))
                .startsWith(REPOSITORY.isBlank.symbol())
                .contains(REPOSITORY.testIsBlank.symbol());
        assertThat(symbols(search("Strings.isBlank(CharSequence)"))).startsWith(REPOSITORY.isBlank.symbol());
    }

    @Test
    void search_modelThatFails_isAnsweredByTheOtherLegs() {
        EmbeddingModel closed = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(1));
        closed.close();
        Retriever other = new Retriever(graph, index, () -> Optional.of(closed));
        SearchResult result = other.search(SearchRequest.of("isBlank", 10, ALL));
        assertThat(symbols(result)).startsWith(REPOSITORY.isBlank.symbol());
        assertThat(result.legs())
                .filteredOn(leg -> leg.leg() == Leg.VECTOR)
                .singleElement()
                .satisfies(leg -> {
                    assertThat(leg.ran()).isFalse();
                    assertThat(leg.note()).contains("failed");
                });
    }

    @Test
    void search_words_findsByMeaning() {
        assertThat(symbols(search("shorten a string that is too long"))).startsWith(REPOSITORY.truncate.symbol());
        assertThat(symbols(search("concatenate parts with a delimiter between them")))
                .startsWith(REPOSITORY.join.symbol());
    }

    @Test
    void search_nameSaidInWords_findsItFirst() {
        assertThat(symbols(search("is blank"))).startsWith(REPOSITORY.isBlank.symbol());
    }

    @Test
    void search_hit_tellsWhatItsScoreIsMadeOf() {
        SearchResult result = search("check whether a text is blank");
        Hit first = result.hits().getFirst();
        assertThat(first.node().node()).isEqualTo(REPOSITORY.isBlank);
        assertThat(first.path()).isEqualTo("src/a/text/Strings.java");
        assertThat(first.legs()).containsKeys(Leg.TEXT, Leg.VECTOR);
        assertThat(first.legs().get(Leg.VECTOR))
                .extracting(SearchResult.LegScore::rank)
                .isIn(1, 2);
        assertThat(result.shape()).isEqualTo("words");
        assertThat(result.hits()).allSatisfy(hit -> {
            double points = hit.legs().values().stream()
                            .mapToDouble(SearchResult.LegScore::points)
                            .sum()
                    + hit.bonuses().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
            assertThat(hit.score()).isCloseTo(points, within(1e-9));
        });
        assertThat(result.legs()).extracting(LegReport::leg).containsExactly(Leg.values());
        assertThat(result.legs()).allMatch(LegReport::ran);
        assertThat(result.hits()).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void search_messageOfALiteral_findsWhatWritesIt() {
        Hit first = search("no further names to truncate").hits().getFirst();
        assertThat(first.node().node()).isEqualTo(REPOSITORY.print);
        assertThat(first.bonuses()).containsKey(Bonus.QUOTE);
        assertThat(search("truncate names further").hits())
                .noneMatch(hit -> hit.bonuses().containsKey(Bonus.QUOTE));
    }

    @Test
    void search_changeRequest_ranksFilesAndAlternatesBetweenThem() {
        SearchResult result = search("Fix truncate and join of Strings");
        assertThat(result.shape()).isEqualTo("change");
        Hit first = result.hits().getFirst();
        assertThat(first.path()).isEqualTo("src/a/text/Strings.java");
        assertThat(first.bonuses()).containsKey(Bonus.FILE).doesNotContainKey(Bonus.SAME_FILE);
        assertThat(result.hits())
                .filteredOn(hit -> hit.path().equals(first.path()))
                .hasSizeGreaterThan(1)
                .extracting(hit -> hit.bonuses().getOrDefault(Bonus.SAME_FILE, 0.0))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(result.legs()).filteredOn(leg -> !leg.ran()).singleElement().satisfies(leg -> {
            assertThat(leg.leg()).isEqualTo(Leg.GRAPH);
            assertThat(leg.note()).isEmpty();
        });
    }

    @Test
    void search_graph_bringsNeighbours() {
        SearchRequest request = new SearchRequest("isBlank", 20, ALL, Set.of(Leg.TEXT, Leg.GRAPH));
        Hit caller = retriever.search(request).hits().stream()
                .filter(hit -> hit.node().node().equals(REPOSITORY.print))
                .findFirst()
                .orElseThrow();
        assertThat(caller.legs()).containsKey(Leg.GRAPH);
    }

    @Test
    void search_filter_holdsForAllLegs() {
        SearchFilter filter = ALL.withKinds(Set.of(NodeKind.METHOD)).withCode(SearchFilter.Code.MAIN);
        SearchResult result = retriever.search(SearchRequest.of("isBlank", 50, filter));
        assertThat(result.hits()).extracting(hit -> hit.node().node().kind()).containsOnly(NodeKind.METHOD);
        assertThat(symbols(result)).doesNotContain(REPOSITORY.testIsBlank.symbol());
        SearchFilter elsewhere = ALL.withPath("src/a/io");
        assertThat(retriever.search(SearchRequest.of("isBlank", 50, elsewhere)).hits())
                .extracting(Hit::path)
                .containsOnly("src/a/io/Sink.java");
    }

    @Test
    void search_noModel_answersAndSaysSo() {
        SearchResult result = new Retriever(graph, index, Optional::empty).search(SearchRequest.of("isBlank", 5, ALL));
        assertThat(symbols(result)).startsWith(REPOSITORY.isBlank.symbol());
        LegReport vectors = result.legs().get(1);
        assertThat(vectors.ran()).isFalse();
        assertThat(vectors.note()).contains("no embedding model");
    }

    @Test
    void search_indexWithoutAnything_saysSoAndWhatHelps() {
        try (SearchIndex empty = SearchIndex.open(directory.resolve("empty"))) {
            SearchResult result =
                    new Retriever(graph, empty, Optional::empty).search(SearchRequest.of("isBlank", 5, ALL));
            LegReport text = result.legs().getFirst();
            assertThat(text.ran()).isFalse();
            assertThat(text.note()).contains("not made yet", "'quarry index'");
        }
    }

    @Test
    void search_hostileText_isAnswered() {
        for (String text : List.of(
                "\"",
                "a AND (",
                "*:*",
                "[SEP] \\ / ~ ^",
                "\0\uD800",
                "name:x OR 1=1",
                "x".repeat(4000),
                "😀",
                "((((((((((",
                "?[x] := *node{x}")) {
            assertThat(search(text).legs()).hasSize(3);
        }
    }

    @Test
    void search_textWithoutAnyWord_findsNothingAndSaysSo() {
        for (String text : List.of("?", "()", "{}", "😀", "… _ $")) {
            SearchResult result = search(text);
            assertThat(result.hits()).isEmpty();
            assertThat(result.legs()).extracting(LegReport::leg).containsExactly(Leg.values());
            assertThat(result.legs()).allSatisfy(leg -> {
                assertThat(leg.ran()).isFalse();
                assertThat(leg.note()).contains("nothing to search for");
            });
        }
        assertThat(search("größe").legs()).allMatch(LegReport::ran);
    }

    @Test
    void search_quotedName_isTheName() {
        for (String text : List.of("`isBlank`", "isBlank?", "\"Strings.isBlank\".", "(isBlank)")) {
            SearchResult result = search(text);
            assertThat(result.shape()).isEqualTo("name");
            assertThat(symbols(result)).startsWith(REPOSITORY.isBlank.symbol());
        }
    }

    @Test
    void search_badRequests_rejected() {
        assertBadInput(() -> SearchRequest.of(" ", 5, ALL));
        assertBadInput(() -> SearchRequest.of("x", 0, ALL));
        assertBadInput(() -> SearchRequest.of("x", 201, ALL));
        assertBadInput(() -> SearchRequest.of("x".repeat(4001), 5, ALL));
        assertBadInput(() -> SearchRequest.of("at a.B.c(B.java:1)" + " ".repeat(65_536), 5, ALL));
        assertBadInput(() -> new SearchRequest("x", 5, ALL, Set.of()));
    }

    @Test
    void fitting_text_isCutToWhatCanBeSearchedFor() {
        String frame = "at a.B.c(B.java:1)\n";
        assertThat(SearchRequest.fitting("x")).isEqualTo("x");
        assertThat(SearchRequest.fitting("x".repeat(70_000))).hasSize(4000);
        assertThat(SearchRequest.fitting(frame.repeat(300))).isEqualTo(frame.repeat(300));
        assertThat(SearchRequest.fitting(frame.repeat(30_000))).hasSize(65_536);
    }

    private static SearchResult search(String text) {
        return retriever.search(SearchRequest.of(text, 10, ALL));
    }

    private static List<String> symbols(SearchResult result) {
        return result.hits().stream().map(hit -> hit.node().node().symbol()).toList();
    }

    private static void assertBadInput(Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_INPUT));
    }
}
