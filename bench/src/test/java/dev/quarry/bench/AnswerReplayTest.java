package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ask.AnswerMemory;
import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskContext;
import dev.quarry.server.Backend;
import dev.quarry.server.BackendFinder;
import dev.quarry.server.CachedAnswers;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerReplayTest {
    private static final long SEED = 3;
    private static final int STATES = 12;
    private static final int FILES = 6;
    private static final int QUESTIONS = 20;

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int[] numbers = new int[FILES];
    private Path sources = Path.of("none");

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectories(folder.resolve("sources"));
        for (int i = 0; i < FILES; i++) {
            write(i, "");
        }
    }

    private void write(int number, String comment) throws IOException {
        Files.writeString(
                sources.resolve("Shape" + number + ".java"), comment + """
                    package shapes;
                    public class Shape%d {
                        private int width = 3;

                        /** The area. */
                        public int area() {
                            return width * %d;
                        }

                        public int twice(Shape0 other) {
                            return area() + other.area();
                        }

                        public String name() {
                            return "shape // %d";
                        }
                    }
                    """.formatted(number, numbers[number], number));
    }

    /** Changes a method, a comment, or the place of all in a file. */
    private void edit() throws IOException {
        int file = random.nextInt(FILES);
        int what = random.nextInt(3);
        if (what == 0) {
            numbers[file]++;
            write(file, "");
        } else if (what == 1) {
            write(file, "// A line.\n".repeat(1 + random.nextInt(3)));
        } else {
            Files.deleteIfExists(sources.resolve("Shape" + (1 + random.nextInt(FILES - 1)) + ".java"));
        }
    }

    @Test
    void replay_ofEdits_servesWhatIsAsItWas_andNothingStale() throws IOException {
        AnswerReplay replay = new AnswerReplay(sources, QUESTIONS, SEED);
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            Backend backend = Backend.of(workspace);
            for (int i = 0; i < STATES; i++) {
                index(workspace);
                replay.ask(
                        new CachedAnswers(backend), question -> new BackendFinder(backend).find(question, 8_000, ""));
                edit();
            }
        }
        AnswerReplay.Counts counts = replay.counts();
        assertThat(counts.stale).as("seed %d, %s", SEED, counts).isZero();
        assertThat(counts.misquoted).as("seed %d, %s", SEED, counts).isZero();
        assertThat(counts.served).isGreaterThan(5 * STATES);
        assertThat(counts.refused).isPositive();
    }

    /** A memory that never forgets is found out. */
    @Test
    void replay_ofAMemoryThatNeverForgets_countsStaleAnswers() throws IOException {
        AnswerReplay replay = new AnswerReplay(sources, QUESTIONS, SEED);
        Map<String, AskAnswer> kept = new HashMap<>();
        AnswerMemory memory = new AnswerMemory() {
            @Override
            public Optional<Remembered> find(String question, Maker maker) {
                return Optional.ofNullable(kept.get(name(question)))
                        .map(answer -> new Remembered("id", answer.text(), answer.context()));
            }

            @Override
            public void keep(AskAnswer answer, Maker maker) {
                kept.put(name(answer.question()), answer);
            }

            private String name(String question) {
                return question.replaceAll(".*`(.*)`.*", "$1");
            }
        };
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            BackendFinder finder = new BackendFinder(Backend.of(workspace));
            for (int i = 0; i < STATES; i++) {
                index(workspace);
                replay.ask(memory, question -> found(finder, question));
                edit();
            }
        }
        assertThat(replay.counts().stale).isPositive();
    }

    @Test
    void replay_whereAnotherModuleComesToDeclareTheSame_judgesByTheFile() throws IOException {
        AnswerReplay replay = new AnswerReplay(sources, QUESTIONS, SEED);
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            Backend backend = Backend.of(workspace);
            BackendFinder finder = new BackendFinder(backend);
            index(workspace);
            replay.ask(new CachedAnswers(backend), question -> found(finder, question));
            Path copies = Files.createDirectories(sources.resolve("copies"));
            for (int file = 0; file < FILES; file++) {
                Files.copy(sources.resolve("Shape" + file + ".java"), copies.resolve("Shape" + file + ".java"));
            }
            index(workspace);
            replay.ask(new CachedAnswers(backend), question -> found(finder, question));
        }
        assertThat(replay.counts().served).as(replay.counts().toString()).isPositive();
        assertThat(replay.counts().stale).as(replay.counts().toString()).isZero();
    }

    private static AskContext found(BackendFinder finder, String question) {
        return finder.find(question, 8_000, "");
    }

    private void index(Workspace workspace) {
        workspace.index(sources, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
    }

    @Test
    void plain_leavesTokens() {
        assertThat(DeclaredCode.plain("int  a = 1; // no\n/* x */ String s = \"a  // b\";\n"))
                .isEqualTo("int a=1;String s=\"a  // b\";");
        assertThat(DeclaredCode.plain("return  x ;")).isEqualTo("return x;");
        assertThat(DeclaredCode.plain("")).isEmpty();
    }
}
