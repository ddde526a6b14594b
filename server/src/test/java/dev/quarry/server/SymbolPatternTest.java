package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolPatternTest {
    private static final Node METHOD = Node.withoutSyntax(
            NodeKind.METHOD, "put", "a.b.Table$Row#put", "(java.util.Map$Entry,int,java.lang.Object[])", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put",
                "Row.put",
                "Table.Row.put",
                "a.b.Table$Row#put",
                "a.b.Table.Row.put",
                "Row#put(Map.Entry, int, Object...)",
                "put(Entry,int,Object[])",
                "put(java.util.Map.Entry<K, List<V>>, final int count, java.lang.Object[] rest)"
            })
    void matches_aWayToWriteIt_isTrue(String text) {
        assertThat(SymbolPattern.parse(text).matches(METHOD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Put", "Table.put", "b.Row.put", "put()", "put(Entry,int)", "put(Entry,long,Object[])", "w.put"})
    void matches_somethingElse_isFalse(String text) {
        assertThat(SymbolPattern.parse(text).matches(METHOD)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"C.new,<init>", "C.<init>,<init>", "C.<clinit>,<clinit>", "List<String>,List"})
    void simpleName_specialForms_isTheStoredName(String text, String name) {
        assertThat(SymbolPattern.parse(text).simpleName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".m", "m(int", "()"})
    void parse_noSymbol_saysHowToWriteOne(String text) {
        assertThatThrownBy(() -> SymbolPattern.parse(text)).hasMessageContaining("write a name such as");
    }

    @Test
    void isWhole_qualifiedName_isTrue() {
        assertThat(SymbolPattern.parse("a.b.Table.Row.put").isWhole(METHOD)).isTrue();
        assertThat(SymbolPattern.parse("b.Table.Row.put").isWhole(METHOD)).isFalse();
    }
}
