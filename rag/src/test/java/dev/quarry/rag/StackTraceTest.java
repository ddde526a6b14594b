package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.rag.StackTrace.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTraceTest {
    private static List<Frame> frames(String text) {
        return StackTrace.of(text).frames();
    }

    @Test
    void frames_ofATrace_areTakenApartOnceInnermostFirst() {
        String trace = """
                java.lang.IllegalStateException: no line
                    at java.base@25/java.util.Objects.requireNonNull(Objects.java:233)
                    at app//a.b.Report$Line.<init>(Report.java:12) ~[report.jar:?]
                    at a.b.Report.lambda$print$3(Report.java:40)
                    at a.b.Report.lambda$new$0(Report.java:4)
                    at a.b.Report$1.run(Report.java:41)
                    at a.b.Report$1.run(Report.java:41)
                    at a.b.Report$$Proxy$1.go(<generated>)
                    at a.b.Report.go(Native Method)
                    at a.b.Report.go(Unknown Source)
                    ... 3 more
                """;
        assertThat(StackTrace.isOne(trace)).isTrue();
        assertThat(frames(trace))
                .containsExactly(
                        new Frame("java.util.Objects", "requireNonNull", "Objects.java", 233),
                        new Frame("a.b.Report$Line", "<init>", "Report.java", 12),
                        new Frame("a.b.Report", "print", "Report.java", 40),
                        new Frame("a.b.Report", "<init>", "Report.java", 4),
                        new Frame("a.b.Report$1", "run", "Report.java", 41),
                        new Frame("a.b.Report", "go", "", 0));
    }

    @Test
    void frames_withCauses_beginWithTheRoot() {
        String trace = """
                a.b.OuterException: outer
                    at a.b.A.one(A.java:1)
                    Suppressed: a.b.CloseException: aside
                        at a.b.S.close(S.java:5)
                    Caused by: a.b.AsideException: cause of aside
                        at a.b.S.flush(S.java:6)
                Caused by: a.b.MiddleException: middle
                    at a.b.B.two(B.java:2)
                    ... 1 more
                Caused by: a.b.RootException: root
                    at a.b.C.three(C.java:3)
                    at a.b.A.one(A.java:1)
                    ... 2 more
                """;
        assertThat(frames(trace)).extracting(Frame::method).containsExactly("three", "one", "two", "close", "flush");
        assertThat(StackTrace.of(trace).gist(frames(trace)).lines())
                .startsWith("Caused by: a.b.RootException: root", "at a.b.C.three(C.java:3)", "at a.b.A.one(A.java:1)")
                .contains("a.b.OuterException: outer")
                .doesNotContain("... 2 more");
    }

    @Test
    void gist_longTrace_hasMessagesAndTheFramesThatCountAlone() {
        String foreign = "    at java.base/java.util.A.go(A.java:1) [x.jar:?]\n".repeat(200);
        String trace = "a.b.SomeException: " + "why ".repeat(1000) + "\n" + foreign + "    at a.b.C.m(C.java:3)\n"
                + "Caused by: a.b.RootException: root\n" + foreign;
        Frame own = new Frame("a.b.C", "m", "C.java", 3);
        assertThat(StackTrace.of(trace).gist(List.of(own)))
                .startsWith("Caused by: a.b.RootException: root\na.b.SomeException: why")
                .endsWith("\nat a.b.C.m(C.java:3)")
                .hasSizeLessThan(1200);
    }

    @Test
    void isOne_words_areNone() {
        assertThat(StackTrace.isOne("look at strings (and lists)")).isFalse();
        assertThat(StackTrace.isOne("look at Strings.isBlank(CharSequence)")).isFalse();
        assertThat(StackTrace.isOne("throws IllegalStateException: when it is closed"))
                .isFalse();
        assertThat(StackTrace.isOne("Error: text")).isFalse();
    }
}
