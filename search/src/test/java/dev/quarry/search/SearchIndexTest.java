package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchIndexTest {
    private static final SearchDocument IS_BLANK = method(
            "org.lang.StringUtils#isBlank", "Checks if a text is empty or white space only.", "src/main/A.java", 0);
    private static final SearchDocument BLANK_LINES =
            method("org.text.Lines#countBlank", "Counts blank lines: isBlank isBlank isBlank.", "src/main/B.java", 0);
    private static final SearchDocument TEST_OF_IT =
            method("org.lang.StringUtilsTest#testIsBlank", "", "src/test/C.java", Flags.TEST);

    @TempDir
    private Path folder;

    private static SearchDocument method(String qualifiedName, String doc, String path, int flags) {
        String name = qualifiedName.substring(qualifiedName.indexOf('#') + 1);
        NodeId id = NodeId.of(NodeKind.METHOD, qualifiedName, "()");
        String body = "void " + name + "() { run(\"a literal\"); }";
        return new SearchDocument(
                id, NodeKind.METHOD, name, qualifiedName, "void " + name + "()", doc, body, path, flags);
    }

    private static List<NodeId> ids(List<SearchHit> hits) {
        return hits.stream().map(SearchHit::id).toList();
    }

    private static List<NodeId> find(SearchIndex index, String query) {
        return ids(index.text(query, SearchFilter.all(), 10));
    }

    private SearchIndex filled() {
        SearchIndex index = SearchIndex.open(folder);
        index.update(List.of(BLANK_LINES, TEST_OF_IT, IS_BLANK), List.of());
        index.commit(3, 0);
        return index;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isBlank",
                "StringUtils.isBlank",
                "StringUtils#isBlank",
                "StringUtils::isBlank",
                "org.lang.StringUtils#isBlank",
                "org.lang.StringUtils.isBlank(java.lang.CharSequence)",
                "isblank",
                "stringutils.isblank",
                " isBlank() ",
            })
    void text_nameOfASymbol_hasThatSymbolFirst(String query) {
        try (SearchIndex index = filled()) {
            assertThat(find(index, query)).first().isEqualTo(IS_BLANK.id());
        }
    }

    @Test
    void text_wordsPrefixesAndHumps_findTheSymbol() {
        try (SearchIndex index = filled()) {
            assertThat(find(index, "whether a string is whitespace or empty"))
                    .first()
                    .isEqualTo(IS_BLANK.id());
            assertThat(find(index, "isBl")).contains(IS_BLANK.id());
            assertThat(find(index, "iBl")).first().isEqualTo(IS_BLANK.id());
            assertThat(find(index, "SU.isB")).first().isEqualTo(IS_BLANK.id());
            assertThat(find(index, "isBlnak")).first().isEqualTo(IS_BLANK.id());
            assertThat(find(index, "StringUtlis.isBlank")).first().isEqualTo(IS_BLANK.id());
            assertThat(find(index, "literal")).hasSize(3);
        }
    }

    @Test
    void fileCoverage_termsInSeveralDeclarations_areSharesOfTheFile() {
        SearchDocument other = method("org.text.Lines#countLiteral", "Counts tabs.", "src/main/B.java", 0);
        try (SearchIndex index = filled()) {
            index.update(List.of(other), List.of());
            index.commit(4, 0);
            Map<String, Float> shares = index.fileCoverage("blank tabs nowhere");
            assertThat(shares).containsOnlyKeys("src/main/A.java", "src/main/B.java", "src/test/C.java");
            assertThat(shares.get("src/main/B.java")).isGreaterThan(shares.get("src/main/A.java"));
            assertThat(shares.values()).allMatch(share -> share > 0 && share <= 1);
            assertThat(index.fileCoverage("tabs")).isEqualTo(Map.of("src/main/B.java", 1f));
            assertThat(index.fileCoverage("?!")).isEmpty();
        }
    }

    @Test
    void text_beginningOfATypesName_findsTheTypeBeforeItsConstructor() {
        NodeId type = NodeId.of(NodeKind.CLASS, "org.lang.Wrapper", "");
        NodeId constructor = NodeId.of(NodeKind.CONSTRUCTOR, "org.lang.Wrapper#<init>", "()");
        try (SearchIndex index = filled()) {
            index.update(
                    List.of(
                            new SearchDocument(
                                    constructor,
                                    NodeKind.CONSTRUCTOR,
                                    "<init>",
                                    "org.lang.Wrapper#<init>",
                                    "Wrapper()",
                                    "",
                                    "Wrapper() {}",
                                    "a.java",
                                    0),
                            new SearchDocument(
                                    type, NodeKind.CLASS, "Wrapper", "org.lang.Wrapper", "", "", "", "a.java", 0)),
                    List.of());
            index.commit(4, 0);
            assertThat(find(index, "Wrap")).first().isEqualTo(type);
            assertThat(find(index, "Wrapper")).first().isEqualTo(type);
        }
    }

    @Test
    void text_hits_tellHowWellTheyAreNamed() {
        try (SearchIndex index = filled()) {
            List<SearchHit> hits = index.text("isBlank", SearchFilter.all(), 10);
            assertThat(hits.getFirst().named()).isEqualTo(1);
            assertThat(hits.subList(1, hits.size())).allMatch(hit -> hit.named() < 0.95);
            assertThat(index.text("whether it is blank", SearchFilter.all(), 10))
                    .allMatch(hit -> hit.named() == 0);
        }
    }

    @Test
    void scores_ofGivenNodes_areThoseOfTheSearches() {
        try (SearchIndex index = filled()) {
            index.updateVectors(Map.of(IS_BLANK.id(), new float[] {3, 4}), List.of());
            index.commit(5, 5);
            String query = "blank lines";
            Map<NodeId, Float> scores = index.textScores(query, List.of(BLANK_LINES.id(), IS_BLANK.id()));
            assertThat(scores).hasSize(2);
            index.text(query, SearchFilter.all(), 10).stream()
                    .filter(hit -> scores.containsKey(hit.id()))
                    .forEach(hit -> assertThat(scores).containsEntry(hit.id(), hit.score()));
            assertThat(index.cosines(new float[] {4, 3}, List.of(IS_BLANK.id(), BLANK_LINES.id())))
                    .hasSize(1)
                    .hasEntrySatisfying(
                            IS_BLANK.id(),
                            cosine -> assertThat(cosine).isCloseTo(0.96f, org.assertj.core.data.Offset.offset(1e-5f)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "?",
                "\"",
                "\"a b",
                "<T> & || ! ( ) { } [ ] ^ ~ : \\ /",
                "name:value AND OR NOT",
                "isBl*",
                "\\",
                "a\\",
                "List<? extends Foo>",
                "\u0000\uD800",
                "/.*/",
                "+-",
                "~1",
                "[a TO b]",
                "..",
                "#",
                "😀"
            })
    void text_hostileQueries_neverFail(String query) {
        try (SearchIndex index = filled()) {
            assertThatCode(() -> index.text(query, SearchFilter.all(), 10)).doesNotThrowAnyException();
            assertThatCode(() -> index.text(query.repeat(5000), SearchFilter.all(), 10))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void text_manyWords_neverFails() {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            query.append("word").append((char) ('a' + i % 26)).append(i).append(' ');
        }
        try (SearchIndex index = filled()) {
            assertThat(index.text(query + "blank", SearchFilter.all(), 0)).isEmpty();
            assertThatCode(() -> index.text(query.toString(), SearchFilter.all(), 10))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void text_filters_leaveOutTheRest() {
        SearchFilter all = SearchFilter.all();
        try (SearchIndex index = filled()) {
            assertThat(ids(index.text("blank", all.withCode(SearchFilter.Code.MAIN), 9)))
                    .containsExactlyInAnyOrder(IS_BLANK.id(), BLANK_LINES.id());
            assertThat(ids(index.text("blank", all.withCode(SearchFilter.Code.TEST), 9)))
                    .containsExactly(TEST_OF_IT.id());
            assertThat(ids(index.text("blank", all.withPath("src/test/"), 9))).containsExactly(TEST_OF_IT.id());
            assertThat(index.text("blank", all.withPath("src/te"), 9)).isEmpty();
            assertThat(ids(index.text("blank", all.withPackage("org.text"), 9))).containsExactly(BLANK_LINES.id());
            assertThat(index.text("blank", all.withPackage("org.te"), 9)).isEmpty();
            assertThat(index.text("blank", all.withKinds(Set.of(NodeKind.CLASS)), 9))
                    .isEmpty();
            assertThat(index.text("blank", all.withKinds(Set.of(NodeKind.METHOD)), 9))
                    .hasSize(3);
        }
    }

    @Test
    void update_beforeCommit_isNotSeen() {
        try (SearchIndex index = filled()) {
            index.update(List.of(), List.of(IS_BLANK.id()));
            assertThat(find(index, "isBlank")).contains(IS_BLANK.id());
            index.commit(4, 0);
            assertThat(find(index, "isBlank")).isNotEmpty().doesNotContain(IS_BLANK.id());
            assertThat(index.textCount()).isEqualTo(2);
        }
    }

    @Test
    void update_sameId_replacesTheDocument() {
        try (SearchIndex index = filled()) {
            SearchDocument other = new SearchDocument(
                    IS_BLANK.id(), NodeKind.METHOD, "renamed", "a.B#renamed", "", "", "", "src/main/A.java", 0);
            index.update(List.of(other), List.of());
            index.commit(4, 0);
            assertThat(index.textCount()).isEqualTo(3);
            assertThat(find(index, "renamed")).containsExactly(IS_BLANK.id());
        }
    }

    @Test
    void commit_afterReopening_isStillThere() {
        try (SearchIndex index = filled()) {
            index.updateVectors(Map.of(IS_BLANK.id(), new float[] {3, 4}), List.of());
            index.commit(5, 7);
        }
        try (SearchIndex index = SearchIndex.open(folder)) {
            assertThat(index.textSequence()).isEqualTo(5);
            assertThat(index.vectorSequence()).isEqualTo(7);
            assertThat(find(index, "isBlank")).hasSize(3);
            assertThat(index.vectors(new float[] {30, 40}, SearchFilter.all(), 3))
                    .singleElement()
                    .satisfies(hit -> assertThat(hit.score()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5f)));
        }
    }

    @Test
    void close_withoutCommit_losesTheUpdateOnly() {
        try (SearchIndex index = filled()) {
            index.update(List.of(), List.of(IS_BLANK.id(), BLANK_LINES.id()));
        }
        try (SearchIndex index = SearchIndex.open(folder)) {
            assertThat(index.textSequence()).isEqualTo(3);
            assertThat(index.textCount()).isEqualTo(3);
        }
    }

    @Test
    void open_copyOfAnIndexInTheMiddleOfAnUpdate_hasTheLastCommit(@TempDir Path copy) throws IOException {
        try (SearchIndex index = filled()) {
            for (int i = 0; i < 2000; i++) {
                index.update(List.of(method("p.C" + i + "#m" + i, "words ".repeat(50), "x.java", 0)), List.of());
            }
            copy(folder, copy);
        }
        try (SearchIndex index = SearchIndex.open(copy)) {
            assertThat(index.textSequence()).isEqualTo(3);
            assertThat(index.textCount()).isEqualTo(3);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void open_twice_isBusy() {
        try (SearchIndex first = filled()) {
            assertThatThrownBy(() -> SearchIndex.open(folder))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining(folder.toString())
                    .extracting(e -> ((QuarryException) e).code())
                    .isEqualTo(ErrorCode.BUSY);
            assertThat(first.textCount()).isEqualTo(3);
        }
    }

    @Test
    void openReadOnly_besideAWriter_readsTheLastCommit() {
        try (SearchIndex writer = filled();
                SearchIndex reader = SearchIndex.openReadOnly(folder)) {
            writer.update(List.of(), List.of(IS_BLANK.id()));
            writer.commit(4, 0);
            assertThat(reader.textSequence()).isEqualTo(3);
            assertThat(find(reader, "isBlank")).hasSize(3);
        }
    }

    @Test
    void openReadOnly_noIndex_isEmptyAndSaysSo() {
        Path none = folder.resolve("none");
        try (SearchIndex reader = SearchIndex.openReadOnly(none)) {
            assertThat(reader.textSequence()).isZero();
            assertThat(find(reader, "isBlank")).isEmpty();
            assertThat(reader.textProblem())
                    .hasValue("the search index of text is missing ('quarry index' makes it anew)");
            assertThat(reader.vectorProblem()).isPresent();
            assertThat(reader.damage()).hasValue("the index of text is missing");
        }
        assertThat(none).doesNotExist();
    }

    @Test
    void openReadOnly_wholeIndex_hasNoProblem() {
        filled().close();
        try (SearchIndex reader = SearchIndex.openReadOnly(folder)) {
            assertThat(reader.textProblem()).isEmpty();
            assertThat(reader.vectorProblem()).isEmpty();
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void open_otherFormat_startsAgainFromSequenceZero() throws IOException {
        filled().close();
        try (Directory directory = FSDirectory.open(folder.resolve("text"));
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(
                    Map.of("quarry.sequence", "3", "quarry.format", "4").entrySet());
            writer.commit();
        }
        try (SearchIndex index = SearchIndex.open(folder)) {
            assertThat(index.textSequence()).isZero();
            assertThat(index.textCount()).isZero();
        }
    }

    @Test
    void open_damagedFiles_startsAgainFromSequenceZero() throws IOException {
        filled().close();
        try (Stream<Path> files = Files.list(folder.resolve("text"))) {
            for (Path file : files.filter(each -> !each.endsWith("write.lock")).toList()) {
                Files.writeString(file, "garbage");
            }
        }
        try (SearchIndex reader = SearchIndex.openReadOnly(folder)) {
            assertThat(reader.textSequence()).isZero();
            assertThat(find(reader, "isBlank")).isEmpty();
            assertThat(reader.textProblem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains("text cannot be read", "'quarry index'"));
            assertThat(reader.vectorProblem()).isEmpty();
            assertThat(reader.damage()).isPresent();
        }
        try (SearchIndex index = SearchIndex.open(folder)) {
            assertThat(index.textProblem()).isEmpty();
            assertThat(index.textSequence()).isZero();
            assertThat(index.textCount()).isZero();
            index.update(List.of(IS_BLANK), List.of());
            index.commit(1, 0);
            assertThat(find(index, "isBlank")).hasSize(1);
        }
    }

    @Test
    void text_besideAWriter_seesWholeCommitsOnly() throws InterruptedException {
        AtomicBoolean running = new AtomicBoolean(true);
        List<Integer> sizes = new ArrayList<>();
        try (SearchIndex index = SearchIndex.open(folder)) {
            Thread reader = new Thread(() -> {
                while (running.get()) {
                    sizes.add(index.text("blank", SearchFilter.all(), 100).size());
                }
            });
            reader.start();
            for (int round = 1; round <= 20; round++) {
                index.update(List.of(IS_BLANK), List.of());
                index.update(List.of(BLANK_LINES), List.of());
                index.commit(round, 0);
                index.update(List.of(), List.of(IS_BLANK.id(), BLANK_LINES.id()));
                index.commit(round, 0);
            }
            running.set(false);
            reader.join();
        }
        assertThat(sizes).isNotEmpty().allMatch(size -> size == 0 || size == 2);
    }
}
