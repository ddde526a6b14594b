package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskContext;
import dev.quarry.ask.Citations;
import dev.quarry.llm.Attempt;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.Usage;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final LocalDate DAY = LocalDate.parse("2030-01-31");

    @TempDir
    private Path store;

    private Traces traces(int days, int megabytes) {
        return Traces.of(store, new TraceSettings(true, days, megabytes));
    }

    private static Map<String, @Nullable Object> document(String id, String question, String text) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("question", question);
        document.put("text", text);
        return document;
    }

    private static List<Object> ids(List<Map<String, @Nullable Object>> found) {
        return found.stream()
                .map(trace -> (Object) String.valueOf(trace.get("id")))
                .toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("traces"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void find_words_areAllInQuestionOrAnswer() throws IOException {
        Traces traces = traces(30, 64);
        traces.add(document("1", "How is a Date parsed?", "By the parser [1]."), DAY);
        traces.add(document("2", "Who calls trim?", "The parser does."), DAY);
        assertThat(ids(traces.find("", 9))).containsExactly("2", "1");
        assertThat(ids(traces.find("PARSER date", 9))).containsExactly("1");
        assertThat(ids(traces.find("parser", 1))).containsExactly("2");
        assertThat(traces.find("nothing", 9)).isEmpty();
        traces.add(document("3", "Added behind a search: ünïcode?", "Yes."), DAY);
        assertThat(ids(traces.find("ünïcode", 9))).containsExactly("3");
        assertThat(traces.get("3").get("text")).isEqualTo("Yes.");
        traces.close();
        assertThat(ids(traces(30, 64).find("", 9))).as("read anew").containsExactly("3", "2", "1");
    }

    @Test
    void find_words_areThoseThatBeginSo() throws IOException {
        try (Traces traces = traces(30, 64)) {
            traces.add(document("1", "How does StringUtils.parseDate work?", "By the parser [1]."), DAY);
            for (String words : List.of("pars", "date", "parsedate", "StringUtils.parseDate", "string how")) {
                assertThat(ids(traces.find(words, 9))).as(words).containsExactly("1");
            }
            assertThat(traces.find("arse", 9)).isEmpty();
            assertThatThrownBy(() -> traces.get("4"))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("'4'");
        }
    }

    @Test
    void find_manyAddedInSeveralRuns_findsEachOnceWhateverBecomesOfTheList() throws IOException {
        Path list = store.resolve("traces").resolve("words");
        for (int run = 0; run < 4; run++) {
            try (Traces traces = traces(30, 64)) {
                for (int i = 0; i < 300; i++) {
                    traces.add(document(run + "-" + i, "question " + run, "t".repeat(20_000)), DAY.plusDays(run));
                }
                assertThat(ids(traces.find("question " + run, 1_000))).hasSize(300);
                assertThat(ids(traces.find("", 9))).first().isEqualTo(run + "-299");
            }
            if (run == 1) {
                try (Stream<Path> parts = Files.list(list)) {
                    for (Path part : parts.toList()) {
                        Files.writeString(part, "damaged");
                    }
                }
            }
        }
        try (Traces traces = traces(30, 64)) {
            assertThat(ids(traces.find("question", 2_000))).hasSize(1_200).doesNotHaveDuplicates();
            assertThat(files()).hasSizeGreaterThan(4);
        }
    }

    @Test
    void find_lineThatAKilledProcessLeft_isPassedOver() throws IOException {
        traces(30, 64).add(document("1", "q", "t"), DAY);
        Path file = store.resolve("traces").resolve("2030-01-31-0001.jsonl");
        Files.writeString(file, "{\"id\":\n{\"id\": \"cut", StandardOpenOption.APPEND);
        try (Traces traces = traces(30, 64)) {
            assertThat(ids(traces.find("", 9))).containsExactly("1");
            traces.add(document("2", "behind it", "t"), DAY);
            assertThat(ids(traces.find("", 9))).containsExactly("2", "1");
        }
    }

    @Test
    void add_behindTheDaysKept_removesTheEldest() throws IOException {
        Traces traces = traces(2, 64);
        for (int day = 0; day < 5; day++) {
            traces.add(document("" + day, "q", "t"), DAY.plusDays(day));
        }
        assertThat(ids(traces.find("", 9))).containsExactly("4", "3", "2");
        assertThat(files()).hasSize(3);
    }

    @Test
    void add_beyondTheSpaceKept_removesTheEldest() throws IOException {
        Traces traces = traces(30, 1);
        String large = "x".repeat(700_000);
        for (int day = 0; day < 4; day++) {
            traces.add(document("" + day, "q", large), DAY.plusDays(day));
        }
        assertThat(ids(traces.find("", 9))).containsExactly("3");
        for (int i = 0; i < 7; i++) {
            traces.add(document("l" + i, "q", large), DAY.plusDays(3));
        }
        assertThat(files()).as("a full file is followed by another").contains("2030-02-03-0002.jsonl");
    }

    @Test
    void document_ofAFailureThatRepeatsTheQuestion_hasNoSecret() {
        String secret = "sk-verysecretkey0123456789";
        Attempt attempt = new Attempt(
                "a", BackendKind.OPENAI, "m", Attempt.Outcome.REFUSED, "bad input: " + secret, 400, "", 0, -1, 1, "");
        ChatResult result = new ChatResult(
                ChatResult.Status.UNAVAILABLE,
                "",
                "a",
                "m",
                List.of(attempt),
                new Usage(0, 0, false),
                OptionalDouble.empty(),
                -1,
                1,
                "refused: " + secret,
                "");
        AskAnswer answer = new AskAnswer(
                "id",
                "Is " + secret + " a key?",
                secret,
                "",
                AskAnswer.Kind.EXTRACT,
                "It is " + secret,
                new AskContext(List.of(), 0, 1, Map.of()),
                Citations.NONE,
                result,
                new AskAnswer.Timings(1, 1, 1));
        assertThat(Traces.document(answer, Instant.EPOCH).toString())
                .contains("bad input: ")
                .doesNotContain(secret);
    }

    @Test
    void add_switchedOff_keepsNothing() {
        assertThat(TraceSettings.OFF.enabled()).isFalse();
        assertThat(Traces.of(store, TraceSettings.OFF).find("", 9)).isEmpty();
        assertThat(store.resolve("traces")).doesNotExist();
    }
}
