package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Text;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a project's scripts declare, in the order in which Gradle would run them. Conditions, loops and calls of code
 * are not followed; where such a thing holds dependencies, it is named as unread.
 */
final class GradleScriptReader {
    private static final String BOOT_PLUGIN = "org.springframework.boot";
    private static final Set<String> TRANSPARENT = Set.of(
            "afterEvaluate",
            "withPlugin",
            "withId",
            "configureEach",
            "java",
            "suites",
            "testing",
            "targets",
            "withType");
    private static final Set<String> DECLARERS =
            Set.of("def", "val", "var", "final", "String", "const", "private", "static");
    private static final int MAX_DEPTH = 40;

    private final GradleBuild build;
    private final Path file;
    private final int depth;

    private GradleScriptReader(GradleBuild build, Path file, int depth) {
        this.build = build;
        this.file = file;
        this.depth = depth;
    }

    /** Reads a script for a project; a script that is not there says nothing. */
    static void apply(GradleBuild build, Path script, GradleProject project, int depth) {
        if (depth < MAX_DEPTH && project.apply(script)) {
            new GradleScriptReader(build, script, depth).read(GradleScript.read(script), project);
        }
    }

    private void read(List<GradleStatement> statements, GradleProject project) {
        for (GradleStatement statement : statements) {
            read(statement, project);
        }
    }

    private void read(GradleStatement statement, GradleProject project) {
        List<String> names = statement.names();
        String last = names.isEmpty() ? "" : names.getLast();
        Optional<GradleLoop> loop = GradleLoop.of(statement, project.scope());
        if (loop.filter(found -> found.values().isPresent()).isPresent()) {
            loop.get().run(project.scope(), () -> read(loop.get().block(), project));
            return;
        }
        switch (last) {
            case "if" -> condition(statement, project);
            case "plugins" -> statement.block().forEach(inner -> plugin(inner, project));
            case "buildscript" -> buildscript(statement.block(), project);
            case "apply" -> apply(statement, project);
            case "allprojects" -> each(build.projectsBelow(project, true), statement);
            case "subprojects" -> each(build.projectsBelow(project, false), statement);
            case "project" -> project(statement, project);
            case "configure" -> configure(statement, project);
            case "dependencies" -> dependencies(statement, project, "");
            case "dependencyManagement" -> management(statement.block(), project);
            case "ext", "extra" -> ext(statement, project);
            case "configurations" -> statement.block().forEach(inner -> configuration(inner, project));
            case "jvmToolchain" -> project.setToolchain(argument(statement, project));
            case "suites" -> statement.block().forEach(inner -> suite(inner, project));
            default -> other(statement, names, project);
        }
    }

    private void other(GradleStatement statement, List<String> names, GradleProject project) {
        if (names.size() > 1 && names.getFirst().equals("configurations")) {
            configuration(statement, project);
        } else if (!statement.assigned().isEmpty() || isValue(statement)) {
            assign(statement, project);
        } else if (isCompiler(statement)) {
            compiler(statement.block(), project);
        } else if (!names.isEmpty() && TRANSPARENT.contains(names.getLast())) {
            read(statement.block(), project);
        } else if (isToolchain(names)) {
            compiler(statement.block(), project);
        } else {
            unread(statement);
        }
    }

    /** Names what could hold dependencies and is not followed. */
    private void unread(GradleStatement statement) {
        Set<String> wanted = Set.of("dependencies", "subprojects", "allprojects");
        if (statement.tokens().stream()
                .flatMap(token -> token.block().stream())
                .anyMatch(inner -> wanted.contains(inner.head()))) {
            build.unread(file, statement);
        }
    }

    private static boolean isToolchain(List<String> names) {
        return !names.isEmpty()
                && Set.of("toolchain", "kotlin", "compilerOptions").contains(names.getLast());
    }

    private static boolean isValue(GradleStatement statement) {
        boolean word = Set.of("group", "version", "sourceCompatibility").contains(statement.head());
        return statement.tokens().size() > 1 && (word || isDelegate(statement));
    }

    /** {@code val x by extra("1")}. */
    private static boolean isDelegate(GradleStatement statement) {
        return statement.head().equals("val") && statement.tokens().stream().anyMatch(token -> token.isWord("by"));
    }

    private void each(Collection<GradleProject> projects, GradleStatement statement) {
        projects.forEach(project -> read(statement.block(), project));
    }

    private void project(GradleStatement statement, GradleProject project) {
        if (statement.block().isEmpty()) {
            return;
        }
        build.project(absolute(argument(statement, project), project))
                .ifPresentOrElse(found -> read(statement.block(), found), () -> unread(statement));
    }

    private static String absolute(String path, GradleProject project) {
        return path.startsWith(":") ? path : (project.path().equals(":") ? "" : project.path()) + ":" + path;
    }

    /** {@code configure(subprojects)}, {@code configure([project(':a'), project(':b')])}. */
    private void configure(GradleStatement statement, GradleProject project) {
        List<List<GradleToken>> arguments = GradleArguments.of(statement.rest()).positional();
        Optional<Set<GradleProject>> projects =
                arguments.size() == 1 ? build.projectSet(arguments.getFirst(), project) : Optional.empty();
        projects.ifPresentOrElse(found -> each(found, statement), () -> unread(statement));
    }

    /** What depends on a project's name is followed; what depends on anything else is not. */
    private void condition(GradleStatement statement, GradleProject project) {
        List<GradleToken> tokens = statement.tokens();
        int close = tokens.size() > 1 ? GradleArguments.closing(tokens, 1) : tokens.size();
        Optional<Boolean> holds = close + 2 == tokens.size()
                ? GradleCondition.holds(tokens.subList(2, close), project)
                : Optional.empty();
        if (holds.isEmpty()) {
            unread(statement);
        } else if (holds.get()) {
            read(statement.block(), project);
        }
    }

    private void plugin(GradleStatement statement, GradleProject project) {
        GradlePlugin.of(statement, project.scope()).ifPresent(plugin -> {
            known(plugin.id(), plugin.version(), project);
            if (plugin.applied()) {
                build.conventions(plugin.id()).forEach(script -> apply(build, script, project, depth + 1));
            }
        });
    }

    private void known(String id, String version, GradleProject project) {
        String known = version.isEmpty() ? build.pluginVersion(id, project) : version;
        project.plugins.put(id, known);
        if (id.equals(BOOT_PLUGIN) && !known.isEmpty()) {
            project.scope().put("*.BOM_COORDINATES", "org.springframework.boot:spring-boot-dependencies:" + known);
        }
    }

    /** The plug-ins that a script brings along, and the values that it gives names to. */
    private void buildscript(List<GradleStatement> block, GradleProject project) {
        for (GradleStatement statement : block) {
            if (statement.head().equals("dependencies")) {
                for (GradleStatement inner : statement.block()) {
                    String notation = argument(inner, project);
                    GradleNotation.of(notation)
                            .filter(library -> library.artifact().equals("spring-boot-gradle-plugin"))
                            .ifPresent(library -> known(BOOT_PLUGIN, library.version(), project));
                }
            } else if (!statement.head().equals("repositories")) {
                read(statement, project);
            }
        }
    }

    /** {@code apply plugin: 'x'}, {@code apply from: 'x.gradle'}, and the same in Kotlin. */
    private void apply(GradleStatement statement, GradleProject project) {
        GradleArguments arguments = GradleArguments.of(statement.rest());
        List<GradleToken> from = arguments.named().getOrDefault("from", List.of());
        String script = GradleExpression.text(from, project.scope());
        if (!script.isEmpty() && !script.contains("://")) {
            Path folder = file.getParent() == null ? project.directory() : file.getParent();
            Path beside = folder.resolve(script).normalize();
            Path own = project.directory().resolve(script).normalize();
            apply(build, own.toFile().isFile() ? own : beside, project, depth + 1);
        } else if (!from.isEmpty()) {
            build.unread(file, statement);
        }
        String plugin = GradleExpression.text(arguments.named().getOrDefault("plugin", List.of()), project.scope());
        if (!plugin.isEmpty()) {
            known(plugin, "", project);
            build.conventions(plugin).forEach(convention -> apply(build, convention, project, depth + 1));
        }
    }

    private void dependencies(GradleStatement statement, GradleProject project, String prefix) {
        new GradleDependencyReader(project, build.accessors(), unread -> build.unread(file, unread))
                .read(statement.block(), prefix);
    }

    /** A test suite: what it depends on is compiled with tests. */
    private void suite(GradleStatement statement, GradleProject project) {
        for (GradleStatement inner : statement.block()) {
            if (inner.head().equals("dependencies")) {
                dependencies(inner, project, "test-");
            }
        }
    }

    /** What the dependency management plug-in of Spring is told. */
    private void management(List<GradleStatement> block, GradleProject project) {
        for (GradleStatement statement : block) {
            switch (statement.head()) {
                case "imports", "dependencies" -> management(statement.block(), project);
                case "mavenBom" -> {
                    String bom = argument(statement, project);
                    if (GradleNotation.of(bom).isPresent()) {
                        project.managedBoms.add(bom);
                    } else {
                        build.unread(file, statement);
                    }
                }
                case "dependency" ->
                    GradleNotation.of(argument(statement, project))
                            .ifPresent(library -> project.managed.put(library.key(), library.version()));
                default -> {}
            }
        }
    }

    private static String argument(GradleStatement statement, GradleProject project) {
        List<List<GradleToken>> arguments = GradleArguments.of(statement.rest()).positional();
        return arguments.isEmpty() ? "" : GradleExpression.text(arguments.getFirst(), project.scope());
    }

    /** {@code ext { x = 1 }}, {@code ext.x = 1}, {@code extra["x"] = 1}, {@code ext.set('x', 1)}. */
    private void ext(GradleStatement statement, GradleProject project) {
        if (!statement.assigned().isEmpty()) {
            assign(statement, project);
        } else {
            statement.block().forEach(inner -> {
                if (inner.head().equals("set")) {
                    set(inner, project);
                } else if (!inner.assigned().isEmpty()) {
                    assign(inner, project);
                }
            });
        }
    }

    private static void set(GradleStatement statement, GradleProject project) {
        List<List<GradleToken>> arguments = GradleArguments.of(statement.rest()).positional();
        if (arguments.size() == 2) {
            String name = GradleExpression.text(arguments.getFirst(), project.scope());
            GradleExpression.value(arguments.get(1), project.scope())
                    .ifPresent(value -> project.scope().put(name, value));
        }
    }

    private void assign(GradleStatement statement, GradleProject project) {
        List<GradleToken> value = statement.assigned();
        String name;
        if (!value.isEmpty()) {
            name = assignedName(statement, statement.tokens().size() - value.size() - 1);
        } else if (isDelegate(statement)) {
            name = statement.tokens().get(1).text();
            int by = statement.tokens().stream()
                    .filter(token -> token.isWord("by"))
                    .mapToInt(statement.tokens()::indexOf)
                    .findFirst()
                    .orElse(0);
            value = statement.tokens().subList(by + 1, statement.tokens().size());
        } else {
            name = statement.head();
            value = statement.rest();
        }
        if (GradleProjectSet.mayBe(value)) {
            build.projectSet(value, project).ifPresent(projects -> build.nameSet(name, projects));
        }
        GradleExpression.value(value, project.scope()).ifPresent(found -> {
            project.scope().put(name, found);
            if (name.equals("sourceCompatibility")) {
                project.setSourceLevel(found.asText());
            } else if (name.equals("languageVersion")) {
                project.setToolchain(found.asText());
            } else if (name.equals("release")) {
                project.setRelease(found.asText());
            } else if (isCompilerEncoding(statement)) {
                project.setEncoding(found.asText());
            }
        });
    }

    /** The name before an assignment sign: {@code x}, {@code ext.x}, {@code extra["x"]}, {@code val x: String}. */
    private static String assignedName(GradleStatement statement, int sign) {
        List<GradleToken> tokens = statement.tokens();
        if (DECLARERS.contains(statement.head())) {
            for (GradleToken token : tokens.subList(0, sign)) {
                if (token.is(GradleToken.Kind.WORD) && !DECLARERS.contains(token.text())) {
                    return token.text();
                }
            }
        }
        GradleToken last = tokens.get(sign - 1);
        return last.isSign("]") && sign > 1 ? tokens.get(sign - 2).text() : last.text();
    }

    private static boolean isCompiler(GradleStatement statement) {
        return statement.tokens().stream()
                .anyMatch(token -> token.isWord("JavaCompile")
                        || token.isWord("compileJava")
                        || (token.is(GradleToken.Kind.TEXT) && token.text().equals("compileJava")));
    }

    /** {@code compileJava.options.encoding = 'x'}, and the same of all tasks that compile. */
    private static boolean isCompilerEncoding(GradleStatement statement) {
        return statement.names().getLast().equals("encoding") && isCompiler(statement);
    }

    /** Looks for the level and the encoding that a compiler is told, at any depth. */
    private static void compiler(List<GradleStatement> block, GradleProject project) {
        for (GradleStatement statement : block) {
            List<String> names = statement.names();
            boolean set = !names.isEmpty() && names.getLast().equals("set") && names.size() > 1;
            String name = names.isEmpty() ? "" : names.get(names.size() - (set ? 2 : 1));
            List<GradleToken> value = statement.assigned();
            if (set) {
                List<List<GradleToken>> arguments =
                        GradleArguments.of(statement.rest()).positional();
                value = arguments.isEmpty() ? List.of() : arguments.getFirst();
            }
            String level = GradleExpression.value(value, project.scope())
                    .filter(Text.class::isInstance)
                    .map(BuildValue::asText)
                    .orElse("");
            if (!level.isEmpty()) {
                switch (name) {
                    case "release" -> project.setRelease(level);
                    case "sourceCompatibility" -> project.setSourceLevel(level);
                    case "languageVersion" -> project.setToolchain(level);
                    case "encoding" -> project.setEncoding(level);
                    default -> {}
                }
            }
            compiler(statement.block(), project);
        }
    }

    /** What configurations extend, leave out and force. */
    private void configuration(GradleStatement statement, GradleProject project) {
        List<String> names = statement.names();
        String last = names.isEmpty() ? "" : names.getLast();
        if (last.equals("extendsFrom") && names.size() > 1) {
            Set<String> parents = project.extended.computeIfAbsent(names.get(names.size() - 2), _ -> new HashSet<>());
            GradleArguments.of(statement.rest()).positional().forEach(argument -> parents.add(name(argument)));
            return;
        }
        boolean all = Set.of("all", "configureEach").contains(last);
        for (GradleStatement inner : statement.block()) {
            switch (inner.head()) {
                case "extendsFrom" -> {
                    Set<String> parents = project.extended.computeIfAbsent(last, _ -> new HashSet<>());
                    GradleArguments.of(inner.rest()).positional().forEach(argument -> parents.add(name(argument)));
                }
                case "exclude" -> {
                    if (all) {
                        project.exclusions.add(GradleDependencyReader.exclusion(inner, project.scope()));
                    }
                }
                case "resolutionStrategy" -> strategy(inner, project);
                default -> {}
            }
        }
    }

    /** {@code configurations.api}, {@code configurations["api"]} or {@code api}. */
    private static String name(List<GradleToken> argument) {
        return argument.stream()
                .filter(token -> token.is(GradleToken.Kind.WORD) || token.is(GradleToken.Kind.TEXT))
                .map(GradleToken::text)
                .filter(name -> !Set.of("get", "named").contains(name))
                .reduce((_, second) -> second)
                .orElse("");
    }

    private static void strategy(GradleStatement statement, GradleProject project) {
        for (GradleStatement inner : statement.block()) {
            if (inner.head().equals("force")) {
                for (List<GradleToken> argument :
                        GradleArguments.of(inner.rest()).positional()) {
                    GradleNotation.of(GradleExpression.text(argument, project.scope()))
                            .ifPresent(library -> project.forced.put(library.key(), library.version()));
                }
            }
        }
    }
}
