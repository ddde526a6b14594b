package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornLogsTest {
    private static final String KEY = "test.key";

    @TempDir
    private Path directory;

    private Path data = Path.of("");

    @BeforeEach
    void locate() {
        data = directory.resolve("graph/engine/data");
    }

    private void write(String value) {
        try (GraphStore store = GraphStore.open(directory, StoreOptions.DEFAULT)) {
            store.putMeta(Map.of(KEY, value));
        }
    }

    private String read() {
        try (GraphStore store = GraphStore.open(directory, StoreOptions.DEFAULT)) {
            return store.meta(KEY).orElse("nothing");
        }
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private byte[] wholeLog() throws IOException {
        write("first");
        return Files.readAllBytes(logs().getLast());
    }

    /** Cuts off the last log as a full disk does to a first write, and writes after it. */
    private void assertLaterWriteStays(byte[] log) throws IOException {
        Files.write(logs().getLast(), Arrays.copyOf(log, 36), StandardOpenOption.TRUNCATE_EXISTING);

        write("second");

        assertThat(read()).isEqualTo("second");
        assertThat(read()).isEqualTo("second");
    }

    private Path log(String name) throws IOException {
        return Files.createDirectories(directory.resolve("logs")).resolve(name);
    }

    /** The length of a log's first record, by the head that says it. */
    private static int firstRecord(byte[] log) {
        return 7 + Byte.toUnsignedInt(log[4]) + 256 * Byte.toUnsignedInt(log[5]);
    }

    @Test
    void open_afterTheFirstRecordOfAllWasCutOff_keepsWhatIsWrittenSince() throws IOException {
        byte[] log = wholeLog();
        assertThat(log.length).isGreaterThan(40);
        DurableFiles.delete(directory.resolve("graph"));
        Path engine = Files.createDirectories(directory.resolve("graph/engine"));
        Engine.open(engine, StoreOptions.DEFAULT.cacheBytes()).close();

        assertLaterWriteStays(log);
    }

    @Test
    void open_afterTheFirstRecordOfALaterLogWasCutOff_keepsWhatIsWrittenSince() throws IOException {
        byte[] log = wholeLog();
        assertThat(read()).isEqualTo("first");

        assertLaterWriteStays(log);
    }

    @Test
    void empty_leavesALogWithAWholeRecord() throws IOException {
        byte[] log = wholeLog();
        byte[] cut = Arrays.copyOf(log, log.length + 9);
        Path file = log("000012.log");
        Files.write(file, cut);

        TornLogs.empty(directory.resolve("logs"));

        assertThat(file).hasBinaryContent(cut);
    }

    @Test
    void empty_atEachLength_emptiesWhatIsShorterThanTheFirstRecordAlone() throws IOException {
        byte[] log = wholeLog();
        int first = firstRecord(log);
        Path file = log("000012.log");
        for (int length = 0; length <= Math.min(log.length, first + 20); length++) {
            Files.write(file, Arrays.copyOf(log, length));

            TornLogs.empty(directory.resolve("logs"));

            assertThat(Files.size(file)).as("of %s bytes", length).isEqualTo(length < first ? 0 : length);
        }
    }

    @Test
    void empty_ofALogOfOneRecordThatItsChecksumDenies_emptiesIt() throws IOException {
        byte[] log = wholeLog();
        int first = firstRecord(log);
        byte[] damaged = Arrays.copyOf(log, first);
        damaged[first - 1] ^= 1;
        Path file = log("000012.log");
        Files.write(file, damaged);

        TornLogs.empty(directory.resolve("logs"));

        assertThat(file).isEmptyFile();
    }

    @Test
    void empty_stopsAtTheFirstLogWithAWholeRecord() throws IOException {
        byte[] log = wholeLog();
        Path torn = log("000009.log");
        Path whole = log("000010.log");
        Path later = log("000011.log");
        Files.write(torn, Arrays.copyOf(log, 20));
        Files.write(whole, log);
        Files.write(later, Arrays.copyOf(log, 20));

        TornLogs.empty(directory.resolve("logs"));

        assertThat(torn).isEmptyFile();
        assertThat(whole).hasBinaryContent(log);
        assertThat(later).hasSize(20);
    }
}
