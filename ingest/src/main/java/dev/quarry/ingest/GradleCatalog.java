package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Entries;
import dev.quarry.ingest.BuildValue.Items;
import dev.quarry.ingest.BuildValue.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version catalogue: libraries, bundles, versions and plug-ins by alias. Aliases are known by their parts between dots,
 * as scripts name them: {@code spring-core} is {@code spring.core}.
 */
final class GradleCatalog {
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, BuildValue> libraries = new HashMap<>();
    private final Map<String, BuildValue> bundles = new HashMap<>();
    private final Map<String, String> plugins = new HashMap<>();

    /** Adds what a catalogue file says. */
    void read(String toml) {
        BuildValue file = TomlValues.parse(toml).orElse(new Entries(Map.of()));
        section(file, "versions").forEach((alias, value) -> addVersion(alias, version(value)));
        section(file, "libraries").forEach((alias, value) -> addLibrary(alias, library(value)));
        section(file, "bundles")
                .forEach((alias, value) -> addBundle(
                        alias, value.asList().stream().map(BuildValue::asText).toList()));
        section(file, "plugins").forEach((alias, value) -> plugins.put(dotted(alias), plugin(value)));
    }

    private static Map<String, BuildValue> section(BuildValue file, String name) {
        return file.get(name).map(BuildValue::asMap).orElse(Map.of());
    }

    void addVersion(String alias, String version) {
        versions.put(dotted(alias), version);
    }

    /** With {@code group:artifact:version}, the version left out where it is not known here. */
    void addLibrary(String alias, String notation) {
        libraries.put(dotted(alias), new Text(notation));
    }

    /** With the aliases of its libraries. */
    void addBundle(String alias, List<String> aliases) {
        List<BuildValue> members = new ArrayList<>();
        aliases.forEach(member -> {
            BuildValue library = libraries.get(dotted(member));
            if (library != null) {
                members.add(library);
            }
        });
        bundles.put(dotted(alias), new Items(members));
    }

    private String library(BuildValue value) {
        if (value instanceof Text(String notation)) {
            return notation;
        }
        String module = value.text("module");
        String key = module.isEmpty() ? value.text("group") + ":" + value.text("name") : module;
        String version = value.get("version").map(this::version).orElse("");
        return version.isEmpty() ? key : key + ":" + version;
    }

    private String plugin(BuildValue value) {
        if (value instanceof Text(String notation)) {
            return notation;
        }
        return value.text("id") + ":" + value.get("version").map(this::version).orElse("");
    }

    /** A version, a reference to one, or a rich one; a strict one ends with {@code !!}. */
    private String version(BuildValue value) {
        if (value instanceof Text(String version)) {
            return version;
        }
        String reference = value.text("ref");
        if (!reference.isEmpty()) {
            return versions.getOrDefault(dotted(reference), "");
        }
        String strict = value.text("strictly");
        String preferred = value.text("prefer");
        if (!strict.isEmpty()) {
            return (VersionRange.isRange(strict) && !preferred.isEmpty() ? preferred : strict) + "!!";
        }
        return value.text("require").isEmpty() ? preferred : value.text("require");
    }

    String versionOf(String alias) {
        return versions.getOrDefault(dotted(alias), "");
    }

    /** {@code id:version} of a plug-in. */
    Optional<String> plugin(String alias) {
        return Optional.ofNullable(plugins.get(dotted(alias)));
    }

    /** What a script means by the names behind the catalogue's: a notation, a list of them, or a version. */
    Optional<BuildValue> find(List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String alias = dotted(String.join(".", names));
        BuildValue library = libraries.get(alias);
        if (library != null) {
            return Optional.of(library);
        }
        String below = dotted(String.join(".", names.subList(1, names.size())));
        return switch (names.getFirst()) {
            case "versions" -> Optional.ofNullable(versions.get(below)).map(Text::new);
            case "bundles" -> Optional.ofNullable(bundles.get(below));
            case "plugins" -> plugin(below).map(Text::new);
            default -> Optional.empty();
        };
    }

    private static String dotted(String alias) {
        return alias.replace('-', '.').replace('_', '.');
    }
}
