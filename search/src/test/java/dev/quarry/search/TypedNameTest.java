package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "isBlank | isBlank",
                "a.b.C$D#m | a.b.C.D.m",
                "C::m | C.m",
                "a/b/C | a.b.C",
                "fromJson. | fromJson",
                ".text | text",
                "#text | text",
                "'text\u00a0' | text",
                "`text`; | text",
                "größe | größe",
                "@Override | Override",
                "C.m(a.b.D, int) | C.m",
                "C.m( | C.m",
                "C.m(int, | C.m",
                "List<C> | List",
                "Map<String, List<C>>[] | Map",
                "List<C>.add(T) | List.add",
                "C.new | C.<init>",
                "C::new | C.<init>",
                "C#<init>(int) | C.<init>",
                "C.<clinit> | C.<clinit>",
                "new C | C.<init>",
                "new a.C<>(1) | a.C.<init>",
                "new c(1) | c.<init>",
                "C.java | C",
                "a.b.C.java | a.b.C",
                "a/b/C.java:40 | a.b.C",
                "a-1.0/src/a/C.java:40:7 | src.a.C",
                "C:\\src\\C.java | src.C",
                "a/C$D.class | a.C.D",
                "java | java",
                "C.classOf | C.classOf",
                "C.javaName | C.javaName",
            })
    void read_nameInAnyForm_isTheNameWithDots(String text, String name) {
        assertThat(TypedName.read(text).name()).isEqualTo(name);
        assertThat(Symbols.isSymbol(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "...",
                "()",
                "<>",
                "<init>",
                "a..b",
                "two words",
                "see C.java",
                "a < b",
                "a-b",
                "1.5",
                "/owners",
                "new cookie jar",
                "package-info.java",
                "f(g(x))",
                "m() and n()",
            })
    void read_noName_isEmpty(String text) {
        assertThat(TypedName.read(text).name()).isEmpty();
    }

    @Test
    void read_newBeforeASmallWord_isProse() {
        assertThat(Symbols.isSymbol("new cookie")).isFalse();
        assertThat(Symbols.isSymbol("new Cookie")).isTrue();
    }

    @Test
    void read_listOfTypes_isKeptWhereItIsClosed() {
        assertThat(TypedName.read("m(a.B, Map<K, V> map, int... rest)").parameters())
                .isEqualTo(Optional.of(List.of("B", "Map", "int[]")));
        assertThat(TypedName.read("m()").parameters()).isEqualTo(Optional.of(List.of()));
        assertThat(TypedName.read("m(int").parameters()).isEmpty();
        assertThat(TypedName.read("m").parameters()).isEmpty();
    }

    @Test
    void read_typeArguments_areTheTypesThere() {
        assertThat(TypedName.read("Map<? extends K1, List<a.Cookie[]>>").arguments())
                .containsExactly("K1", "List", "a.Cookie");
    }

    @Test
    void read_veryLongText_isNoName() {
        assertThat(Symbols.isSymbol("a".repeat(100_000))).isFalse();
        assertThat(Symbols.isSymbol("<".repeat(500))).isFalse();
        assertThat(Symbols.isSymbol("a.".repeat(250) + "a")).isTrue();
    }
}
