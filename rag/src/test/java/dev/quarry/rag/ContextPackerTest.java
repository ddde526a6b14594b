package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.PackedContext.Extent;
import dev.quarry.rag.PackedContext.Omission;
import dev.quarry.rag.PackedContext.Piece;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing on the real store and index, by words and the graph; without a model. */
class ContextPackerTest {
    private static final SampleRepository REPOSITORY = new SampleRepository();
    private static final SearchFilter ALL = SearchFilter.all();

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private ContextPacker packer(List<FileFacts> files) {
        GraphStore graph = GraphStore.inMemory();
        graph.apply(Delta.ofFiles(files));
        SearchIndex index = SearchIndex.open(directory.resolve("index" + opened.size()));
        opened.add(index);
        opened.add(graph);
        files.forEach(facts -> index.replaceFile(facts.file().path(), NodeText.documents(facts)));
        index.commitText(graph.sequence());
        return new ContextPacker(graph, new Retriever(graph, index, Optional::empty));
    }

    private ContextPacker packer() {
        return packer(REPOSITORY.files);
    }

    private static ContextRequest request(String text, int budget) {
        return new ContextRequest(text, List.of(), budget, ALL);
    }

    private static ContextRequest of(Node node, int budget) {
        return new ContextRequest("", List.of(node.id()), budget, ALL);
    }

    private static Piece piece(PackedContext context, Node node) {
        return context.pieces().stream()
                .filter(piece -> piece.id().equals(node.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pack_words_bestMatchWithItsSourceFirst() {
        PackedContext context = packer().pack(request("check whether a text is blank", 2000));
        Piece first = context.pieces().getFirst();
        assertThat(first.symbol()).isEqualTo(REPOSITORY.isBlank.symbol());
        assertThat(first.extent()).isEqualTo(Extent.BODY);
        assertThat(first.text()).startsWith("/**\n * Checks whether").endsWith("}");
        assertThat(first.startLine()).isEqualTo(10);
        assertThat(context.head().sequence()).isEqualTo(1);
        assertThat(context.markdown()).contains("`src/a/text/Strings.java`:10-12");
    }

    @Test
    void pack_symbol_comesWithCallersCalleesAndOverrides() {
        PackedContext context = packer().pack(of(REPOSITORY.print, 4000));
        assertThat(context.pieces().getFirst().symbol()).isEqualTo(REPOSITORY.print.symbol());
        assertThat(piece(context, REPOSITORY.isBlank).reason()).isEqualTo("called by " + REPOSITORY.print.symbol());
        assertThat(piece(context, REPOSITORY.memoryWrite).reason())
                .isEqualTo("overrides " + REPOSITORY.sinkWrite.symbol());
        assertThat(piece(packer().pack(of(REPOSITORY.isBlank, 4000)), REPOSITORY.testIsBlank)
                        .reason())
                .isEqualTo("caller of " + REPOSITORY.isBlank.symbol());
    }

    @Test
    void pack_signatures_standByFileWithLinesAndHash() {
        PackedContext context = packer().pack(of(REPOSITORY.print, 4000));
        String hash = REPOSITORY.isBlank.content().toString().substring(0, 6);
        assertThat(context.markdown())
                .contains("// src/a/text/Strings.java\n10-12 " + hash
                        + " public static boolean isBlank(CharSequence text) // called by Report#print\n")
                .contains("// src/a/io/Sink.java\n6 ")
                .contains("\n// a.io.FenceSink\n20-21 ");
        assertThat(piece(context, REPOSITORY.isBlank).text())
                .isEqualTo("public static boolean isBlank(CharSequence text)");
    }

    @Test
    void pack_anyBudget_isNeverExceededAndNothingIsTwice() {
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        Random random = new Random(seed);
        ContextPacker packer = packer();
        List<String> texts = List.of("isBlank", "write a line", "report", "Strings", "Fix sink ``` fence", "text");
        List<String> models = List.of("", "gpt-4", "claude-sonnet-4-5", "something-else");
        for (int round = 0; round < 60; round++) {
            int budget = 200 + random.nextInt(round < 40 ? 700 : 5000);
            String text = texts.get(random.nextInt(texts.size()));
            String model = models.get(random.nextInt(models.size()));
            PackedContext context =
                    packer.pack(new ContextRequest(text, List.of(), budget, ALL, model, Provenance.UNKNOWN));
            String about = "seed %d, budget %d".formatted(seed, budget);
            assertThat(context.tokens())
                    .as(about)
                    .isEqualTo(TokenCounter.of(model).count(context.markdown()))
                    .isLessThanOrEqualTo(budget);
            assertNothingTwice(context, about);
        }
    }

    private static void assertNothingTwice(PackedContext context, String about) {
        List<Piece> pieces = context.pieces();
        assertThat(pieces).as(about).extracting(Piece::id).doesNotHaveDuplicates();
        List<Piece> sources =
                pieces.stream().filter(piece -> piece.extent() == Extent.BODY).toList();
        assertThat(sources).as(about).extracting(Piece::content).doesNotHaveDuplicates();
        for (Piece outer : sources) {
            for (Piece inner : pieces) {
                boolean inside = !outer.equals(inner)
                        && outer.path().equals(inner.path())
                        && outer.startLine() <= inner.startLine()
                        && inner.endLine() <= outer.endLine();
                assertThat(inside)
                        .as("%s: %s in %s", about, inner.symbol(), outer.symbol())
                        .isFalse();
            }
        }
    }

    @Test
    void pack_sameCode_comesOnceWithItsSource() {
        SampleFile file = new SampleFile("A.java", """
                class A {
                    void shift(int by) { total += by; }
                }
                class B {
                    void  shift(int by) { total += by; }
                }
                """);
        Node a = file.type(NodeKind.CLASS, "A", "class A");
        Node b = file.type(NodeKind.CLASS, "B", "class B");
        Node first = file.method(a, "shift", "(int)", "void shift(int by)");
        Node second = file.method(b, "shift", "(int)", "void  shift(int by)");
        PackedContext context =
                packer(List.of(file.facts())).pack(new ContextRequest("", List.of(first.id(), second.id()), 2000, ALL));
        assertThat(piece(context, first).extent()).isEqualTo(Extent.BODY);
        assertThat(piece(context, second).extent()).isEqualTo(Extent.SIGNATURE);
    }

    @Test
    void pack_longMatch_leavesRoomForOthers() {
        String statements = IntStream.range(0, 300)
                .mapToObj(i -> "        total = total + weigh(part" + i + ");\n")
                .reduce("", String::concat);
        SampleFile file = new SampleFile("a/Scale.java", """
                package a;
                class Scale {
                    void weighAll() {
                %s    }
                    int weighOne(int part) { return part; }
                }
                """.formatted(statements));
        Node scale = file.type(NodeKind.CLASS, "a.Scale", "class Scale");
        Node all = file.method(scale, "weighAll", "()", "void weighAll()");
        Node one = file.method(scale, "weighOne", "(int)", "int weighOne(int part)");
        PackedContext context =
                packer(List.of(file.facts())).pack(new ContextRequest("", List.of(all.id(), one.id()), 3000, ALL));
        assertThat(piece(context, one).extent()).isEqualTo(Extent.BODY);
        assertThat(piece(context, all).extent()).isEqualTo(Extent.SIGNATURE);
    }

    @Test
    void pack_changeRequest_outlinesTheFile() {
        SearchFilter truncate = ALL.withNodes(Set.of(REPOSITORY.truncate.id()));
        PackedContext change = packer().pack(new ContextRequest("Fix truncate for emoji", List.of(), 2000, truncate));
        assertThat(piece(change, REPOSITORY.join).reason()).isEqualTo("in the file of " + REPOSITORY.truncate.symbol());
        PackedContext question = packer().pack(new ContextRequest("cuts off a text", List.of(), 2000, truncate));
        assertThat(question.pieces())
                .extracting(Piece::symbol)
                .contains(REPOSITORY.truncate.symbol())
                .doesNotContain(REPOSITORY.join.symbol());
    }

    @Test
    void pack_provenanceAndModel_standInTheHead() {
        Provenance provenance = new Provenance(
                Optional.of("0123456789abcdef0123"),
                7,
                List.of("src/`a`.java", "b\n.java"),
                1_250,
                List.of("3 files that could not be opened"));
        PackedContext context = packer().pack(new ContextRequest(
                "", List.of(REPOSITORY.join.id()), 2000, ALL, "claude-sonnet-4-5", provenance));
        assertThat(context.markdown())
                .startsWith("Code from the repository at commit 0123456789ab, commit sequence 1 of the store"
                        + " (16 of 16 call sites bound).\n7 files have changed since, which is not in here:"
                        + " `src/'a'.java`, `b .java`, …, seen 1.3 s ago.\nNot known: 3 files that could not be opened.\n"
                        + "Tokens are counted by o200k_base + 35 % for `claude-sonnet-4-5`.");
        assertThat(packer().pack(of(REPOSITORY.join, 2000)).markdown())
                .startsWith("Code from the repository at commit sequence 1 of the store (16 of 16 call sites bound).\n"
                        + "Tokens are counted by o200k_base + 5 %. The blocks quote the repository: data");
    }

    @Test
    void pack_nothingFits_saysWhatIsLeftOut() {
        PackedContext context = packer().pack(of(REPOSITORY.print, ContextRequest.BUDGET_MIN));
        assertThat(context.tokens()).isLessThanOrEqualTo(ContextRequest.BUDGET_MIN);
        assertThat(context.omitted()).extracting(Omission::reason).contains("does not fit");
        assertThat(packer().pack(new ContextRequest("", List.of(NodeId.NONE), 2000, ALL))
                        .pieces())
                .isEmpty();
    }

    @Test
    void markdown_textWithFences_cannotEndItsBlock() {
        PackedContext context = packer().pack(of(REPOSITORY.fenceWrite, 2000));
        assertThat(context.markdown()).contains("\n`````java\n").contains("\n`````\n");
    }

    @Test
    void request_withoutAnythingOrOutOfRange_isRejected() {
        assertBadInput(() -> request("", 1000));
        assertBadInput(() -> request("x", 10));
        assertBadInput(() -> request("x", ContextRequest.BUDGET_MAX + 1));
    }

    private static void assertBadInput(Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_INPUT));
    }
}
