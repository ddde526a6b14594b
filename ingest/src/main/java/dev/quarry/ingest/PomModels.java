package dev.quarry.ingest;

import dev.quarry.ingest.Pom.Dependency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds effective poms, as Maven does: parents, properties, managed versions, imported bills of materials.
 *
 * <p>Of the profiles those count that {@link PomProfiles} finds active.
 */
final class PomModels {
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^${}]+)}");
    private static final int MAX_DEPTH = 40;

    private final LocalRepository repository;
    private final MavenConfig config;
    /** Poms of the repository being indexed, by {@code group:artifact}. */
    private final Map<String, Pom> reactor = new HashMap<>();

    private final Map<String, Optional<EffectivePom>> cache = new HashMap<>();
    private final Set<String> missing = new TreeSet<>();

    /** With what a repository's Maven configuration sets. */
    PomModels(LocalRepository repository, MavenConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /** Makes a pom of the indexed repository known. */
    void addReactor(Pom pom) {
        String group = pom.group().isEmpty() ? pom.parent().group() : pom.group();
        reactor.putIfAbsent(group + ":" + pom.artifact(), pom);
    }

    boolean isReactor(String groupAndArtifact) {
        return reactor.containsKey(groupAndArtifact);
    }

    /** Coordinates of poms that are needed and not on this machine. */
    Set<String> missing() {
        return missing;
    }

    /** The effective pom of an artifact; empty where its pom is not on this machine. */
    Optional<EffectivePom> of(String group, String artifact, String version) {
        String key = group + ":" + artifact + ":" + version;
        Optional<EffectivePom> known = cache.get(key);
        if (known == null) {
            cache.put(key, Optional.empty());
            known = find(group, artifact, version).map(pom -> effective(pom, 0));
            cache.put(key, known);
        }
        return known;
    }

    private Optional<Pom> find(String group, String artifact, String version) {
        Pom own = reactor.get(group + ":" + artifact);
        if (own != null) {
            return Optional.of(own);
        }
        if (version.isEmpty()) {
            return Optional.empty(); // a missing parent or bill of materials manages it, and is named itself
        }
        Optional<Pom> pom = repository.pom(group, artifact, version).flatMap(file -> PomReader.read(file, config));
        if (pom.isEmpty()) {
            missing.add(group + ":" + artifact + ":pom:" + version);
        }
        return pom;
    }

    EffectivePom effective(Pom pom) {
        return effective(pom, 0);
    }

    private EffectivePom effective(Pom pom, int depth) {
        List<Pom> chain = withParents(pom);
        Map<String, String> properties = properties(chain);
        Map<String, Dependency> managed = new LinkedHashMap<>();
        List<Dependency> imports = new ArrayList<>();
        for (Pom each : chain) {
            for (Dependency raw : each.managed()) {
                Dependency dependency = replace(raw, properties);
                if (dependency.scope().equals("import") && dependency.type().equals("pom")) {
                    imports.add(dependency);
                } else {
                    managed.putIfAbsent(dependency.key(), dependency);
                }
            }
        }
        if (depth < MAX_DEPTH) {
            for (Dependency bom : imports) {
                find(bom.group(), bom.artifact(), bom.version())
                        .map(found -> effective(found, depth + 1))
                        .ifPresent(model -> model.managed().forEach(managed::putIfAbsent));
            }
        }
        Map<String, Dependency> dependencies = new LinkedHashMap<>();
        for (Pom each : chain) {
            for (Dependency raw : each.dependencies()) {
                Dependency dependency = manage(replace(raw, properties), managed);
                dependencies.putIfAbsent(dependency.key(), dependency);
            }
        }
        return new EffectivePom(
                properties.getOrDefault("project.groupId", ""),
                pom.artifact(),
                properties.getOrDefault("project.version", ""),
                pom.packaging(),
                languageLevel(chain, properties),
                encoding(chain, properties),
                List.copyOf(dependencies.values()),
                managed);
    }

    private static String languageLevel(List<Pom> chain, Map<String, String> properties) {
        String configured = chain.stream()
                .map(Pom::languageLevel)
                .filter(level -> !level.isEmpty())
                .findFirst()
                .orElse("");
        String level = first(configured, properties.getOrDefault("maven.compiler.release", ""));
        return replace(first(level, properties.getOrDefault("maven.compiler.source", "")), properties);
    }

    /** A property that nothing gives a value to declares none. */
    private static String encoding(List<Pom> chain, Map<String, String> properties) {
        String configured = chain.stream()
                .map(Pom::encoding)
                .filter(encoding -> !encoding.isEmpty())
                .findFirst()
                .orElse("${project.build.sourceEncoding}");
        String encoding = replace(configured, properties).strip();
        return encoding.contains("${") ? "" : encoding;
    }

    /** The pom and its parents, nearest first. */
    private List<Pom> withParents(Pom pom) {
        List<Pom> chain = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        Optional<Pom> next = Optional.of(pom);
        while (next.isPresent() && seen.add(next.get().file()) && chain.size() < MAX_DEPTH) {
            chain.add(next.get());
            next = parentOf(next.get());
        }
        return chain;
    }

    private Optional<Pom> parentOf(Pom pom) {
        Pom.Parent parent = pom.parent();
        if (parent.artifact().isEmpty()) {
            return Optional.empty();
        }
        Optional<Pom> beside = besideOf(pom);
        return beside.isPresent() ? beside : find(parent.group(), parent.artifact(), parent.version());
    }

    /** The parent where {@code relativePath} says, if it is the one that is meant. */
    private Optional<Pom> besideOf(Pom pom) {
        Path folder = pom.file().getParent();
        if (folder == null || pom.parent().relativePath().isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve(pom.parent().relativePath()).normalize();
        Path candidate = Files.isDirectory(file) ? file.resolve("pom.xml") : file;
        if (!Files.isRegularFile(candidate)) {
            return Optional.empty();
        }
        return PomReader.read(candidate, config)
                .filter(found -> found.artifact().equals(pom.parent().artifact()));
    }

    private Map<String, String> properties(List<Pom> chain) {
        Map<String, String> properties = new HashMap<>(config.properties());
        for (Pom each : chain) {
            each.properties().forEach(properties::putIfAbsent);
        }
        Pom own = chain.getFirst();
        String group = "";
        String version = "";
        for (Pom each : chain) {
            group = group.isEmpty() ? first(each.group(), each.parent().group()) : group;
            version = version.isEmpty() ? first(each.version(), each.parent().version()) : version;
        }
        for (String prefix : List.of("project.", "pom.", "")) {
            put(properties, prefix + "groupId", group);
            put(properties, prefix + "artifactId", own.artifact());
            put(properties, prefix + "version", replace(version, properties));
            put(properties, prefix + "parent.groupId", own.parent().group());
            put(properties, prefix + "parent.artifactId", own.parent().artifact());
            put(properties, prefix + "parent.version", own.parent().version());
        }
        return properties;
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (name.startsWith("project.")) {
            properties.put(name, value);
        } else {
            properties.putIfAbsent(name, value);
        }
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static Dependency replace(Dependency raw, Map<String, String> properties) {
        return new Dependency(
                replace(raw.group(), properties),
                replace(raw.artifact(), properties),
                replace(raw.version(), properties),
                replace(raw.type(), properties),
                replace(raw.classifier(), properties),
                replace(raw.scope(), properties),
                raw.optional(),
                raw.exclusions());
    }

    private static String replace(String text, Map<String, String> properties) {
        String result = text;
        for (int round = 0; round < MAX_DEPTH && result.contains("${"); round++) {
            Matcher matcher = PROPERTY.matcher(result);
            String next = matcher.replaceAll(found -> Matcher.quoteReplacement(
                    properties.getOrDefault(found.group(1), System.getProperty(found.group(1), found.group()))));
            if (next.equals(result)) {
                break;
            }
            result = next;
        }
        return result;
    }

    private static Dependency manage(Dependency dependency, Map<String, Dependency> managed) {
        Dependency manager = managed.get(dependency.key());
        if (manager == null) {
            return dependency;
        }
        Set<String> exclusions = new HashSet<>(dependency.exclusions());
        exclusions.addAll(manager.exclusions());
        return dependency.with(
                first(dependency.version(), manager.version()), first(dependency.scope(), manager.scope()), exclusions);
    }
}
