package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bound again when a method changes, comes or goes. */
class MethodChangesTest {
    private final SessionFacts known = new SessionFacts();
    private final IngestSession session = new IngestSession();

    @TempDir
    private Path root;

    @AfterEach
    void close() {
        session.close();
    }

    private void write(String name, String text) {
        Graph.write(root, "p/" + name + ".java", "package p;\n\n" + text);
    }

    /** Writes a state of a file's text after another, and looks which files are given with the second. */
    private void assertGiven(String name, String before, String after, String... others) {
        write(name, before);
        known.run(session, root);
        write(name, after);
        IngestReport report = known.run(session, root);
        assertThat(report.whole()).isFalse();
        assertThat(known.given)
                .containsExactlyInAnyOrder(Stream.concat(Stream.of(name), Stream.of(others))
                        .map(each -> "p/" + each + ".java")
                        .toArray(String[]::new));
        known.assertEqualToClean(report, root, after);
    }

    @Test
    void run_afterAMethodChanged_givesWhatNamesItAndWhatLiesBelow() {
        write("Lower", "class Lower extends Base {}\n");
        write("Lowest", "class Lowest extends Lower {}\n");
        write("Caller", "class Caller {\n    void use(Lowest base) {\n        base.one();\n    }\n}\n");
        write("Other", "class Other {\n    void use(Base base) {\n        base.two();\n    }\n}\n");
        write("Longer", "class Longer {\n    Base one1;\n    void use() {\n        new Base();\n    }\n}\n");
        assertGiven(
                "Base",
                "class Base {\n    void one() {}\n\n    void two() {}\n}\n",
                "class Base {\n    void one(Object... more) {}\n\n    void two() {}\n}\n",
                "Lower",
                "Lowest",
                "Caller");
    }

    @Test
    void run_afterAMethodWentAndAnotherCame_givesWhatNamesEither() {
        write("Old", "class Old {\n    void use(Base base) {\n        base.one();\n    }\n}\n");
        write("New", "class New {\n    void use(Base base) {\n        base.three();\n    }\n}\n");
        write("Other", "class Other {\n    void use(Base base) {\n        base.two();\n    }\n}\n");
        assertGiven(
                "Base",
                "class Base {\n    void one() {}\n\n    void two() {}\n}\n",
                "class Base {\n    void two() {}\n\n    void three() {}\n}\n",
                "Old",
                "New");
    }

    @Test
    void run_afterAFieldChangedBesideAMethod_givesWhatNamesTheType() {
        write("Other", "class Other {\n    Object use(Base base) {\n        return base.field;\n    }\n}\n");
        assertGiven(
                "Base",
                "class Base {\n    int field;\n\n    void one() {}\n}\n",
                "class Base {\n    long field;\n\n    void one(int i) {}\n}\n",
                "Other");
    }

    @Test
    void run_afterAMethodOfAnInterfaceCame_givesWhatMakesItOfALambda() {
        write("Task", "class Task {\n    void take(Base base) {}\n}\n");
        write("Maker", "class Maker {\n    void make(Task task) {\n        task.take(() -> hashCode());\n    }\n}\n");
        assertGiven(
                "Base",
                "interface Base {\n    void one();\n}\n",
                "interface Base {\n    void one();\n\n    void two();\n}\n",
                "Task",
                "Maker");
    }

    @Test
    void run_afterAMethodThatLoopsUseUnsaidChanged_givesWhatNamesTheType() {
        write("Loop", """
                class Loop {
                    void use(Base base) {
                        for (Object each : base) {
                            each.hashCode();
                        }
                    }
                }
                """);
        assertGiven("Base", "abstract class Base implements Iterable<String> {}\n", """
                abstract class Base implements Iterable<String> {
                    public java.util.Iterator<String> iterator() {
                        return null;
                    }
                }
                """, "Loop");
    }

    @Test
    void run_afterAMethodCameThatABelowInheritsForAnInterface_givesThatType() {
        write("Face", "interface Face {\n    void one();\n}\n");
        write("Lower", "abstract class Lower extends Base implements Face {}\n");
        write("User", "class User {\n    void use(Face face) {\n        face.one();\n    }\n}\n");
        assertGiven("Base", "class Base {}\n", "class Base {\n    public void one() {}\n}\n", "Lower");
    }

    @Test
    void run_afterAMethodChangedThatATextSpellsWithEscapes_givesThatText() {
        write("Other", "class Other {\n    void use(Base base) {\n        base.\\u006fne();\n    }\n}\n");
        assertGiven(
                "Base",
                "class Base {\n    void one() {}\n}\n",
                "class Base {\n    int one() {\n        return 1;\n    }\n}\n",
                "Other");
    }

    @Test
    void run_afterAMethodChangedWhatItReturns_givesWhatCallsOnTheResult() {
        write("One", "class One {\n    void go() {}\n}\n");
        write("Two", "class Two {\n    void go() {}\n}\n");
        write("Chain", "class Chain {\n    void use(Base base) {\n        base.make().go();\n    }\n}\n");
        assertGiven(
                "Base",
                "class Base {\n    One make() {\n        return null;\n    }\n}\n",
                "class Base {\n    Two make() {\n        return null;\n    }\n}\n",
                "Chain");
    }
}
