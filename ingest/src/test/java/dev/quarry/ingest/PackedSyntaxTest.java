package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackedSyntaxTest {
    private static SyntaxFile parse(String text) {
        return JavaSyntax.parse(new SourceFile("p/C.java", ContentHash.ofText(text), text, text.length()));
    }

    private static void assertKept(SyntaxFile syntax) {
        PackedSyntax packed = PackedSyntax.of(syntax);
        assertThat(packed).isNotNull();
        assertThat(packed.unpack()).isEqualTo(syntax);
    }

    @Test
    void unpack_ofRealFiles_givesWhatWasPacked() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> some = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .limit(40)
                    .toList();
            assertThat(some).hasSize(40);
            for (Path file : some) {
                assertKept(parse(Files.readString(file)));
            }
        }
    }

    @Test
    void unpack_ofNamesBeyondAscii_givesWhatWasPacked() {
        assertKept(parse("class Größe { /** Doc. */ int 数, \\uD801\\uDC00; static {} Größe() {} }"));
        assertKept(parse(""));
    }

    @Test
    void of_withProblems_isNothing() {
        assertThat(PackedSyntax.of(parse("class C { void m( }"))).isNull();
    }
}
