package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routes, beans and injections are those of Spring itself: the fixtures are compiled and started, each with all its
 * profiles, and what the container says of them is the truth.
 */
class SpringContractTest {
    private static final Path FIXTURES = Path.of("src", "test", "fixtures");

    /** Placeholders in paths, which the graph keeps, and what the applications make of them. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("${shop.words}", "/lang", "${spring.cloud.config.server.prefix:}", "");

    @TempDir
    private Path folder;

    @Test
    void clinic_always_isAsSpringRunsIt() {
        check("clinic", "clinic.ClinicApplication", List.of(""));
    }

    @Test
    void shopOfSeveralModules_withEachProfile_isAsSpringRunsIt() {
        check("shop", "shop.app.ShopApplication", List.of("", "dev"));
    }

    @Test
    void export_ofRoutesAndInjections_printsThemBetweenTabs() {
        Path store = folder.resolve("exported");
        Indexing.index(FIXTURES.resolve("clinic"), store);

        Quarry.Result routes = Quarry.run(folder, "export", "routes", "--store", store.toString());
        Quarry.Result injections = Quarry.run(folder, "export", "injections", "--store", store.toString());

        assertThat(routes.status()).as(routes.err()).isZero();
        assertThat(routes.out().lines())
                .contains(
                        "GET\t/owners/{ownerId}/pets/new\tclinic.owner.PetController#form()",
                        "*\t/oups\tclinic.system.WelcomeController#crash()");
        assertThat(injections.status()).as(injections.err()).isZero();
        assertThat(injections.out().lines())
                .contains("clinic.owner.OwnerController#<init>(clinic.owner.OwnerRepository)"
                        + "\tmemoryOwners(clinic.owner.MemoryOwners)");
    }

    @Test
    void configServer_published_hasTheRoutesOfItsClasses() {
        String jar = Corpus.CONFIG_SERVER.classes().toAbsolutePath().toString();
        List<String> classPath = new ArrayList<>(List.of(jar));
        Corpus.besideConfigServer()
                .forEach(each -> classPath.add(each.toAbsolutePath().toString()));
        NavigableSet<String> truth = lines(Quarry.java(folder, classPath, SpringJarDump.class.getName(), jar));
        NavigableSet<String> found = quarry(Corpus.CONFIG_SERVER.unpackSources(folder.resolve("sources")));

        assertThat(lines(truth, "route")).hasSizeGreaterThan(15);
        assertThat(lines(found, "route")).containsExactlyElementsOf(lines(truth, "route"));
    }

    private void check(String fixture, String application, List<String> profiles) {
        NavigableSet<String> truth = new TreeSet<>();
        Path classes = compile(FIXTURES.resolve(fixture));
        for (String profile : profiles) {
            truth.addAll(dump(classes, fixture, application, profile));
        }
        NavigableSet<String> found = quarry(FIXTURES.resolve(fixture));

        assertThat(lines(truth, "route")).hasSizeGreaterThan(10);
        assertThat(lines(truth, "injection")).hasSizeGreaterThan(6);
        assertThat(lines(found, "route")).containsExactlyElementsOf(lines(truth, "route"));
        assertThat(lines(found, "bean")).containsExactlyElementsOf(lines(truth, "bean"));
        assertThat(lines(found, "injection")).containsExactlyElementsOf(lines(truth, "injection"));
    }

    private static List<String> lines(NavigableSet<String> all, String kind) {
        return all.stream().filter(line -> line.startsWith(kind + "\t")).toList();
    }

    /** Compiles the sources of all modules together, their tests left out, and puts the resources beside the classes. */
    private Path compile(Path fixture) {
        Path classes = folder.resolve("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> walk = Files.walk(fixture);
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> main =
                    walk.filter(file -> file.toString().contains("/src/main/")).toList();
            List<Path> sources = main.stream()
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
            List<String> options = List.of(
                    "-parameters",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
            for (Path file : main) {
                String path = file.toString();
                int resource = path.indexOf("/resources/");
                if (resource > 0 && Files.isRegularFile(file)) {
                    Path target = classes.resolve(path.substring(resource + "/resources/".length()));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return classes;
    }

    private NavigableSet<String> dump(Path classes, String root, String application, String profile) {
        return lines(Quarry.java(
                folder,
                List.of(classes.toString()),
                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                SpringDump.class.getName(),
                root,
                application,
                profile));
    }

    private static NavigableSet<String> lines(Quarry.Result result) {
        assertThat(result.status()).as(result.err() + result.out()).isZero();
        NavigableSet<String> lines = new TreeSet<>();
        result.out()
                .lines()
                .filter(line -> line.startsWith("dump\t"))
                .map(line -> line.substring("dump\t".length()))
                .forEach(lines::add);
        return lines;
    }

    private static String resolved(String route) {
        String path = route;
        for (Map.Entry<String, String> each : PLACEHOLDERS.entrySet()) {
            path = path.replace(each.getKey(), each.getValue());
        }
        return path;
    }

    /** The graph's routes, beans and injections of the application itself, written as the dump writes them. */
    private NavigableSet<String> quarry(Path sources) {
        Path store = folder.resolve("store");
        Indexing.index(sources, store);
        NavigableSet<String> lines = new TreeSet<>();
        for (StoreDump.Line line : StoreDump.edges(store)) {
            Node to = line.to();
            String from = line.from().symbol();
            String detail = line.edge().detail() + to.detail();
            if (Flags.has(line.from().flags(), Flags.TEST) || detail.contains("absent: ")) {
                continue;
            }
            switch (line.edge().kind()) {
                case HANDLED_BY -> lines.add("route\t" + resolved(from).replaceFirst(" ", "\t") + "\t" + to.symbol());
                case DEFINES -> {
                    if (to.kind() == NodeKind.BEAN) {
                        lines.add("bean\t" + to.name());
                    }
                }
                case INJECTS -> {
                    boolean own = !detail.contains("unresolved");
                    lines.add("injection\t" + from + "\t" + (own ? to.name() : SpringDump.OUTSIDE));
                }
                default -> {
                    // not the container's concern
                }
            }
        }
        return lines;
    }
}
