package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a part of the files, where what it does not bind again has types that are missing, or were. */
class MissingMeaningsTest {
    @TempDir
    Path root;

    private void write(String name, String text) {
        Graph.write(root, "p/" + name + ".java", "package p;\n\n" + text);
    }

    /** Asserts that a run after this equals a clean one, and that it gives these files among others. */
    private void assertFollows(Runnable edit, String... given) {
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            edit.run();
            IngestReport report = known.run(session, root);
            assertThat(report.whole()).isFalse();
            known.assertEqualToClean(report, root, "bound again: " + known.given);
            assertThat(known.given).contains(given);
        }
    }

    @Test
    void run_afterTheTypeOfAComponentWent_bindsTheCallersOfItsAccessor() {
        write("Pairs", "class Pairs {}\n");
        write("Trace", "record Trace(Pairs<String> leaves) {}\n");
        write(
                "User",
                "class User {\n    void use(Trace trace) {\n        trace.leaves().forEach(each -> {});\n    }\n}\n");
        assertFollows(() -> write("Pairs", "class Others {}\n"), "p/Trace.java", "p/User.java");
    }

    @Test
    void run_afterANestedTypeCame_bindsThoseThatReachItThroughArguments() {
        write("Pom", "class Pom {}\n");
        write("Models", """
                class Models {
                    java.util.Optional<Whole> of() {
                        return null;
                    }
                }
                """);
        write("User", """
                class User {
                    void use(Models models) {
                        models.of().ifPresent(whole -> whole.managed().values().forEach(each -> each.group()));
                    }
                }
                """);
        write("Whole", """
                import java.util.Map;
                import p.Pom.Dependency;

                record Whole(Map<String, Dependency> managed) {}
                """);
        assertFollows(
                () -> write("Pom", "class Pom {\n    record Dependency(String group) {}\n}\n"),
                "p/Whole.java",
                "p/User.java");
    }

    @Test
    void run_afterABodyChangedThatNamesAMissingTypeInFull_isAsIfItsPackageWereMetElsewhere() {
        write("Other", "class Other {\n    void use(p.gone.Near near) {}\n}\n");
        String user = "class User {\n    Object use() {\n        %sreturn p.gone.Far;\n    }\n}\n";
        write("User", user.formatted(""));
        assertFollows(() -> write("User", user.formatted("hashCode();\n        ")), "p/User.java");
    }

    @Test
    void run_besideAFileThatCannotBeRead_recoversAsIfThatFileWereElsewhere() {
        Graph.write(root, "p/Object.java", """
                packageRenamed p;

                public class Object {
                    public static String of(Object other) {
                        return other.toString();
                    }
                }
                """);
        write("Other", "class Other {}\n");
        String broken = "%srecord Taken(String path, Other raw, String import, long bytes) {}\n";
        write("Taken", broken.formatted(""));
        assertFollows(() -> write("Taken", broken.formatted("import p.*;\n\n")), "p/Taken.java");
    }

    @Test
    void run_withAFieldOfAMissingTypeInAnAnonymousClass_bindsTheFile() {
        write("Views", """
                import java.util.*;

                abstract class Views<E> implements Iterator<E> {
                    Map<E, Integer> map;

                    Iterator<E> view() {
                        return new Lower<E>() {
                            final Gone<E> elements = map.keySet().asList();
                        };
                    }

                    abstract static class Lower<E> extends Lost<E> implements Iterator<E> {}
                }
                """);
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
        }
        assertThat(known.files.get("p/Views.java")).satisfies(facts -> {
            assertThat(facts.file().problem()).isEmpty();
            assertThat(facts.file().coverage().jdk()).isEqualTo(1);
        });
    }

    @Test
    void run_afterAnInterfaceOfMethodsWithBodiesChanged_readsThemAsIfNoneHadBeenAskedFor() {
        write("First", """
                class First {
                    <E extends Throwable> int of(Taken<E> taken) {
                        return taken.hashCode();
                    }
                }
                """);
        String taken = """
                public interface Taken<E extends Throwable> {
                    public Unchecked(final Throwable cause) {
                    }%s
                }
                """;
        write("Taken", taken.formatted(""));
        assertFollows(() -> write("Taken", taken.formatted(" // none")), "p/Taken.java");
    }
}
