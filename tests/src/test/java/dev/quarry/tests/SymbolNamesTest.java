package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeKind;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Resolution;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What names and places stand for in a store with records, and with members of one name. */
class SymbolNamesTest {
    @TempDir
    private static Path folder;

    private static Workspace workspace;

    @BeforeAll
    static void index() throws IOException {
        Path sources = Files.createDirectory(folder.resolve("bad"));
        Files.writeString(sources.resolve("Money.java"), """
                package shop.model;

                public record Money(long cents, String currency) {
                    static Money zero() { return new Money(0, "EUR"); }
                }
                """);
        Files.writeString(sources.resolve("Price.java"), """
                package shop.model;

                @Deprecated
                public record Price(Money gross,
                        Money net) {}
                """);
        Files.writeString(sources.resolve("Broken.java"), """
                package shop;

                class Broken {
                    int size;
                    int $odd;
                    int size() { return size; }
                    int size(int factor) { return factor * size; }
                    void bad() {}
                }
                """);
        Files.writeString(
                Files.createDirectory(sources.resolve("one")).resolve("Twice.java"),
                "package one;\n\nclass Twice {}\n");
        Files.writeString(Files.createDirectory(sources.resolve("two")).resolve("Twice.java"), """
                package two;

                class Twice {
                    int more;
                }
                """);
        workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting());
        Indexing.index(sources, workspace);
    }

    @AfterAll
    static void close() {
        workspace.close();
    }

    @Test
    void resolve_symbolWrittenOut_isThatSymbol() {
        assertThat(found("shop.model.Money#cents")).isEqualTo("RECORD_COMPONENT shop.model.Money#cents");
        assertThat(found("shop.model.Money#cents()")).isEqualTo("METHOD shop.model.Money#cents()");
        assertThat(found("shop.Broken#size")).isEqualTo("FIELD shop.Broken#size");
        assertThat(found("shop.Broken#size(int)")).isEqualTo("METHOD shop.Broken#size(int)");
        assertThat(found("shop.Broken#$odd")).isEqualTo("FIELD shop.Broken#$odd");
    }

    @Test
    void resolve_nameOfSeveral_listsCandidatesThatCanEachBeNamed() {
        for (String name : List.of("Money.cents", "cents", "Broken.size", "shop.Broken.size")) {
            Resolution resolution = workspace.symbols().resolve(name);
            assertThat(resolution).as(name).isInstanceOf(Resolution.Ambiguous.class);
            for (StampedNode candidate : ((Resolution.Ambiguous) resolution).candidates()) {
                assertThat(workspace.symbols().resolve(candidate.node().symbol()))
                        .as(name)
                        .isEqualTo(new Resolution.Found(candidate));
            }
        }
    }

    @Test
    void resolve_lineWhereARecordBegins_isTheRecord() {
        assertThat(found("Money.java:3")).isEqualTo("RECORD shop.model.Money");
        assertThat(found("Price.java:3")).isEqualTo("RECORD shop.model.Price");
        assertThat(found("Price.java:4")).isEqualTo("RECORD shop.model.Price");
    }

    @Test
    void resolve_lineOfAMember_isTheMember() {
        assertThat(found("Money.java:4")).isEqualTo("METHOD shop.model.Money#zero()");
        assertThat(found("Price.java:5")).isEqualTo("RECORD_COMPONENT shop.model.Price#net");
        assertThat(found("Broken.java:4")).isEqualTo("FIELD shop.Broken#size");
        assertThat(found("Broken.java:8")).isEqualTo("METHOD shop.Broken#bad()");
    }

    @Test
    void resolve_lineOfFilesOfOneName_isWhatStandsThere() {
        assertThat(found("Twice.java:4")).isEqualTo("FIELD two.Twice#more");
        Resolution both = workspace.symbols().resolve("Twice.java:3");
        assertThat(both).isInstanceOf(Resolution.Ambiguous.class);
        assertThat(((Resolution.Ambiguous) both).candidates())
                .extracting(node -> node.node().symbol())
                .containsExactly("one.Twice", "two.Twice");
        assertThat(workspace.symbols().resolve("Twice.java:99"))
                .isEqualTo(new Resolution.Missing("no declaration stands at one/Twice.java:99, two/Twice.java:99"));
    }

    @Test
    void resolve_unknownName_suggestsOnlyWhatHasASymbol() {
        Resolution resolution = workspace.symbols().resolve("bad2");
        assertThat(resolution).isInstanceOf(Resolution.Missing.class);
        String hint = ((Resolution.Missing) resolution).hint();
        assertThat(hint).contains("near it: ", "shop.Broken.bad()").doesNotContain(": ,", ", ,");
    }

    /** The kind and the symbol of the one node that a text stands for. */
    private static String found(String text) {
        Resolution resolution = workspace.symbols().resolve(text);
        assertThat(resolution).as(text).isInstanceOf(Resolution.Found.class);
        StampedNode node = ((Resolution.Found) resolution).node();
        NodeKind kind = node.node().kind();
        return kind + " " + node.node().symbol();
    }
}
