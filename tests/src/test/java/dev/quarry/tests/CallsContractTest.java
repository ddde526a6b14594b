package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls that {@code quarry export calls} writes are those of the class files which a compiler made of the sources. */
class CallsContractTest {
    private static final double ENOUGH = 0.995;

    @TempDir
    private Path folder;

    @Test
    void export_callsOfRealRepository_areThoseOfTheClassFiles() {
        BytecodeCallers bytecode = BytecodeCallers.of(Corpus.COMMONS_LANG.classes());
        Set<String> truth = new TreeSet<>();
        for (String callee : bytecode.declared()) {
            bytecode.callersOf(callee).forEach(caller -> truth.add(caller + "\t" + callee));
        }
        truth.removeIf(line -> !isComparable(line));

        Set<String> graph = exported();
        graph.removeIf(line -> !isComparable(line) || !bytecode.declared().contains(callee(line)));

        Set<String> both = new TreeSet<>(truth);
        both.retainAll(graph);
        assertThat(truth).hasSizeGreaterThan(3_000);
        assertThat((double) both.size() / graph.size())
                .as("precision; only in the graph: %s", without(graph, both))
                .isGreaterThanOrEqualTo(ENOUGH);
        assertThat((double) both.size() / truth.size())
                .as("recall; only in the class files: %s", without(truth, both))
                .isGreaterThanOrEqualTo(ENOUGH);
    }

    private Set<String> exported() {
        Path sources = Corpus.COMMONS_LANG.unpackSources(folder.resolve("lang"));
        Path store = folder.resolve("store");
        Indexing.index(sources, store);
        Quarry.Result result = Quarry.run(folder, "export", "calls", "--store", store.toString());
        assertThat(result.status()).as(result.err()).isZero();
        return result.out().lines().collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Class files put initializers of fields into each constructor, add parameters to constructors of inner classes and
     * enums, and number anonymous classes: of these they do not say what the source says.
     */
    private static boolean isComparable(String line) {
        return !line.contains("<") && !line.matches(".*\\$\\d.*");
    }

    private static String callee(String line) {
        return line.substring(line.indexOf('\t') + 1);
    }

    private static Set<String> without(Set<String> lines, Set<String> others) {
        Set<String> rest = new TreeSet<>(lines);
        rest.removeAll(others);
        return rest;
    }
}
