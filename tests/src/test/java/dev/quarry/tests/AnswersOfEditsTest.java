package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheQuestion;
import dev.quarry.rag.CacheScope;
import dev.quarry.rag.Citation;
import dev.quarry.rag.NewAnswer;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers about a repository that is edited at random: what is served must still be so. */
class AnswersOfEditsTest {
    private static final CacheScope SCOPE = new CacheScope("", "shapes", "main", "model", "1");
    private static final long SEED = 20;
    private static final int EDITS = 12;

    @TempDir
    private Path folder;

    /** Each answer is the source of the method that its question is about. */
    @Test
    void answers_whileTheCodeIsEdited_areServedOnlyWhereItIsAsItWas() throws IOException {
        Path sources =
                Place.small(Files.createDirectory(folder.resolve("place"))).sources();
        SourceEditor editor = new SourceEditor(sources, new SplittableRandom(SEED));
        SplittableRandom random = new SplittableRandom(SEED);
        int hits = 0;
        int misses = 0;
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            Indexing.index(sources, workspace);
            for (int edit = 0; edit < EDITS; edit++) {
                for (Node method : methods(workspace)) {
                    String now = source(workspace, method);
                    if (workspace.answers().find(question(workspace, method)) instanceof AnswerCache.Lookup.Hit hit) {
                        assertThat(hit.answer().answer().text())
                                .as("seed %d, edit %d, %s", SEED, edit, method.symbol())
                                .isEqualTo(now);
                        hits++;
                    } else {
                        List<Citation> citations = List.of(Citation.ofSyntax(method.id(), method.content()));
                        workspace
                                .answers()
                                .keep(question(workspace, method), new NewAnswer(now, citations, 1, 0, Duration.ZERO));
                        misses++;
                    }
                }
                SourceEditor.Edit[] edits = SourceEditor.Edit.values();
                editor.edit(edits[random.nextInt(edits.length)]);
                Indexing.index(sources, workspace);
            }
            assertThat(workspace.answers().stats().failures()).isZero();
            assertThat(workspace.answers().stats().stale()).isPositive();
        }
        assertThat(hits).isGreaterThan(EDITS);
        assertThat(misses).isGreaterThan(12);
    }

    private static CacheQuestion question(Workspace workspace, Node method) {
        String text = "How does `" + method.symbol() + "` work?";
        return new CacheQuestion(text, SCOPE, workspace.graph().sequence(), new float[] {1, 2, 3});
    }

    private static List<Node> methods(Workspace workspace) {
        List<Node> methods = new ArrayList<>();
        workspace.graph().forEachNode(stamped -> {
            if (stamped.node().kind() == NodeKind.METHOD
                    && stamped.node().span().startLine() > 0) {
                methods.add(stamped.node());
            }
        });
        return methods;
    }

    /** The source of a method without layout and comments. */
    private static String source(Workspace workspace, Node method) {
        String path = workspace.graph().node(method.file()).orElseThrow().node().qualifiedName();
        String text = workspace
                .graph()
                .text(workspace.graph().file(path).orElseThrow().raw())
                .orElseThrow();
        return text.substring(method.span().start(), method.span().end())
                .replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "")
                .replaceAll("\\s+", "");
    }

    @Test
    void cacheCommand_withAndWithoutAServer_saysTheSame() throws IOException {
        Place place = Place.small(Files.createDirectory(folder.resolve("place")));
        try (Workspace workspace = Workspace.open(place.store(), WorkspaceOptions.forWriting())) {
            Indexing.index(place.sources(), workspace);
            for (Node method : methods(workspace)) {
                List<Citation> citations = List.of(Citation.ofSyntax(method.id(), method.content()));
                workspace
                        .answers()
                        .keep(
                                question(workspace, method),
                                new NewAnswer("so", citations, 7, 0.25, Duration.ofSeconds(1)));
            }
        }
        String store = place.store().toString();
        Quarry.Result alone = Quarry.run(place.sources(), "cache", "export", "--store", store);
        Quarry.Result unknown = Quarry.run(place.sources(), "cache", "purge", "--model", "none", "--store", store);
        assertThat(unknown.status()).isEqualTo(3);
        assertThat(unknown.err()).contains("no answers of 'none'; it has those of model");
        assertThat(alone.out().lines()).hasSize(12).allMatch(line -> line.contains("\"answer\":\"so\""));
        try (ServingProcess _ = ServingProcess.start(place.sources(), place.store(), Map.of())) {
            assertThat(Quarry.run(place.sources(), "cache", "export", "--store", store))
                    .isEqualTo(alone);
            assertThat(Quarry.run(place.sources(), "cache", "purge", "--model", "none", "--store", store))
                    .isEqualTo(unknown);
            assertThat(Quarry.run(place.sources(), "cache", "purge", "--model", "model", "--store", store)
                            .out())
                    .isEqualTo("12 answers dropped\n");
            assertThat(Quarry.run(place.sources(), "cache", "pin", "none", "--store", store)
                            .status())
                    .isEqualTo(3);
        }
        assertThat(Quarry.run(place.sources(), "cache", "--json", "--store", store)
                        .out())
                .contains("\"entries\" : 0");
    }
}
