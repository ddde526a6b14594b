package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.quarry.embed.ModelManifest.ModelFile;
import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedFileTest {
    private static final byte[] CONTENT = "the network".getBytes(StandardCharsets.UTF_8);
    private static final ModelFile FILE = new ModelFile("m.onnx", CONTENT.length, ContentHash.ofContent(CONTENT));

    @TempDir
    private Path cache;

    @Test
    void read_afterWrite_isTheContentAndNothingElseIsLeft() throws IOException {
        UnpackedFile file = new UnpackedFile(FILE, cache);
        assertThat(file.read()).isNull();
        file.write(CONTENT);
        file.write(CONTENT);
        assertThat(file.read()).isEqualTo(CONTENT);
        assertThat(files()).hasSize(1);
    }

    @Test
    void read_changedOrCutContent_isNotTaken() throws IOException {
        UnpackedFile file = new UnpackedFile(FILE, cache);
        file.write("THE NETWORK".getBytes(StandardCharsets.UTF_8));
        assertThat(file.read()).isNull();
        Files.write(files().getFirst(), new byte[3]);
        assertThat(file.read()).isNull();
        file.write(CONTENT);
        assertThat(file.read()).isEqualTo(CONTENT);
    }

    @Test
    void write_cacheThatIsNoDirectory_isLeftOut() throws IOException {
        Path notADirectory = Files.writeString(cache.resolve("models"), "in the way");
        UnpackedFile file = new UnpackedFile(FILE, cache);
        assertThatCode(() -> file.write(CONTENT)).doesNotThrowAnyException();
        assertThat(file.read()).isNull();
        assertThat(notADirectory).hasContent("in the way");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(cache)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
