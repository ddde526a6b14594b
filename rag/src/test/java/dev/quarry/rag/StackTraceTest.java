package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTraceTest {
    @Test
    void methods_framesOfATrace_areNamedOnceInnermostFirst() {
        String trace = """
                java.lang.IllegalStateException: no line
                    at java.base/java.util.Objects.requireNonNull(Objects.java:233)
                    at app//a.b.Report$Line.<init>(Report.java:12)
                    at a.b.Report.lambda$print$3(Report.java:40)
                    at a.b.Report$1.run(Report.java:41)
                    at a.b.Report$1.run(Report.java:45)
                    ... 3 more
                """;
        assertThat(StackTrace.isOne(trace)).isTrue();
        assertThat(StackTrace.methods(trace))
                .containsExactly(
                        "java.util.Objects.requireNonNull",
                        "a.b.Report$Line.<init>",
                        "a.b.Report.print",
                        "a.b.Report.run");
    }

    @Test
    void isOne_words_areNone() {
        assertThat(StackTrace.isOne("look at strings (and lists)")).isFalse();
    }
}
