package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of the JDK's own modules. */
class JdkSourcesTest {
    @TempDir
    private Path root;

    @Test
    void sourcesOfAJdkModule_areBoundInsideOfIt() {
        Graph.write(root, "java.base/module-info.java", "/* text */ \nmodule java.base { exports java.util; }");
        Graph.write(root, "java.base/java/lang/Object.java", """
                package java.lang;
                public class Object {
                    public Object() {}
                    public String toString() { return null; }
                    public boolean equals(Object other) { return this == other; }
                }
                """);
        Graph.write(root, "java.base/java/util/Optional.java", """
                package java.util;
                import jdk.internal.misc.VM;
                public class Optional<T> {
                    public T get() { VM.isBooted(); return null; }
                    @Override public String toString() { return get().toString(); }
                }
                """);
        Graph.write(root, "java.base/java/util/User.java", """
                package java.util;
                class User {
                    void m(Optional<String> o, List<Optional<User>> all) { o.get().trim(); all.get(0).get().m(o, all); } }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .containsExactly(
                        "java.util.Optional#get() static jdk.internal.misc.VM#isBooted() @4:25",
                        "java.util.Optional#toString() virtual java.lang.Object#toString() @5:55",
                        "java.util.Optional#toString() virtual java.util.Optional#get() @5:49",
                        "java.util.User#m(java.util.Optional,java.util.List) interface java.util.List#get(int) @3:80",
                        "java.util.User#m(java.util.Optional,java.util.List) virtual java.lang.String#trim() @3:68",
                        "java.util.User#m(java.util.Optional,java.util.List) virtual java.util.Optional#get()"
                                + " @3:62,3:87",
                        "java.util.User#m(java.util.Optional,java.util.List) virtual"
                                + " java.util.User#m(java.util.Optional,java.util.List) @3:93");
        assertThat(graph.edges(EdgeKind.OVERRIDES))
                .containsExactly("java.util.Optional#toString() java.lang.Object#toString() @5:29");
    }
}
