package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Text;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The projects of a Gradle build, read from its files; no script is run. Included builds and {@code buildSrc} are builds of
 * their own that belong to it. For one thread.
 */
final class GradleBuild {
    private static final List<String> SETTINGS = List.of("settings.gradle", "settings.gradle.kts");
    /** What the script of a module is called. */
    static final List<String> SCRIPTS = List.of("build.gradle", "build.gradle.kts");

    private static final int CONVENTION_DEPTH = 12;
    private static final int MAX_BUILDS = 64;

    private final Path root;
    private final Path top;
    private final GradleSettings settings;
    private final Map<String, GradleProject> projects = new LinkedHashMap<>();
    private final Map<String, String> accessors = new HashMap<>();
    private final Map<String, List<Path>> conventions = new TreeMap<>();
    private final Map<String, Set<GradleProject>> sets = new HashMap<>();
    private final Set<String> unread = new TreeSet<>();

    private GradleBuild(Path root, Path top) {
        this.root = root;
        this.top = top;
        this.settings = GradleSettings.of(root, properties(root), this::unread);
    }

    /** Whether a folder is the root of a build. */
    static boolean isRoot(Path folder) {
        return Stream.concat(SETTINGS.stream(), SCRIPTS.stream())
                .anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** The builds whose roots are these folders, with all builds that they include, each once. */
    static List<GradleBuild> read(Path top, Collection<Path> roots) {
        Map<Path, GradleBuild> builds = new LinkedHashMap<>();
        List<Path> open = new ArrayList<>(roots);
        for (int i = 0; i < open.size() && i < MAX_BUILDS; i++) {
            Path folder = open.get(i).toAbsolutePath().normalize();
            if (!builds.containsKey(folder) && isRoot(folder)) {
                GradleBuild build = new GradleBuild(folder, top.toAbsolutePath().normalize());
                builds.put(folder, build);
                open.addAll(build.settings.builds());
                open.add(folder.resolve("buildSrc"));
            }
        }
        builds.values().forEach(GradleBuild::read);
        return List.copyOf(builds.values());
    }

    private void read() {
        findConventions(root.resolve("buildSrc"));
        settings.builds().forEach(this::findConventions);
        settings.projects().forEach(this::add);
        projects.values()
                .forEach(project ->
                        scripts(project).forEach(script -> GradleScriptReader.apply(this, script, project, 0)));
    }

    private void add(String path, Path directory) {
        GradleProject parent = parent(path);
        GradleScope scope = new GradleScope(parent == null ? null : parent.scope(), settings.catalogs());
        Map<String, BuildValue> properties = properties(directory);
        properties.forEach(scope::put);
        String name = path.substring(path.lastIndexOf(':') + 1);
        Path folder = directory.getFileName();
        String rootName = settings.rootName().isEmpty() && folder != null ? folder.toString() : settings.rootName();
        scope.put("name", name.isEmpty() ? rootName : name);
        scope.put("path", path);
        scope.put("rootDir", root.toString());
        scope.put("projectDir", directory.toString());
        projects.put(path, new GradleProject(path, directory, scope));
        accessors.put(accessor(path), path);
    }

    private @Nullable GradleProject parent(String path) {
        if (path.equals(":")) {
            return null;
        }
        int colon = path.lastIndexOf(':');
        return projects.getOrDefault(colon == 0 ? ":" : path.substring(0, colon), projects.get(":"));
    }

    /** The name that Gradle makes of a path: {@code :core:rest-api} is {@code core.restApi}. */
    private static String accessor(String path) {
        StringBuilder out = new StringBuilder();
        boolean upper = false;
        for (char c : path.substring(1).toCharArray()) {
            if (c == '-' || c == '_') {
                upper = true;
            } else {
                out.append(c == ':' ? '.' : upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return out.toString();
    }

    /** The scripts of a project, which may be called after it. */
    private static List<Path> scripts(GradleProject project) {
        List<String> names = new ArrayList<>(SCRIPTS);
        names.add(project.name() + ".gradle");
        names.add(project.name() + ".gradle.kts");
        return names.stream()
                .map(project.directory()::resolve)
                .filter(Files::isRegularFile)
                .limit(1)
                .toList();
    }

    private static Map<String, BuildValue> properties(Path folder) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(GradleScript.text(folder.resolve("gradle.properties"))));
        } catch (IOException | IllegalArgumentException _) {
            return Map.of(); // a file that is none has no properties
        }
        Map<String, BuildValue> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, new Text(properties.getProperty(name))));
        return values;
    }

    /** Finds the scripts that stand for plug-ins, by their ids: {@code src/main/kotlin/java-conventions.gradle.kts}. */
    private void findConventions(Path build) {
        Path sources = build.resolve("src").resolve("main");
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(sources, CONVENTION_DEPTH)) {
            files.sorted().forEach(file -> {
                String name = String.valueOf(file.getFileName());
                int end = name.endsWith(".gradle.kts") || name.endsWith(".gradle") ? name.lastIndexOf(".gradle") : 0;
                if (end > 0 && Files.isRegularFile(file)) {
                    conventions
                            .computeIfAbsent(name.substring(0, end), _ -> new ArrayList<>())
                            .add(file);
                }
            });
        } catch (IOException | UncheckedIOException _) {
            // what cannot be listed holds no scripts that could be read
        }
    }

    Collection<GradleProject> projects() {
        return projects.values();
    }

    Optional<GradleProject> project(String path) {
        return Optional.ofNullable(projects.get(path));
    }

    /** The projects whose paths begin with that of a project, itself included or not. */
    List<GradleProject> projectsBelow(GradleProject above, boolean itself) {
        String prefix = above.path().equals(":") ? ":" : above.path() + ":";
        return projects.values().stream()
                .filter(project ->
                        project.equals(above) ? itself : project.path().startsWith(prefix))
                .toList();
    }

    /** The projects that an expression in a project's script stands for; empty where they cannot be told. */
    Optional<Set<GradleProject>> projectSet(List<GradleToken> expression, GradleProject owner) {
        return new GradleProjectSet(this, owner, sets).of(expression);
    }

    /** Gives a set of projects a name. */
    void nameSet(String name, Set<GradleProject> projects) {
        sets.put(name, projects);
    }

    /** The paths of the projects by the names that scripts may use for them. */
    Map<String, String> accessors() {
        return accessors;
    }

    /** The scripts that a plug-in's id stands for. */
    List<Path> conventions(String plugin) {
        return conventions.getOrDefault(plugin, List.of());
    }

    /** The version of a plug-in that is set elsewhere than where it is applied; empty if it is not known. */
    String pluginVersion(String id, GradleProject project) {
        String own = project.plugins.getOrDefault(id, "");
        GradleProject rootProject = projects.get(":");
        String above = rootProject == null ? "" : rootProject.plugins.getOrDefault(id, "");
        String set = settings.plugins().getOrDefault(id, "");
        return !own.isEmpty() ? own : above.isEmpty() ? set : above;
    }

    void unread(Path file, GradleStatement statement) {
        Path absolute = file.toAbsolutePath().normalize();
        String place = absolute.startsWith(top) ? IgnoreRules.slashed(top.relativize(absolute)) : absolute.toString();
        unread.add(place + ":" + statement.line() + ": " + statement.shown());
    }

    /** Declarations that could not be read: {@code path:line: text}, sorted. */
    Set<String> unread() {
        return unread;
    }
}
