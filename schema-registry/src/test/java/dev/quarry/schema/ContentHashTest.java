package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContentHashTest {
    /** The first 32 bytes of the hash of no input, from the test vectors published with BLAKE3. */
    private static final String EMPTY = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";

    @Test
    void ofContent_nothing_isBlake3OfNothing() {
        assertThat(ContentHash.ofContent(new byte[0])).hasToString(EMPTY);
    }

    @Test
    void ofContent_publishedVector_isBlake3() {
        byte[] input = new byte[1025];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) (i % 251);
        }
        assertThat(ContentHash.ofContent(input))
                .hasToString("d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444");
    }

    @Test
    void parse_printed_isTheSame() {
        ContentHash hash = ContentHash.ofText("quarry");
        assertThat(ContentHash.parse(hash.toString())).isEqualTo(hash);
        assertThat(ContentHash.of(hash.toBytes())).isEqualTo(hash);
    }

    @Test
    void parse_tooShort_isRefused() {
        assertThatThrownBy(() -> ContentHash.parse("af13")).hasMessageContaining("64 hexadecimal digits");
    }

    @Test
    void update_inParts_isTheSameAsAtOnce() {
        byte[] content = "one two three".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Blake3Hasher hasher = new Blake3Hasher();
        hasher.update(content, 0, 4);
        hasher.update(content[4]);
        hasher.update(content, 5, content.length - 5);
        assertThat(hasher.hash()).isEqualTo(ContentHash.ofContent(content));
    }
}
