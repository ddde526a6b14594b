package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingTextTest {
    @ParameterizedTest
    @CsvSource({
        "isBlank, is blank",
        "toHTTPRequest, to http request",
        "MAX_VALUE, max value",
        "utf8Name2, utf 8 name 2",
        "$this$0, this 0",
        "x, x",
        "_, ''",
        "'', ''"
    })
    void words_identifier_splits(String identifier, String expected) {
        assertThat(EmbeddingText.words(identifier)).isEqualTo(expected);
    }

    @Test
    void of_method_tellsSignatureDocAndSource() {
        Node node = node(
                NodeKind.METHOD,
                "toMap",
                "(java.util.List,int[])",
                "public static <K, V extends Comparable<V>> Map<K, V> toMap(final List<? super K> keys, int... counts)"
                        + " throws IOException");
        assertThat(EmbeddingText.of(node, "MapUtils", "{ return x; }", "Makes a map."))
                .isEqualTo("to map in map utils. parameters List<? super K> keys, int... counts. returns Map<K, V>."
                        + "\nMakes a map.\n{ return x; }");
    }

    @Test
    void head_textOfADeclaration_isTheSentenceAboutItsSignature() {
        Node node = node(NodeKind.METHOD, "size", "()", "public int size()");
        String head = "size in bag. returns int.";
        assertThat(EmbeddingText.head(EmbeddingText.of(node, "Bag", "{ return n; }", "Counts. All.")))
                .isEqualTo(head);
        assertThat(EmbeddingText.head(EmbeddingText.of(node, "Bag", "{ return n; }", "")))
                .isEqualTo(head);
        assertThat(EmbeddingText.head(EmbeddingText.of(node, "Bag", "", ""))).isEqualTo(head);
    }

    @Test
    void of_constructor_isNamedAsItsType() {
        Node node = node(NodeKind.CONSTRUCTOR, "<init>", "(int)", "protected StrBuilder(int capacity)");
        assertThat(EmbeddingText.of(node, "StrBuilder", "", ""))
                .isEqualTo("str builder in str builder. parameters int capacity.");
    }

    @Test
    void of_field_tellsType() {
        Node node = node(NodeKind.FIELD, "cacheSize", "", "private static final Map<String, Integer> cacheSize = x");
        assertThat(EmbeddingText.of(node, "FooCache", "", ""))
                .isEqualTo("cache size in foo cache. type Map<String, Integer>");
    }

    @Test
    void of_type_tellsKind() {
        Node node = node(NodeKind.INTERFACE, "ByteSource", "", "public interface ByteSource");
        assertThat(EmbeddingText.of(node, "a.io", "open, close", "A source."))
                .isEqualTo("interface byte source in a io.\nA source.\nopen, close");
    }

    @Test
    void of_unknownDeclaration_fallsBackToErasedTypes() {
        Node node = node(NodeKind.METHOD, "value", "(int,java.lang.String[])", "");
        assertThat(EmbeddingText.of(node, "R", "", "")).isEqualTo("value in r. parameters int, java.lang.String[].");
    }

    @Test
    void of_longDoc_keepsWholeSentences() {
        Node node = node(NodeKind.METHOD, "run", "()", "void run()");
        String doc = "First sentence. " + "Second part that goes on ".repeat(20) + ". Third.";
        assertThat(EmbeddingText.of(node, "R", "", doc)).isEqualTo("run in r. returns void.\nFirst sentence.");
    }

    @Test
    void of_brokenDeclaration_doesNotFail() {
        for (String declaration :
                new String[] {"(", ")", "<", "void run(", "void run(int a", "@A(x) run(<)", ">>(<,"}) {
            Node node = node(NodeKind.METHOD, "run", "(int)", declaration);
            assertThat(EmbeddingText.of(node, "R", "", "")).startsWith("run in r.");
        }
    }

    private static Node node(NodeKind kind, String name, String signature, String declaration) {
        String qualifiedName = "a.B#" + name;
        return new Node(
                NodeId.of(kind, qualifiedName, signature),
                kind,
                name,
                qualifiedName,
                signature,
                declaration,
                NodeId.NONE,
                Span.NONE,
                0,
                ContentHash.ofText(name),
                null,
                null,
                "");
    }
}
