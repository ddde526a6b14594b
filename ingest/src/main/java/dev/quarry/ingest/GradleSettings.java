package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a settings.gradle file says: which projects there are and where, included builds, catalogues. */
final class GradleSettings {
    private static final Set<String> WRAPPERS =
            Set.of("dependencyResolutionManagement", "versionCatalogs", "pluginManagement");

    private final Path root;
    private final GradleScope scope;
    private final BiConsumer<Path, GradleStatement> unread;
    private final Map<String, Path> projects = new LinkedHashMap<>();
    private final Set<Path> builds = new LinkedHashSet<>();
    private final Map<String, GradleCatalog> catalogs = new TreeMap<>();
    private final Map<String, String> plugins = new HashMap<>();
    private String rootName = "";

    private GradleSettings(Path root, BiConsumer<Path, GradleStatement> unread) {
        this.root = root;
        this.scope = new GradleScope(null, catalogs);
        this.unread = unread;
    }

    /** Of the build whose root is this folder; a build without a settings file has one project. */
    static GradleSettings of(Path root, Map<String, BuildValue> properties, BiConsumer<Path, GradleStatement> unread) {
        GradleSettings settings = new GradleSettings(root, unread);
        properties.forEach(settings.scope::put);
        for (String folder : List.of("rootDir", "settingsDir", "projectDir")) {
            settings.scope.put(folder, root.toString());
        }
        String libs = GradleScript.text(root.resolve("gradle").resolve("libs.versions.toml"));
        if (!libs.isEmpty()) {
            settings.catalog("libs").read(libs);
        }
        settings.projects.put(":", root);
        for (String name : List.of("settings.gradle", "settings.gradle.kts")) {
            Path file = root.resolve(name);
            settings.read(file, GradleScript.read(file));
        }
        return settings;
    }

    /** The directories of the projects by their paths, {@code :} first. */
    Map<String, Path> projects() {
        return projects;
    }

    /** The roots of included builds. */
    Set<Path> builds() {
        return builds;
    }

    Map<String, GradleCatalog> catalogs() {
        return catalogs;
    }

    /** The versions of plug-ins that are set for all projects, by id. */
    Map<String, String> plugins() {
        return plugins;
    }

    /** Empty where none is written. */
    String rootName() {
        return rootName;
    }

    private GradleCatalog catalog(String name) {
        return catalogs.computeIfAbsent(name, _ -> new GradleCatalog());
    }

    private void read(Path file, List<GradleStatement> statements) {
        for (GradleStatement statement : statements) {
            Optional<GradleLoop> loop = GradleLoop.of(statement, scope);
            if (loop.filter(found -> found.values().isPresent()).isPresent()) {
                loop.get().run(scope, () -> read(file, loop.get().block()));
                continue;
            }
            List<String> names = statement.names();
            String last = names.isEmpty() ? "" : names.getLast();
            switch (last) {
                case "include" -> include(file, statement);
                case "includeFlat" -> includeFlat(file, statement);
                case "includeBuild" ->
                    text(file, statement)
                            .forEach(folder -> builds.add(root.resolve(folder).normalize()));
                case "project" -> place(file, statement);
                case "plugins" -> statement.block().forEach(this::plugin);
                case "versionCatalogs" -> statement.block().forEach(this::declare);
                case "apply" -> apply(statement);
                case "name" -> {
                    if (names.contains("rootProject")) {
                        rootName = GradleExpression.text(statement.assigned(), scope);
                    }
                }
                default -> other(file, statement, last);
            }
        }
    }

    private void other(Path file, GradleStatement statement, String head) {
        if (WRAPPERS.contains(head)) {
            read(file, statement.block());
        } else if (!statement.assigned().isEmpty()) {
            List<GradleToken> tokens = statement.tokens();
            int sign = tokens.size() - statement.assigned().size() - 1;
            GradleExpression.value(statement.assigned(), scope)
                    .ifPresent(value -> scope.put(tokens.get(sign - 1).text(), value));
        } else if (statement.block().stream().anyMatch(inner -> inner.head().equals("include"))) {
            unread.accept(file, statement);
        }
    }

    /** The texts that a call is given; what cannot be told is named. */
    private List<String> text(Path file, GradleStatement statement) {
        List<String> texts = GradleArguments.of(statement.rest()).positional().stream()
                .map(argument -> GradleExpression.value(argument, scope))
                .flatMap(value -> value.stream()
                        .flatMap(found ->
                                found instanceof BuildValue.Items ? found.asList().stream() : Stream.of(found)))
                .map(BuildValue::asText)
                .filter(text -> !text.isEmpty())
                .toList();
        if (texts.isEmpty()) {
            unread.accept(file, statement);
        }
        return texts;
    }

    private void include(Path file, GradleStatement statement) {
        for (String text : text(file, statement)) {
            String path = "";
            for (String name : text.split("[:/]")) {
                if (!name.isEmpty()) {
                    Path above = projects.getOrDefault(path.isEmpty() ? ":" : path, root);
                    path = path + ":" + name;
                    projects.putIfAbsent(path, above.resolve(name).normalize());
                }
            }
        }
    }

    private void includeFlat(Path file, GradleStatement statement) {
        text(file, statement)
                .forEach(name -> projects.putIfAbsent(
                        ":" + name, root.resolveSibling(name).normalize()));
    }

    /** {@code project(':core').projectDir = file('modules/core')}, and the same with {@code new File(settingsDir, …)}. */
    private void place(Path file, GradleStatement statement) {
        List<GradleToken> assigned = statement.assigned();
        GradleArguments arguments = GradleArguments.of(statement.rest());
        boolean isPlace = statement.tokens().stream().anyMatch(token -> token.isWord("projectDir"));
        if (!isPlace || assigned.isEmpty() || arguments.positional().isEmpty()) {
            return;
        }
        String path = GradleExpression.text(arguments.positional().getFirst(), scope);
        List<GradleToken> value = assigned.getFirst().isWord("new") ? assigned.subList(2, assigned.size()) : assigned;
        boolean call = !value.isEmpty() && value.getLast().isSign(")");
        int open = call ? (value.getFirst().isSign("(") ? 0 : value.indexOf(bracket(value))) : 0;
        List<List<GradleToken>> parts = GradleArguments.of(
                        call ? value.subList(Math.max(0, open), value.size()) : value)
                .positional();
        Path folder = root;
        for (List<GradleToken> part : parts) {
            String text = GradleExpression.text(part, scope);
            if (text.isEmpty()) {
                unread.accept(file, statement);
                return;
            }
            folder = folder.resolve(text);
        }
        projects.put(path.startsWith(":") ? path : ":" + path, folder.normalize());
    }

    private static GradleToken bracket(List<GradleToken> tokens) {
        return tokens.stream().filter(token -> token.isSign("(")).findFirst().orElse(tokens.getFirst());
    }

    private void apply(GradleStatement statement) {
        List<GradleToken> from = GradleArguments.of(statement.rest()).named().getOrDefault("from", List.of());
        String script = GradleExpression.text(from, scope);
        if (!script.isEmpty() && !script.contains("://")) {
            Path file = root.resolve(script).normalize();
            read(file, GradleScript.read(file));
        }
    }

    private void plugin(GradleStatement statement) {
        GradlePlugin.of(statement, scope).ifPresent(plugin -> plugins.put(plugin.id(), plugin.version()));
    }

    /** {@code libs { … }} or {@code create("libs") { … }}. */
    private void declare(GradleStatement statement) {
        boolean create = Set.of("create", "register", "maybeCreate").contains(statement.head());
        List<List<GradleToken>> arguments = GradleArguments.of(statement.rest()).positional();
        String name =
                create && !arguments.isEmpty() ? GradleExpression.text(arguments.getFirst(), scope) : statement.head();
        GradleCatalog catalog = catalog(name);
        for (GradleStatement inner : statement.block()) {
            List<String> texts = GradleArguments.of(inner.rest()).positional().stream()
                    .map(argument -> argument.getFirst().isWord("files")
                            ? GradleExpression.value(argument, scope).map(BuildValue::asList).orElse(List.of()).stream()
                                    .map(BuildValue::asText)
                                    .findFirst()
                                    .orElse("")
                            : GradleExpression.text(argument, scope))
                    .toList();
            switch (inner.head()) {
                case "from" -> texts.forEach(file -> catalog.read(GradleScript.text(root.resolve(file))));
                case "version" -> {
                    if (texts.size() == 2) {
                        catalog.addVersion(texts.getFirst(), texts.get(1));
                    }
                }
                case "library", "alias" -> library(catalog, inner, texts);
                case "bundle" -> bundle(catalog, inner);
                default -> {}
            }
        }
    }

    private void library(GradleCatalog catalog, GradleStatement statement, List<String> texts) {
        String version = "";
        for (int i = 0; i + 2 < statement.tokens().size(); i++) {
            GradleToken token = statement.tokens().get(i);
            boolean named = token.isWord("version") || token.isWord("versionRef") || token.isWord("to");
            if (named && i > 0 && statement.tokens().get(i - 1).isSign(".")) {
                String text = GradleExpression.text(List.of(statement.tokens().get(i + 2)), scope);
                boolean to = token.isWord("to");
                version = token.isWord("versionRef") ? catalog.versionOf(text) : to ? version : text;
                texts = to ? List.of(texts.getFirst(), text) : texts;
            }
        }
        if (texts.size() > 1) {
            String suffix = version.isEmpty() ? "" : ":" + version;
            catalog.addLibrary(texts.getFirst(), String.join(":", texts.subList(1, texts.size())) + suffix);
        }
    }

    private void bundle(GradleCatalog catalog, GradleStatement statement) {
        List<List<GradleToken>> arguments = GradleArguments.of(statement.rest()).positional();
        if (arguments.size() == 2) {
            List<String> aliases =
                    GradleExpression.value(arguments.get(1), scope).map(BuildValue::asList).orElse(List.of()).stream()
                            .map(BuildValue::asText)
                            .toList();
            catalog.addBundle(GradleExpression.text(arguments.getFirst(), scope), aliases);
        }
    }
}
