package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypesTest {
    private static double fit(String written, String head) {
        return ParameterTypes.fit(
                ParameterTypes.written(written), ParameterTypes.declared(head).orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "none",
            value = {
                "public void m(String name, final int count) ; (String,int)",
                "void m() ; ()",
                "Foo(java.util.Map<String, List<int[]>> map, Map.Entry<K, V> e) ; (Map,Entry)",
                "void m(int[] a, int b[], int... c) ; (int[],int[],int[])",
                "static <T, C extends Collection<T>> C m(T t, C c, T... ts) ; (T|Object,C|Collection,T[]|Object[])",
                "<T extends Comparable<T> & Foo, U extends T> void m(U u) ; (U|Comparable)",
                "void m(K key, ID id, URL url) ; (K|Object,ID|Object,URL)",
                "Point ; none",
            })
    void declared_head_isTheSimpleNamesOfItsTypes(String head, String types) {
        assertThat(ParameterTypes.declared(head).orElse(null)).isEqualTo(types);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "String, int ; void m(String name, int count)",
                "java.lang.String name, final int x ; void m(String name, int count)",
                "List<String> ; void m(java.util.List<? extends T> list)",
                "String[] ; void m(String... each)",
                "String... ; void m(String[] each)",
                "Object ; <T> void m(T it)",
                "T ; <T> void m(T it)",
                "Comparable[] ; <T extends Comparable<T>> void m(T... it)",
                "'' ; void m()",
            })
    void fit_sameTypes_isOne(String written, String head) {
        assertThat(fit(written, head)).isEqualTo(1);
    }

    @Test
    void fit_otherTypes_isLessTheLessTheyAgree() {
        double[] worse = {
            fit("String, long", "void m(String s, long l)"),
            fit("String, long", "void m(String s, int i)"),
            fit("String, long", "void m(Object o, long l)"),
            fit("String, long", "void m(Object o, int i)"),
            fit("String, long", "void m(String s, long l, int i)"),
            fit("String, long", "void m()"),
        };
        for (int i = 1; i < worse.length; i++) {
            assertThat(worse[i]).isLessThan(worse[i - 1]).isGreaterThanOrEqualTo(ParameterTypes.NONE_FITS);
        }
        assertThat(fit("String", "int field")).isEqualTo(ParameterTypes.NONE_FITS);
        assertThat(fit("", "void m(int i)")).isEqualTo(ParameterTypes.NONE_FITS);
    }
}
