package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTextTest {
    private final SampleRepository repository = new SampleRepository();
    private final FileFacts facts = repository.files.getFirst();

    @Test
    void of_file_givesItsDeclarations() {
        assertThat(NodeText.of(facts))
                .extracting(text -> text.node().name())
                .containsExactly("Strings", "isBlank", "truncate", "join");
    }

    @Test
    void embeddingText_method_tellsSignatureDocAndSource() {
        assertThat(of(repository.isBlank).embeddingText())
                .startsWith("is blank in strings. parameters CharSequence text. returns boolean."
                        + "\nChecks whether a text is empty or has only white space.\n"
                        + "public static boolean isBlank(CharSequence text) {\n");
    }

    @Test
    void embeddingText_type_tellsItsMembers() {
        assertThat(of(repository.strings).embeddingText())
                .isEqualTo("class strings in text.\nHelpers for strings.\nis blank, truncate, join");
    }

    @Test
    void searchDocument_method_hasAllFields() {
        var document = of(repository.isBlank).searchDocument();
        assertThat(document.id()).isEqualTo(repository.isBlank.id());
        assertThat(document.path()).isEqualTo("src/a/text/Strings.java");
        assertThat(document.doc()).endsWith("only white space. text may be null");
        assertThat(document.body()).startsWith("public static boolean isBlank").endsWith("}");
    }

    @Test
    void documents_annotationsInsideOfAMethod_areNotTheMethods() {
        NodeId at = NodeId.of(NodeKind.ANNOTATION, "a.At", "");
        NodeId inside = NodeId.of(NodeKind.ANNOTATION, "a.Inside", "");
        FileFacts annotated = new FileFacts(
                facts.file(),
                facts.text(),
                facts.nodes(),
                List.of(annotation("", at), annotation("parameter", inside)));
        assertThat(NodeText.documents(annotated))
                .filteredOn(document -> document.id().equals(repository.isBlank.id()))
                .singleElement()
                .satisfies(document -> assertThat(document.annotations()).containsExactly(at));
    }

    private Edge annotation(String role, NodeId type) {
        return new Edge(repository.isBlank.id(), EdgeKind.ANNOTATED_BY, role, type, Found.COMPILER, Sites.NONE, "");
    }

    private NodeText of(Node node) {
        List<NodeText> texts = NodeText.of(facts);
        return texts.stream()
                .filter(text -> text.id().equals(node.id()))
                .findFirst()
                .orElseThrow();
    }
}
