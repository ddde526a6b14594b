package dev.quarry.rag;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.util.List;

/** A small repository: string helpers, a report that uses them, an interface with two implementations, a test. */
final class SampleRepository {
    static final String STRINGS = """
            package a.text;

            /** Helpers for strings. */
            public final class Strings {
                /**
                 * Checks whether a text is empty or has only white space.
                 *
                 * @param text may be null
                 */
                public static boolean isBlank(CharSequence text) {
                    return text == null || text.toString().strip().isEmpty();
                }

                /** Cuts a text after a number of characters. */
                public static String truncate(String text, int max) {
                    return text.length() <= max ? text : text.substring(0, max);
                }

                /** Joins parts with a separator between them. */
                public static String join(Iterable<?> parts, String separator) {
                    StringBuilder all = new StringBuilder();
                    for (Object part : parts) {
                        all.append(all.isEmpty() ? "" : separator).append(part);
                    }
                    return all.toString();
                }
            }
            """;
    static final String SINKS = """
            package a.io;

            /** Takes lines of a report. */
            public interface Sink {
                /** Writes one line. */
                void write(String line);
            }

            /** Keeps lines in memory. */
            class MemorySink implements Sink {
                /** Adds the line to the list. */
                public void write(String line) {
                    lines.add(line);
                }
            }

            /** Prints ``` fences. */
            class FenceSink implements Sink {
                /** Writes the line between fences: ```` and more. */
                public void write(String line) {
                    out("```" + line + "````");
                }
            }
            """;
    static final String REPORT = """
            package a;

            /** Prints the monthly sales report. */
            public class Report {
                /** Prints each customer that has a name. */
                public void print(Sink sink) {
                    for (String name : names) {
                        if (!Strings.isBlank(name)) {
                            sink.write(Strings.truncate(name, 80));
                        }
                    }
                    sink.write("no further names to truncate");
                }
            }
            """;
    static final String TEST = """
            package a.text;

            public class StringsTest {
                public void isBlank() {
                    assertTrue(Strings.isBlank(" "));
                }
            }
            """;

    final Node strings;
    final Node isBlank;
    final Node truncate;
    final Node join;
    final Node sink;
    final Node sinkWrite;
    final Node memorySink;
    final Node memoryWrite;
    final Node fenceWrite;
    final Node report;
    final Node print;
    final Node testIsBlank;
    final List<FileFacts> files;

    SampleRepository() {
        SampleFile stringsFile = new SampleFile("src/a/text/Strings.java", STRINGS);
        strings = stringsFile.type(NodeKind.CLASS, "a.text.Strings", "public final class Strings");
        isBlank = stringsFile.method(
                strings, "isBlank", "(java.lang.CharSequence)", "public static boolean isBlank(CharSequence text)");
        truncate = stringsFile.method(
                strings, "truncate", "(java.lang.String,int)", "public static String truncate(String text, int max)");
        join = stringsFile.method(
                strings,
                "join",
                "(java.lang.Iterable,java.lang.String)",
                "public static String join(Iterable<?> parts, String separator)");
        SampleFile sinksFile = new SampleFile("src/a/io/Sink.java", SINKS);
        sink = sinksFile.type(NodeKind.INTERFACE, "a.io.Sink", "public interface Sink");
        sinkWrite = sinksFile.method(sink, "write", "(java.lang.String)", "void write(String line)");
        memorySink = sinksFile.type(NodeKind.CLASS, "a.io.MemorySink", "class MemorySink implements Sink");
        memoryWrite = writeOf(sinksFile, memorySink, "lines.add");
        Node fenceSink = sinksFile.type(NodeKind.CLASS, "a.io.FenceSink", "class FenceSink implements Sink");
        fenceWrite = writeOf(sinksFile, fenceSink, "out(");
        sinksFile.edge(memorySink, EdgeKind.IMPLEMENTS, sink);
        sinksFile.edge(fenceSink, EdgeKind.IMPLEMENTS, sink);
        sinksFile.edge(memoryWrite, EdgeKind.OVERRIDES, sinkWrite);
        sinksFile.edge(fenceWrite, EdgeKind.OVERRIDES, sinkWrite);
        SampleFile reportFile = new SampleFile("src/a/Report.java", REPORT);
        report = reportFile.type(NodeKind.CLASS, "a.Report", "public class Report");
        print = reportFile.method(report, "print", "(a.io.Sink)", "public void print(Sink sink)");
        reportFile.edge(print, EdgeKind.CALLS, isBlank);
        reportFile.edge(print, EdgeKind.CALLS, truncate);
        reportFile.edge(print, EdgeKind.CALLS, sinkWrite);
        SampleFile testFile = new SampleFile("test/a/text/StringsTest.java", TEST);
        Node test = testFile.type(NodeKind.CLASS, "a.text.StringsTest", "public class StringsTest");
        testIsBlank = testFile.method(test, "isBlank", "()", "public void isBlank()", Flags.TEST);
        testFile.edge(testIsBlank, EdgeKind.CALLS, isBlank);
        files = List.of(stringsFile.facts(), sinksFile.facts(), reportFile.facts(), testFile.facts());
    }

    /** A store in memory with the whole repository. */
    GraphStore store() {
        GraphStore store = GraphStore.inMemory();
        store.apply(Delta.ofFiles(files));
        return store;
    }

    /** Both implementations have the same head; the body tells them apart. */
    private static Node writeOf(SampleFile file, Node owner, String body) {
        return file.method(owner, "write", "(java.lang.String)", "public void write(String line) {\n        " + body);
    }
}
