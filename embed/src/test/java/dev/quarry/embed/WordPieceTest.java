package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private static final int MAX = 128;
    private static final int BLOCK = 4096;
    private static final WordPiece TOKENIZER =
            WordPiece.of(ModelSource.bundled().file("bge-small-en-v1.5-q-tokenizer.json"));

    @Test
    void encode_referenceTexts_samePieces() {
        List<Reference.Text> texts = Reference.read().texts();
        assertThat(texts).hasSizeGreaterThan(40);
        for (Reference.Text text : texts) {
            assertThat(TOKENIZER.encode(text.text(), MAX)).as(text.text()).containsExactly(ints(text.pieces()));
        }
    }

    @Test
    void encode_everyCharacter_samePieces() throws NoSuchAlgorithmException {
        List<String> expected = Reference.read().characterBlocks();
        assertThat(expected).hasSize(0x110000 / BLOCK);
        for (int block = 0; block < expected.size(); block++) {
            assertThat(digest(block * BLOCK))
                    .as("characters from U+%X", block * BLOCK)
                    .isEqualTo(expected.get(block));
        }
    }

    @Test
    void encode_loneSurrogate_isDropped() {
        assertThat(TOKENIZER.encode("a\uD800b", MAX)).isEqualTo(TOKENIZER.encode("ab", MAX));
    }

    @Test
    void encode_longText_isCutAndClosed() {
        int[] all = TOKENIZER.encode("public static boolean isBlank", MAX);
        int[] cut = TOKENIZER.encode("public static boolean isBlank", 4);
        assertThat(cut).containsExactly(all[0], all[1], all[2], all[all.length - 1]);
    }

    @Test
    void encode_two_haveOneStartAndAnEndEach() {
        int[] one = TOKENIZER.encode("a file", MAX);
        int[] other = TOKENIZER.encode("another one", MAX);

        WordPiece.Pair pair = TOKENIZER.encode("a file", "another one", 7).orElseThrow();

        assertThat(pair.pieces()).containsExactly(one[0], one[1], one[2], one[3], other[1], other[2], other[3]);
        assertThat(pair.second()).isEqualTo(4);
        assertThat(TOKENIZER.encode("a file", "another one", 6)).isEmpty();
    }

    @Test
    void of_otherTokenizer_refused() {
        String json = "{\"model\":{\"type\":\"BPE\"},\"normalizer\":{\"type\":\"BertNormalizer\"}}";
        assertThatThrownBy(() -> WordPiece.of(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_REFUSED))
                .hasMessageContaining("'BPE' and not 'WordPiece'");
    }

    /** Over each character between letters and alone; surrogates are left out because UTF-8 cannot say them. */
    private static String digest(int from) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int c = from; c < from + BLOCK; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = Character.toString(c);
                int[] pieces = TOKENIZER.encode("a" + text + "b " + text, MAX);
                ByteBuffer bytes = ByteBuffer.allocate(pieces.length * Integer.BYTES + 1);
                Arrays.stream(pieces).forEach(bytes::putInt);
                digest.update(bytes.put((byte) 0xFF).array());
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
