package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The class path of each module of a Maven repository. */
final class MavenModules {
    private final Path root;
    private final PomModels models;
    private final LocalRepository repository;
    private final List<Entry> given;
    private final Map<String, String> directories = new HashMap<>();
    private final List<ModuleClassPath> modules = new ArrayList<>();

    /** With the jars that each module sees before its own. */
    MavenModules(Path root, PomModels models, LocalRepository repository, List<Entry> given) {
        this.root = root.toAbsolutePath().normalize();
        this.models = models;
        this.repository = repository;
        this.given = given;
    }

    /** The modules that can hold sources; those that only gather others are none. */
    List<ModuleClassPath> of(List<Pom> poms) {
        for (Pom pom : poms) {
            directories.put(models.effective(pom).key(), directory(pom));
        }
        for (Pom pom : poms) {
            if (!pom.packaging().equals("pom")) {
                add(pom);
            }
        }
        return modules;
    }

    private void add(Pom pom) {
        EffectivePom model = models.effective(pom);
        DependencyResolver resolver = new DependencyResolver(models, repository);
        resolver.add(model);
        List<Entry> entries = new ArrayList<>(given);
        entries.addAll(resolver.entries());
        String own = directory(pom);
        List<String> siblings = resolver.siblings().stream()
                .map(key -> directories.getOrDefault(key, own))
                .filter(directory -> !directory.equals(own))
                .distinct()
                .toList();
        modules.add(new ModuleClassPath(
                own, model.languageLevel(), model.encoding(), entries, List.copyOf(resolver.missing()), siblings));
    }

    private String directory(Pom pom) {
        Path folder = pom.file().toAbsolutePath().normalize().getParent();
        return folder == null || !folder.startsWith(root) ? "" : IgnoreRules.slashed(root.relativize(folder));
    }
}
