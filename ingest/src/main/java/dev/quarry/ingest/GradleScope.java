package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names in a project's scripts stand for: its own, then those of the projects above it. */
final class GradleScope {
    private static final Set<String> PREFIXES = Set.of(
            "project", "this", "ext", "extra", "providers", "properties", "settings", "gradle", "target", "parent");

    private final @Nullable GradleScope above;
    private final Map<String, GradleCatalog> catalogs;
    private final Map<String, BuildValue> values = new HashMap<>();

    GradleScope(@Nullable GradleScope above, Map<String, GradleCatalog> catalogs) {
        this.above = above;
        this.catalogs = catalogs;
    }

    void put(String name, BuildValue value) {
        values.put(name, value);
    }

    void remove(String name) {
        values.remove(name);
    }

    void put(String name, String text) {
        values.put(name, new Text(text));
    }

    Map<String, GradleCatalog> catalogs() {
        return catalogs;
    }

    /** The value that dotted names stand for; empty where that is not known. */
    Optional<BuildValue> find(List<String> names) {
        List<String> rest = names;
        if (rest.size() > 1 && rest.getFirst().equals("rootProject")) {
            return root().find(rest.subList(1, rest.size()));
        }
        while (rest.size() > 1 && PREFIXES.contains(rest.getFirst())) {
            rest = rest.subList(1, rest.size());
        }
        String first = rest.getFirst();
        if (first.equals("JavaVersion") && rest.size() > 1) {
            return Optional.of(new Text(rest.get(1).replace("VERSION_", "").replace('_', '.')));
        }
        Optional<BuildValue> own = lookUp(first);
        if (own.isEmpty() && catalogs.containsKey(first)) {
            return catalogs.get(first).find(rest.subList(1, rest.size()));
        }
        for (String name : rest.subList(1, rest.size())) {
            own = own.flatMap(value -> value.get(name));
        }
        // A property may have dots in its name, and some names are meant whatever class they are said of.
        return own.or(() -> lookUp(String.join(".", names))).or(() -> lookUp("*." + names.getLast()));
    }

    private Optional<BuildValue> lookUp(String name) {
        for (@Nullable GradleScope scope = this; scope != null; scope = scope.above) {
            BuildValue value = scope.values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private GradleScope root() {
        GradleScope scope = this;
        while (scope.above != null) {
            scope = scope.above;
        }
        return scope;
    }
}
