package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches by stack traces, on a real store and index, over a class of overloads, constructors and nameless classes. */
class TraceFramesTest {
    private static final String SHOP = """
            package a.shop;

            public class Shop {
                private final Till till = new Till();

                static int count = Till.count();

                public Shop() {
                    this("shop");
                }

                public Shop(String name) {
                    open(name);
                }

                void sell(int amount) {
                    sell(amount, 1);
                }

                void sell(int amount, int price) {
                    till.add(amount * price);
                }

                void sell(String what) {
                    till.add(what);
                }

                void later() {
                    run(new Runnable() {
                        public void run() {
                            sell(1);
                        }
                    });
                }

                static class Till {
                    void add(Object what) {
                        all.add(what);
                    }
                }

                void sort() {
                    class Key {
                        int turn() {
                            return 1;
                        }
                    }
                }
            }
            """;

    @TempDir
    static Path directory;

    private static GraphStore graph;
    private static SearchIndex index;
    private static Retriever retriever;
    private static Node shop;
    private static Node till;
    private static Node field;
    private static Node initial;
    private static Node named;
    private static Node sell;
    private static Node sellAt;
    private static Node sellText;
    private static Node later;
    private static Node tillAdd;
    private static Node turn;

    @BeforeAll
    static void open() {
        SampleFile file = new SampleFile("src/a/shop/Shop.java", SHOP);
        shop = file.type(NodeKind.CLASS, "a.shop.Shop", "public class Shop");
        till = file.type(NodeKind.CLASS, "a.shop.Shop$Till", "static class Till");
        Node key = file.type(NodeKind.CLASS, "a.shop.Shop$1Key", "class Key");
        field = file.member(NodeKind.FIELD, shop, "till", "", "private final Till till", 0);
        initial = file.member(NodeKind.CONSTRUCTOR, shop, "<init>", "()", "public Shop()", 0);
        named = file.member(NodeKind.CONSTRUCTOR, shop, "<init>", "(String)", "public Shop(String name)", 0);
        sell = file.method(shop, "sell", "(int)", "void sell(int amount) {");
        sellAt = file.method(shop, "sell", "(int,int)", "void sell(int amount, int price)");
        sellText = file.method(shop, "sell", "(java.lang.String)", "void sell(String what)");
        later = file.method(shop, "later", "()", "void later()");
        tillAdd = file.method(till, "add", "(java.lang.Object)", "void add(Object what)");
        turn = file.method(key, "turn", "()", "int turn()");
        file.member(NodeKind.CONSTRUCTOR, till, "<init>", "()", "static class Till {", Flags.IMPLICIT);
        graph = GraphStore.inMemory();
        graph.apply(Delta.ofFiles(List.of(file.facts())));
        index = SearchIndex.open(directory.resolve("index"));
        index.update(NodeText.documents(file.facts()), List.of());
        index.commitText(graph.sequence());
        retriever = new Retriever(graph, index, Optional::empty);
    }

    @AfterAll
    static void close() {
        index.close();
        graph.close();
    }

    private static List<Node> found(String trace) {
        return retriever.search(SearchRequest.of(trace, 50, SearchFilter.all())).hits().stream()
                .map((Hit hit) -> hit.node().node())
                .toList();
    }

    private static String at(String method, int line) {
        return "\tat a.shop." + method + "(Shop.java:" + line + ")\n";
    }

    private static int inside(Node node) {
        return node.span().startLine() + 1;
    }

    @Test
    void search_frameWithLine_findsTheOverloadFirst() {
        for (Node wanted : List.of(sell, sellAt, sellText)) {
            assertThat(found(at("Shop.sell", inside(wanted)))).startsWith(wanted);
        }
        assertThat(found(at("Shop.sell", inside(sellAt)) + at("Shop.later", inside(later))))
                .startsWith(sellAt, later)
                .contains(sell, sellText);
    }

    @Test
    void search_lineOfAnotherVersion_findsAllOverloads() {
        assertThat(found(at("Shop.sell", 4000)).subList(0, 3)).containsExactlyInAnyOrder(sell, sellAt, sellText);
        assertThat(found(at("Shop.sell", inside(later))).subList(0, 3))
                .containsExactlyInAnyOrder(sell, sellAt, sellText);
    }

    @Test
    void search_constructors_areFoundByLine() {
        assertThat(found(at("Shop.<init>", inside(named)))).startsWith(named);
        assertThat(found(at("Shop.<init>", inside(initial)))).startsWith(initial);
        assertThat(found(at("Shop.<init>", field.span().startLine()))).startsWith(field);
        assertThat(found(at("Shop$Till.<init>", 0))).startsWith(till);
        assertThat(found(at("Shop.<clinit>", 5))).startsWith(shop);
    }

    @Test
    void search_namelessClass_findsTheMethodAround() {
        assertThat(found(at("Shop$1.run", inside(later) + 2))).startsWith(later);
        assertThat(found(at("Shop$1.run", 0))).startsWith(shop);
        assertThat(found(at("Shop.lambda$later$0", inside(later)))).startsWith(later);
        assertThat(found(at("Shop.access$000", inside(later)))).startsWith(later);
    }

    @Test
    void search_localClass_isFoundWhateverItsNumber() {
        assertThat(found(at("Shop$1Key.turn", inside(turn)))).startsWith(turn);
        assertThat(found(at("Shop$2Key.turn", inside(turn)))).startsWith(turn);
    }

    @Test
    void search_typeWithoutItsPackage_isFound() {
        assertThat(found("at Shop.sell(Shop.java:" + inside(sellAt) + ")")).startsWith(sellAt);
        assertThat(found("Shop$Till.add(Shop.java:" + inside(tillAdd) + ")")).startsWith(tillAdd);
    }

    @Test
    void search_manyForeignFrames_hideNothing() {
        StringBuilder trace = new StringBuilder("java.lang.IllegalStateException: closed\n");
        for (int i = 0; i < 200; i++) {
            trace.append("\tat java.base/java.util.Far" + i % 30 + ".accept(Far.java:" + i + ")\n");
        }
        String own = at("Shop.sell", inside(sellAt)) + at("Shop.later", inside(later));
        assertThat(trace.append(own)).hasSizeGreaterThan(SearchRequest.TEXT_MAX_CHARS);
        assertThat(found(trace.toString())).startsWith(sellAt, later);
    }

    @Test
    void search_causes_beginsWithTheRoot() {
        String trace =
                "a.OuterException: outer\n" + at("Shop.later", inside(later)) + "Caused by: a.InnerException: inner\n"
                        + at("Shop$Till.add", inside(tillAdd)) + at("Shop.sell", inside(sellAt));
        assertThat(found(trace)).startsWith(tillAdd, sellAt, later);
    }

    @Test
    void search_filter_holdsForFrames() {
        SearchFilter filter = SearchFilter.all().withCode(SearchFilter.Code.TEST);
        String trace = at("Shop.sell", inside(sellAt));
        assertThat(retriever.search(SearchRequest.of(trace, 50, filter)).hits()).isEmpty();
    }

    @Test
    void search_manyOverloads_areAllThere() {
        List<String> methods = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            methods.add("void put(T" + i + " value) {}");
        }
        String text = "class Wide {\n" + String.join("\n", methods) + "\n}\n";
        SampleFile file = new SampleFile("src/Wide.java", text);
        Node wide = file.type(NodeKind.CLASS, "Wide", "class Wide");
        List<Node> puts = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            puts.add(file.method(wide, "put", "(T" + i + ")", "void put(T" + i + " value)"));
        }
        try (GraphStore store = GraphStore.inMemory();
                SearchIndex own = SearchIndex.open(directory.resolve("wide"))) {
            store.apply(Delta.ofFiles(List.of(file.facts())));
            own.update(NodeText.documents(file.facts()), List.of());
            own.commitText(store.sequence());
            SearchResult result = new Retriever(store, own, Optional::empty)
                    .search(SearchRequest.of("at Wide.put(Wide.java:15)", 50, SearchFilter.all()));
            assertThat(result.hits().getFirst().node().node()).isEqualTo(puts.get(13));
            assertThat(result.hits()).extracting(hit -> hit.node().node()).containsAll(puts);
        }
    }
}
