package dev.quarry.tests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table "who may use whom" of ARCHITECTURE.md against the compiled classes. */
class ArchitectureTest {
    private static final String ROOT = "dev.quarry";

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("schema", List.of()),
            Map.entry("ingest", List.of("schema")),
            Map.entry("graphdb", List.of("schema")),
            Map.entry("search", List.of("schema")),
            Map.entry("embed", List.of("schema")),
            Map.entry("fake", List.of()),
            Map.entry("llm", List.of("schema")),
            Map.entry("ask", List.of("schema", "llm")),
            Map.entry("rag", List.of("schema", "graphdb", "search", "embed")),
            Map.entry("server", List.of("schema", "ingest", "graphdb", "search", "embed", "llm", "ask", "rag")),
            Map.entry("mcp", List.of("schema", "server")),
            Map.entry(
                    "cli",
                    List.of("schema", "ingest", "graphdb", "search", "embed", "llm", "ask", "rag", "server", "mcp")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static List<String> modules() {
        return MAY_USE.keySet().stream().sorted().toList();
    }

    @Test
    void import_allModules_seesTheirClasses() {
        for (String module : modules()) {
            assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(ROOT + "." + module)))
                    .as("classes of %s", module)
                    .hasSizeGreaterThan(3);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_dependencies_areThoseOfTheTable(String module) {
        List<String> allowed = MAY_USE.getOrDefault(module, List.of());
        String[] forbidden = modules().stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .map(other -> ROOT + "." + other + "..")
                .toArray(String[]::new);
        if (forbidden.length > 0) {
            noClasses()
                    .that(resideInAnyPackage(ROOT + "." + module + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .check(CLASSES);
        }
    }

    @Test
    void packages_dependencies_haveNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void modules_packages_areFlat() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName()).distinct())
                .allMatch(
                        name -> name.equals(ROOT + ".bench") || MAY_USE.containsKey(name.substring(ROOT.length() + 1)));
    }

    @Test
    void output_standardStreams_areForTheCommandLine() {
        noClasses()
                .that(resideInAnyPackage(ROOT + "..")
                        .and(resideOutsideOfPackage(ROOT + ".cli.."))
                        .and(resideOutsideOfPackage(ROOT + ".bench..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void engine_nativeMethods_standInOneClass() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getMethods().stream()
                                .anyMatch(method -> method.getModifiers()
                                        .contains(com.tngtech.archunit.core.domain.JavaModifier.NATIVE))))
                .hasSize(1);
    }
}
