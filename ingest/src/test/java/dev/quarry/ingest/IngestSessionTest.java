package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestSessionTest {
    @TempDir
    Path root;

    private void write(String name, String text) {
        Graph.write(root, "p/" + name + ".java", "package p;\n\n" + text);
    }

    /** Five files: a base, a class below it, two that use them, and one that has nothing to do with any. */
    private void writeChain() {
        write("Base", "class Base {\n    int base() {\n        return 1;\n    }\n}\n");
        write("Lower", "class Lower extends Base {\n    Lower self() {\n        return this;\n    }\n}\n");
        write("Direct", "class Direct {\n    int use(Base base) {\n        return base.base();\n    }\n}\n");
        write("Chain", "class Chain {\n    int use(Lower lower) {\n        return lower.self().base();\n    }\n}\n");
        write("Other", "class Other {\n    int other() {\n        return 2;\n    }\n}\n");
    }

    private void assertGiven(SessionFacts known, IngestSession session, String... names) {
        IngestReport report = known.run(session, root);
        assertThat(report.whole()).isFalse();
        assertThat(known.given)
                .containsExactlyInAnyOrder(
                        Stream.of(names).map(name -> "p/" + name + ".java").toArray(String[]::new));
        known.assertEqualToClean(report, root, List.of(names));
    }

    @Test
    void run_afterABodyChanged_givesThatFileAlone() {
        writeChain();
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("Base", "class Base {\n\n    int base() {\n        return hashCode();\n    }\n}\n");
            assertGiven(known, session, "Base");
        }
    }

    @Test
    void run_afterACommentChangedOutsideOfBodies_givesThatFileAlone() {
        writeChain();
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("Base", "/** A base. */\nclass Base {\n    int base() {\n        return 1;\n    }\n}\n");
            assertGiven(known, session, "Base");
        }
    }

    @Test
    void run_afterAMethodCame_givesWhatUsesItsTypeOrOneBelow() {
        writeChain();
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("Base", "class Base {\n    long base() {\n        return 1;\n    }\n\n    void more() {}\n}\n");
            assertGiven(known, session, "Base", "Lower", "Direct", "Chain");
        }
    }

    @Test
    void run_afterATypeWentAndCame_givesWhatNamesIt() {
        writeChain();
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            Path base = root.resolve("p/Base.java");
            Path away = root.resolve("Base.txt");
            move(base, away);
            assertGiven(known, session, "Lower", "Direct", "Chain");
            move(away, base);
            assertGiven(known, session, "Base", "Lower", "Direct", "Chain");
        }
    }

    @Test
    void run_afterAConstantOfAnAnnotationWent_givesWhatNamesIt() {
        write("Paths", "interface Paths {\n    String BASE = \"/b\";\n}\n");
        write("Ann", "@interface Ann {\n    String value() default Paths.BASE;\n}\n");
        write("Use", "@Ann(Paths.BASE)\nclass Use {}\n");
        write("Lost", "import gone.*;\n\nclass Lost {\n    void lost(@Gone(Paths.BASE) int i) {}\n}\n");
        write("Other", "class Other {}\n");
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("Paths", "interface Paths {\n    String BASE = \"/c\";\n}\n");
            assertGiven(known, session, "Paths", "Ann", "Use", "Lost");
            write("Paths", "interface Paths extends More {}\n");
            write("More", "interface More {\n    String BASE = \"/b\";\n}\n");
            assertGiven(known, session, "Paths", "More", "Ann", "Use", "Lost");
            write("More", "interface More {}\n");
            assertGiven(known, session, "Paths", "More", "Ann", "Use", "Lost");
        }
    }

    @Test
    void run_afterATypeShadowsAnImport_givesWhatHasItsName() {
        writeChain();
        Graph.write(root, "q/Far.java", "package q;\n\npublic class Far {\n    public static void go() {}\n}\n");
        Graph.write(
                root,
                "p/User.java",
                "package p;\n\nimport q.*;\n\nclass User {\n    void use() {\n        Far.go();\n    }\n}\n");
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("Far", "class Far {\n    static void go() {}\n}\n");
            IngestReport report = known.run(session, root);
            assertThat(report.whole()).isFalse();
            assertThat(known.given).containsExactlyInAnyOrder("p/Far.java", "p/User.java", "q/Far.java");
            known.assertEqualToClean(report, root, "p.Far");
        }
    }

    @Test
    void run_afterABodyChangedThatUsesAChainOfStaticImports_equalsACleanRun() {
        Graph.write(root, "q/Tool.java", """
                package q;

                import q.Parts.Part;

                public class Tool {
                    public static Part help(Other other, String text) {
                        return null;
                    }
                }
                """);
        Graph.write(root, "q/Parts.java", "package q;\n\npublic class Parts {\n    public static class Part {}\n}\n");
        Graph.write(root, "q/Other.java", "package q;\n\npublic class Other {}\n");
        Graph.write(root, "p/Far.java", """
                package p;

                import static q.Tool.help;
                import gone.Other;

                public class Far {
                    public static final Other OTHER = null;
                }
                """);
        String user = """
                import static p.Far.*;
                import q.Tool;

                class User {
                    void use() {
                        %s
                        Tool.help(OTHER, "text".trim()).hashCode();
                    }
                }
                """;
        write("User", user.formatted(""));
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("User", user.formatted("hashCode();"));
            assertGiven(known, session, "User");
        }
    }

    @Test
    void run_afterASignatureChangedThatATypeOfTwoFilesUses_equalsACleanRun() {
        writeChain();
        Graph.write(
                root,
                "q/Direct.java",
                "package p;\n\nclass Direct {\n    int use(Base base) {\n        return base.base();\n    }\n}\n");
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write("Base", "class Base {\n    long base() {\n        return 1;\n    }\n}\n");
            IngestReport report = known.run(session, root);
            known.assertEqualToClean(report, root, "p.Base");
        }
    }

    @Test
    void run_afterANewCall_replacesWhereThatFilesCallsMayLead() {
        writeChain();
        write("Lowest", "class Lowest extends Lower {\n    int base() {\n        return 3;\n    }\n}\n");
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write(
                    "Direct",
                    "class Direct {\n\n    int use(Base base) {\n        return base.base() + base.base();\n    }\n}\n");
            assertGiven(known, session, "Direct");
            assertThat(known.partial).isEqualTo(1);
        }
    }

    @Test
    void run_afterAStaticMethodChangedItsSignature_replacesWhereItsUsersCallsMayLead() {
        writeChain();
        write("Lowest", "class Lowest extends Lower {\n    int base() {\n        return 3;\n    }\n}\n");
        write("Tool", "class Tool {\n    static int help(Base base) {\n        return base.base();\n    }\n}\n");
        write(
                "Helped",
                "class Helped {\n    int use(Base base) {\n        return Tool.help(base) + base.base();\n    }\n}\n");
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            write(
                    "Tool",
                    "class Tool {\n    static int help(Base base, int... more) {\n        return base.base();\n    }\n}\n");
            assertGiven(known, session, "Tool", "Helped");
            assertThat(known.partial).isEqualTo(1);
        }
    }

    /** Two files on, what leads to what may be another, though their own text is the same. */
    private void assertFollows(String name, String... texts) {
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            for (String text : texts) {
                write(name, text);
                IngestReport report = known.run(session, root);
                assertThat(report.whole()).isFalse();
                known.assertEqualToClean(report, root, text);
            }
            assertThat(known.partial).isEqualTo(texts.length);
        }
    }

    @Test
    void run_afterOverridesCameAndWent_replacesWhereCallsOfOtherFilesMayLead() {
        writeChain();
        write("Maker", "class Maker {\n    Base make() {\n        return null;\n    }\n}\n");
        String lowest = "class Lowest extends Lower {\n    int base(%s) {\n        return 3;\n    }\n}\n";
        write("Lowest", lowest.formatted(""));
        assertFollows(
                "Lowest",
                lowest.formatted("int more"),
                lowest.formatted(""),
                "abstract class Lowest extends Lower {\n    abstract int base();\n}\n",
                "class Lowest {\n    int base() {\n        return 3;\n    }\n}\n",
                lowest.formatted(""));
    }

    @Test
    void run_afterATypeIsInstantiatedOrNoMore_ranksWhatMayRunAsACleanRun() {
        writeChain();
        write("First", "class First extends Base {\n    int base() {\n        return 3;\n    }\n}\n");
        write("Second", "class Second extends Base {\n    int base() {\n        return 3;\n    }\n}\n");
        String maker = "class Maker {\n    Base make() {\n        return %s;\n    }\n}\n";
        write("Maker", maker.formatted("null"));
        assertFollows(
                "Maker",
                maker.formatted("new Second()"),
                maker.formatted("new First()"),
                maker.formatted("new Base() {}"),
                maker.formatted("null"));
    }

    @Test
    void run_afterAFunctionIsHandedOnOtherwise_replacesWhatItsReceiverMayRun() {
        write("Task", "interface Task {\n    void go();\n}\n");
        write("Runner", "class Runner {\n    void run(Task task) {\n        task.go();\n    }\n}\n");
        write("Lower", "class Lower extends Runner {\n    void run(Task other) {\n        other.go();\n    }\n}\n");
        write("Held", "class Held {\n    static final Task TASK = () -> {};\n}\n");
        String user = "class User {\n    void use(Runner runner) {\n        %s\n    }\n}\n";
        write("User", user.formatted("runner.run(() -> {});"));
        assertFollows(
                "User",
                user.formatted("runner.run(Held.TASK);"),
                user.formatted("runner.run(this::none); } void none() {"),
                user.formatted(""),
                user.formatted("runner.run(() -> {});"));
    }

    @Test
    void run_afterTestsChanged_replacesWhatTheyAndTheirNeighboursTest() {
        writeChain();
        String base = """
                import junit.framework.TestCase;

                class BaseTest extends %s {
                    void testBase() {
                        help(new Base());
                    }

                    static int help(Base base) {
                        return %s;
                    }
                }
                """;
        Graph.write(root, "src/test/java/p/BaseTest.java", "package p;\n\n" + base.formatted("TestCase", "1"));
        Graph.write(root, "src/test/java/p/OtherTest.java", """
                package p;

                class OtherTest extends BaseTest {
                    void testOther() {
                        help(new Lower());
                        new Other().other();
                    }
                }
                """);
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            assertThat(tests(known)).isNotEmpty();
            for (String text : List.of(
                    base.formatted("TestCase", "base.base()"),
                    base.formatted("Object", "base.base()"),
                    base.formatted("TestCase", "new Other().other()"))) {
                Graph.write(root, "src/test/java/p/BaseTest.java", "package p;\n\n" + text);
                IngestReport report = known.run(session, root);
                assertThat(report.whole()).isFalse();
                known.assertEqualToClean(report, root, text);
            }
        }
    }

    private static List<Edge> tests(SessionFacts known) {
        return known.derived.edges().stream()
                .filter(edge -> edge.kind() == EdgeKind.TESTS)
                .toList();
    }

    @Test
    void run_afterRoutesCameAndWent_bringsTheirConceptsUpToDate() {
        writeChain();
        String routes = """
                import org.springframework.web.bind.annotation.*;

                @RestController
                class Routes {
                    @GetMapping("/%s")
                    String get() {
                        return "";
                    }
                }
                """;
        write("Routes", routes.formatted("one"));
        assertFollows(
                "Routes",
                routes.formatted("two"),
                "class Routes {}\n",
                routes.formatted("one"),
                routes.formatted("one") + "\n// moved\n");
    }

    @Test
    void run_afterTypesOfPropertiesChanged_bringsTheirKeysUpToDate() {
        writeChain();
        write("Pool", "class Pool {\n    int maxSize;\n}\n");
        String properties = """
                import org.springframework.boot.context.properties.ConfigurationProperties;

                @ConfigurationProperties("app")
                class Props {
                    %s pool;
                }
                """;
        write("Props", properties.formatted("Pool"));
        assertFollows(
                "Pool",
                "class Pool {\n    int minSize;\n}\n",
                "class Pool {\n    Props pool;\n}\n",
                "enum Pool {}\n",
                "class Pool {\n    int maxSize;\n}\n");
        assertFollows(
                "Props",
                properties.formatted("String"),
                properties.formatted("Pool"),
                properties.formatted("Pool") + "\n// moved\n");
    }

    @Test
    void run_afterGenericListenersChanged_bringsTheirEventsUpToDate() {
        writeChain();
        String listener = """
                import org.springframework.context.ApplicationListener;

                abstract class Listening<E> implements ApplicationListener<E> {
                    %s
                }
                """;
        write("Listening", listener.formatted("public void onApplicationEvent(E event) {}"));
        write("Mine", "class Mine extends Listening<String> {}\n");
        assertFollows(
                "Mine",
                "class Mine extends Listening<Mine> {}\n",
                "class Mine extends Listening<Mine> {\n    public void onApplicationEvent(Mine event) {}\n}\n",
                "class Mine {}\n",
                "class Mine extends Listening<String> {}\n");
        assertFollows(
                "Listening",
                listener.formatted(""),
                "class Listening<E> {}\n",
                listener.formatted("public void onApplicationEvent(E event) {}"));
    }

    @Test
    void run_withOtherSettings_isWhole() {
        writeChain();
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            IngestReport report = session.run(
                    RepositoryScan.of(root, ScanOptions.defaults()),
                    ClassPath.EMPTY,
                    "another class path",
                    SessionFacts.OPTIONS,
                    known,
                    ProgressListener.NONE);
            assertThat(report.whole()).isTrue();
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
