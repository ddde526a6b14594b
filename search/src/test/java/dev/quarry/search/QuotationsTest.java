package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that were pasted find the code that makes them. */
class QuotationsTest {
    private static final SearchDocument CONNECT = method(
            "a.Route#connect", "throw new E(\"Failed to connect to \" + host + \" within %d ms of the first try\");");
    private static final SearchDocument CLOSE =
            method("a.Route#close", "// Failed to connect to\nlog(\"the connection is closed\");");

    @TempDir
    private Path folder;

    private SearchIndex index;

    private static SearchDocument method(String name, String statement) {
        NodeId id = NodeId.of(NodeKind.METHOD, name, "()");
        String simple = name.substring(name.indexOf('#') + 1);
        String head = "void " + simple + "()";
        String body = head + " { " + statement + " }";
        return new SearchDocument(id, NodeKind.METHOD, simple, name, head, "", body, "a/Route.java", 0);
    }

    @BeforeEach
    void fill() {
        index = SearchIndex.open(folder);
        index.update(List.of(CONNECT, CLOSE), List.of());
        index.commit(1, 0);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private Map<NodeId, Float> find(String text) {
        return Quotations.of(text, index, SearchFilter.all(), 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to connect to",
                "failed to connect to /10.0.0.1:8080",
                "E: Failed to connect to host",
                "within 30 ms: ms of the first try",
                "The connection is closed. Why does it say: Failed to connect to",
            })
    void of_messageOfALiteral_findsItsMethod(String text) {
        assertThat(find(text)).containsKey(CONNECT.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "connect", "to connect", "connect failed to", "is the connection closed", "try to ms of"
            })
    void of_otherWords_findsNothing(String text) {
        assertThat(find(text)).isEmpty();
    }

    @Test
    void of_longerQuotation_isWorthMore() {
        float three = find("is the connection closed: connection is closed").getOrDefault(CLOSE.id(), 0f);
        float four = find("the connection is closed").getOrDefault(CLOSE.id(), 0f);
        float five = find("ms of the first try").getOrDefault(CONNECT.id(), 0f);
        assertThat(three).isZero();
        assertThat(four).isPositive().isLessThan(five);
        assertThat(five).isLessThan(1);
    }

    @Test
    void of_filter_holds() {
        SearchFilter types = SearchFilter.all().withKinds(Set.of(NodeKind.CLASS));
        assertThat(Quotations.of("the connection is closed", index, types, 10)).isEmpty();
    }
}
