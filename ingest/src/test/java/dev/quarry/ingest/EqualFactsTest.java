package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of several modules gives the same facts, however it is read. */
class EqualFactsTest {
    private static final int THREADS = 5;

    @TempDir
    private Path folder;

    /** Three projects that use each other; two of them declare the same class, and one lacks a library. */
    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("settings.gradle", "include 'core', 'web', 'old'\n");
        files.put("core/build.gradle", "dependencies { api 'x:gone:1' }\n");
        files.put("web/build.gradle", "dependencies { implementation project(':core') }\n");
        files.put("old/build.gradle", "sourceCompatibility = '1.8'\n");
        files.put("core/src/main/java/p/Shape.java", """
                package p;
                public interface Shape { double area(); default String text() { return gone.Format.of(area()); } }
                """);
        files.put("core/src/main/java/p/Circle.java", """
                package p;
                public record Circle(double r) implements Shape { public double area() { return Math.PI * r() * r(); } }
                """);
        files.put("old/src/main/java/p/Circle.java", """
                package p;
                public class Circle { int _ = 1; int area() { return _; } }
                """);
        files.put("web/src/main/java/q/Page.java", """
                package q;
                import gone.*;
                import p.*;
                class Page { String show(Shape s, Widget w) { return s.text() + new Circle(s.area()).r() + w.name(); } }
                """);
        files.put("web/src/test/java/q/PageTest.java", """
                package q;
                class PageTest { void t() { new Page().show(new p.Circle(1), null); } }
                """);
        return files;
    }

    private Graph graph(String name, List<String> order, int threads) {
        GradleFixture gradle = new GradleFixture(folder.resolve(name));
        Map<String, String> files = files();
        order.forEach(path -> gradle.file(path, files.getOrDefault(path, "")));
        return Graph.of(gradle.root, gradle.options.withThreads(threads));
    }

    @Test
    void run_againWithMoreThreadsAndFilesWrittenInAnotherOrder_givesEqualFacts() {
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<String> order = new ArrayList<>(files().keySet());
        Graph first = graph("first", order, 2);

        for (int run = 0; run < 4; run++) {
            Collections.shuffle(order, new Random(random.nextLong()));
            Graph other = graph("run" + run, order, run % 2 == 0 ? THREADS : 2);

            String what = "-Dquarry.seed=" + seed + " run " + run;
            assertThat(other.files).as(what).isEqualTo(first.files);
            assertThat(other.shared).as(what).isEqualTo(first.shared);
            assertThat(other.derived).as(what).isEqualTo(first.derived);
        }
        assertThat(first.report.classPath().missingByModule()).containsExactly("x:gone:1 (core, web)");
        assertThat(first.has("old/p.Circle")).isTrue();
    }
}
