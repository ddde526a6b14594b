package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.Findings;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreCheck;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.rag.Leg;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult;
import dev.quarry.rag.SearchResult.LegReport;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.StoreVerification;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verification finds in a store whose rows or serving index are not those of its texts. */
class VerifyTest {
    private static final String FILE = "A.java";

    @TempDir
    Path folder;

    private Path store = Path.of("");

    @BeforeEach
    void index() throws IOException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve(FILE), "package p;\n/** Doc. */\nclass A {\n  int m() { return 1; }\n}\n");
        Files.writeString(sources.resolve("B.java"), "package p;\nclass B extends A {\n  int n() { return m(); }\n}\n");
        store = folder.resolve("store");
        Quarry.Result result =
                Quarry.run(folder, "index", "--no-embed", "--store", store.toString(), sources.toString());
        assertThat(result.status()).as(result.err()).isZero();
    }

    @Test
    void verify_storeAsIndexed_isSound() {
        StoreVerification.Result result = StoreVerification.of(store);

        assertThat(result.findings().violations()).isZero();
        assertThat(result.complete()).isTrue();
        assertThat(result.current()).isTrue();
        assertThat(result.findings().tally(StoreCheck.TEXT).checked()).isEqualTo(2);
        assertThat(result.findings().tally(StoreCheck.DECLARATION).checked()).isPositive();
    }

    @Test
    void verify_contentHashOfAnotherText_namesTheDeclaration() {
        change(node -> node.name().equals("m") ? withContent(node, ContentHash.ofText("other")) : node, text -> text);

        assertThat(problems(StoreCheck.DECLARATION))
                .containsExactly("METHOD p.A#m() in " + FILE + " its text has other hashes");
    }

    @Test
    void verify_placeBehindTheText_namesTheDeclaration() {
        change(node -> node.kind() == NodeKind.METHOD ? withSpan(node, new Span(7, 7, 999, 4, 4)) : node, text -> text);

        assertThat(problems(StoreCheck.NODE)).containsExactly("METHOD p.A#m() ends behind the end of " + FILE);
        assertThat(problems(StoreCheck.DECLARATION))
                .containsExactly("METHOD p.A#m() in " + FILE + " its text declares nothing there");
    }

    @Test
    void verify_textOfAnotherHash_namesTheFile() {
        change(node -> node, text -> text + " ");

        assertThat(problems(StoreCheck.TEXT)).containsExactly(FILE + " its text has another hash than its bytes had");
    }

    @Test
    void verify_documentMissingFromTheServingIndex_namesIt() {
        long sequence = sequence();
        try (SearchIndex search = SearchIndex.open(store.resolve("search"))) {
            search.replaceFile(FILE, List.of());
            search.commitText(sequence);
        }

        assertThat(problems(StoreCheck.SERVING)).contains("the index of text lacks METHOD p.A#m()");
    }

    @Test
    void verify_servingIndexAhead_isFound() {
        long sequence = sequence();
        try (SearchIndex search = SearchIndex.open(store.resolve("search"))) {
            search.commitText(sequence + 1);
        }

        assertThat(problems(StoreCheck.SERVING)).hasSize(1).first().asString().contains("is at commit");
    }

    @Test
    void verify_servingIndexThatIsBehind_isSound() {
        long sequence = sequence();
        try (SearchIndex search = SearchIndex.open(store.resolve("search"))) {
            search.commitText(sequence - 1);
        }

        assertThat(problems(StoreCheck.SERVING)).isEmpty();
        assertThat(StoreVerification.of(store).current()).isFalse();
    }

    @Test
    void verify_servingIndexThatIsMissing_isFoundUntilItIsMadeAnew() throws IOException {
        removeSearch();

        assertThat(problems(StoreCheck.SERVING))
                .containsExactly("the serving index is damaged: the index of text is missing");
        assertThat(Quarry.run(folder, "verify", "--store", store.toString()).status())
                .isEqualTo(4);

        Indexing.index(folder.resolve("sources"), store);
        assertThat(problems(StoreCheck.SERVING)).isEmpty();
        assertThat(StoreVerification.of(store).current()).isTrue();
    }

    @Test
    void verify_servingIndexOverwritten_isFound() throws IOException {
        overwriteSearch();

        assertThat(problems(StoreCheck.SERVING))
                .singleElement()
                .asString()
                .startsWith("the serving index is damaged: the index of text cannot be read: ");
    }

    @Test
    void search_servingIndexThatCannotBeRead_saysSoAndWhatHelps() throws IOException {
        overwriteSearch();
        assertThat(textLeg()).contains("the search index of text cannot be read: ", "'quarry index' makes it anew");
        Quarry.Result status = Quarry.run(folder, "status", "--json", "--store", store.toString());
        assertThat(status.out()).contains("\"problems\" : [ \"the search index of text cannot be read: ");

        removeSearch();
        assertThat(textLeg()).isEqualTo("the search index of text is missing ('quarry index' makes it anew)");
    }

    /** Why the search by words did not run. */
    private String textLeg() {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forReading())) {
            SearchResult found = workspace.retriever().search(SearchRequest.of("doc", 5, SearchFilter.all()));
            LegReport leg = found.legs().getFirst();
            assertThat(leg.leg()).isEqualTo(Leg.TEXT);
            assertThat(leg.ran()).isFalse();
            assertThat(found.legs().get(1).note()).doesNotContain("no vectors yet");
            return leg.note();
        }
    }

    private void overwriteSearch() throws IOException {
        for (String part : List.of("text", "vectors")) {
            try (Stream<Path> files = Files.list(store.resolve("search").resolve(part))) {
                for (Path file :
                        files.filter(each -> !each.endsWith("write.lock")).toList()) {
                    Files.writeString(file, "nothing of Lucene's");
                }
            }
        }
    }

    private void removeSearch() throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve("search"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void verify_historyThatLeadsBack_isSound() throws IOException {
        edit();

        assertThat(problems(StoreCheck.HISTORY)).isEmpty();
        StoreVerification.Result result = StoreVerification.of(store);
        assertThat(result.findings().tally(StoreCheck.HISTORY).checked()).isGreaterThanOrEqualTo(5);
        assertThat(store).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void verify_changeThatIsMissing_isFound() throws IOException {
        edit();
        DamagedStore.run(store, "?[number, part] := *change{number, part}, number = 1 :rm change {number, part}");

        assertThat(problems(StoreCheck.HISTORY)).contains("change 2 does not follow change 0");
    }

    @Test
    void verify_changeThatCannotBeRead_isFound() throws IOException {
        edit();
        DamagedStore.run(
                store,
                "?[number, part, rows] := *change{number, part}, number = 1, rows = decode_base64('AAAA')"
                        + " :put change {number, part => rows}");

        assertThat(problems(StoreCheck.HISTORY)).containsExactly("change 1 cannot be read");
        assertThat(Quarry.run(folder, "gc", "--keep-states", "1", "--store", store.toString())
                        .status())
                .isZero();
        assertThat(problems(StoreCheck.HISTORY)).isEmpty();
    }

    @Test
    void verify_changeThatLeadsElsewhere_namesTheState() throws IOException {
        edit();
        DamagedStore.run(
                store,
                "?[number, part, rows] := *change{number: 3, part, rows}, number = 2"
                        + " :put change {number, part => rows}");

        assertThat(problems(StoreCheck.HISTORY))
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith("state ") || problem.startsWith("going back "));
    }

    /** Leads to three further states. */
    private void edit() throws IOException {
        Path sources = folder.resolve("sources");
        for (String body : List.of("2", "n()", "3 + n()")) {
            String text = "package p;\nclass C extends B { int o() { return %s; } }\n".formatted(body);
            Files.writeString(sources.resolve("C.java"), text);
            Indexing.index(sources, store);
        }
    }

    @Test
    void verify_command_saysWhatIsWrongAndEndsWith4() {
        change(node -> node.name().equals("m") ? withContent(node, ContentHash.ofText("other")) : node, text -> text);

        Quarry.Result result = Quarry.run(folder, "verify", "--store", store.toString());

        assertThat(result.status()).isEqualTo(4);
        assertThat(result.out()).contains("METHOD p.A#m()", "index again");
        assertThat(Quarry.run(folder, "verify", "--json", "--store", store.toString())
                        .out())
                .contains("\"DECLARATION\"", "\"violations\"");
    }

    private List<String> problems(StoreCheck check) {
        Findings findings = StoreVerification.of(store).findings();
        return findings.tally(check).kept().stream()
                .map(violation -> violation.subject() + " " + violation.problem())
                .toList();
    }

    private long sequence() {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            return graph.sequence();
        }
    }

    /** Writes other facts of the file, as an index run with a defect would; the text under a hash that it has not. */
    private void change(UnaryOperator<Node> nodes, UnaryOperator<String> text) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            FileRecord file = graph.file(FILE).orElseThrow();
            String before = graph.text(file.raw()).orElseThrow();
            String after = text.apply(before);
            FileRecord record = after.equals(before) ? file : withRaw(file, ContentHash.ofText("of another text"));
            List<Node> changed = new ArrayList<>();
            graph.node(file.id()).map(StampedNode::node).ifPresent(changed::add);
            graph.declaredIn(file.id()).forEach(stamped -> changed.add(nodes.apply(stamped.node())));
            graph.apply(Delta.ofFiles(List.of(new FileFacts(record, after, changed, List.of()))));
        }
    }

    private static FileRecord withRaw(FileRecord file, ContentHash raw) {
        return new FileRecord(
                file.path(), raw, file.status(), file.problem(), file.bytes(), file.lines(), file.coverage());
    }

    private static Node withContent(Node node, ContentHash content) {
        return copy(node, node.span(), content);
    }

    private static Node withSpan(Node node, Span span) {
        return copy(node, span, node.content());
    }

    private static Node copy(Node node, Span span, ContentHash content) {
        return new Node(
                node.id(),
                node.kind(),
                node.name(),
                node.qualifiedName(),
                node.signature(),
                node.declaration(),
                node.file(),
                span,
                node.flags(),
                content,
                node.shape(),
                node.doc(),
                node.detail());
    }
}
