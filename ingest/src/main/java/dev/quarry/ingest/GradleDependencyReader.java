package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Entries;
import dev.quarry.ingest.BuildValue.Items;
import dev.quarry.ingest.BuildValue.Text;
import dev.quarry.ingest.GradleDependency.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the {@code dependencies} blocks of a project's scripts. */
final class GradleDependencyReader {
    private static final Set<String> OTHER_BLOCKS =
            Set.of("components", "modules", "artifactTypes", "registerTransform", "attributesSchema");
    private static final String ALL = "*:*";

    private final GradleProject project;
    private final Map<String, String> accessors;
    private final Consumer<GradleStatement> unread;

    /** With the paths of projects by the names that Gradle makes of them, and what takes what cannot be read. */
    GradleDependencyReader(GradleProject project, Map<String, String> accessors, Consumer<GradleStatement> unread) {
        this.project = project;
        this.accessors = accessors;
        this.unread = unread;
    }

    /** Reads a block; {@code prefix} is put before the names of its configurations, as of a test suite's. */
    void read(List<GradleStatement> block, String prefix) {
        for (GradleStatement statement : block) {
            String head = statement.head();
            if (head.equals("constraints")) {
                statement.block().forEach(each -> declare(each, prefix, true));
            } else if (!OTHER_BLOCKS.contains(head)) {
                declare(statement, prefix, false);
            }
        }
    }

    private void declare(GradleStatement statement, String prefix, boolean constraint) {
        Optional<GradleLoop> loop = GradleLoop.of(statement, project.scope());
        if (loop.filter(found -> found.values().isPresent()).isPresent()) {
            loop.get()
                    .run(project.scope(), () -> loop.get().block().forEach(each -> declare(each, prefix, constraint)));
            return;
        }
        if (!statement.parameters().isEmpty()) {
            return;
        }
        if (!statement.assigned().isEmpty() || Set.of("def", "val", "var").contains(statement.head())) {
            String name = statement
                    .tokens()
                    .get(
                            statement.head().isEmpty()
                                    ? 0
                                    : Math.min(1, statement.tokens().size() - 1))
                    .text();
            GradleExpression.value(statement.assigned(), project.scope())
                    .ifPresent(value -> project.scope().put(name, value));
            return;
        }
        GradleToken first = statement.tokens().getFirst();
        String configuration =
                first.is(GradleToken.Kind.WORD) ? first.text() : GradleExpression.text(List.of(first), project.scope());
        GradleArguments arguments = GradleArguments.of(
                statement.tokens().subList(1, statement.tokens().size()));
        List<List<GradleToken>> targets = new ArrayList<>(arguments.positional());
        if (configuration.equals("add") && targets.size() > 1) {
            configuration = GradleExpression.text(targets.removeFirst(), project.scope());
        }
        String full = prefix.isEmpty() ? configuration : prefix + configuration;
        List<GradleDependency> found = new ArrayList<>();
        boolean known = !targets.isEmpty() || !arguments.named().isEmpty();
        if (!arguments.named().isEmpty() && targets.isEmpty()) {
            known = mapped(full, arguments.named(), found);
        }
        for (List<GradleToken> target : targets) {
            known &= target(full, target, found);
        }
        if (!known && (GradleDependency.isCompiled(full) || holdsCompiled(statement))) {
            unread.accept(statement);
        }
        Set<String> exclusions = exclusions(arguments);
        String version = richVersion(arguments.block());
        for (GradleDependency dependency : found) {
            GradleDependency own = constraint ? dependency.with(Kind.CONSTRAINT) : dependency;
            project.dependencies.add(withVersion(own.withExclusions(exclusions), version));
        }
    }

    private static boolean holdsCompiled(GradleStatement statement) {
        return statement.block().stream()
                .anyMatch(inner -> GradleDependency.isCompiled(inner.head()) || holdsCompiled(inner));
    }

    private boolean mapped(String configuration, Map<String, List<GradleToken>> named, List<GradleDependency> found) {
        String group = GradleExpression.text(named.getOrDefault("group", List.of()), project.scope());
        String name = GradleExpression.text(named.getOrDefault("name", List.of()), project.scope());
        List<GradleToken> written = named.getOrDefault("version", List.of());
        String version = GradleExpression.text(written, project.scope());
        String classifier = GradleExpression.text(named.getOrDefault("classifier", List.of()), project.scope());
        if (group.isEmpty() || name.isEmpty() || (version.isEmpty() && !written.isEmpty())) {
            return false;
        }
        String target = group + ":" + name + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
        found.add(new GradleDependency(configuration, Kind.LIBRARY, target, Set.of()));
        return true;
    }

    /** Adds what an argument names; whether it could be told. */
    private boolean target(String configuration, List<GradleToken> target, List<GradleDependency> found) {
        if (target.size() > 2
                && target.getFirst().isWord("dependencies")
                && target.get(1).isSign(".")) {
            return target(configuration, target.subList(2, target.size()), found);
        }
        boolean isCall = target.size() > 1 && target.getFirst().is(GradleToken.Kind.WORD);
        if (isCall && target.getFirst().isWord("projects") && target.get(1).isSign(".")) {
            String accessor = new GradleStatement(target)
                    .names().stream().skip(1).reduce((a, b) -> a + "." + b).orElse("");
            String path = accessors.getOrDefault(accessor, "");
            return !path.isEmpty() && found.add(new GradleDependency(configuration, Kind.PROJECT, path, Set.of()));
        }
        if (isCall && (target.get(1).isSign("(") || !target.get(1).is(GradleToken.Kind.SIGN))) {
            Optional<Boolean> called = call(configuration, target, found);
            if (called.isPresent()) {
                return called.get();
            }
        }
        return GradleExpression.value(target, project.scope())
                .map(value -> add(configuration, value, found))
                .orElse(false);
    }

    /** A call that stands for a dependency; empty where it is none of those known. */
    private Optional<Boolean> call(String configuration, List<GradleToken> target, List<GradleDependency> found) {
        GradleArguments arguments = GradleArguments.of(target.subList(1, target.size()));
        return switch (target.getFirst().text()) {
            case "platform" -> Optional.of(platform(configuration, arguments, Kind.PLATFORM, found));
            case "enforcedPlatform" -> Optional.of(platform(configuration, arguments, Kind.ENFORCED_PLATFORM, found));
            case "testFixtures", "create", "variantOf" ->
                Optional.of(!arguments.positional().isEmpty()
                        && target(configuration, arguments.positional().getFirst(), found));
            case "project" -> Optional.of(project(configuration, arguments, found));
            case "files" -> Optional.of(files(configuration, arguments, found));
            case "fileTree" -> Optional.of(folder(configuration, arguments, found));
            case "kotlin" -> {
                String name = first(arguments);
                String version = project.plugins.getOrDefault("org.jetbrains.kotlin.jvm", "");
                String library = "org.jetbrains.kotlin:kotlin-" + name + ":" + version;
                yield Optional.of(!name.isEmpty()
                        && found.add(new GradleDependency(configuration, Kind.LIBRARY, library, Set.of())));
            }
            default -> Optional.empty();
        };
    }

    private String first(GradleArguments arguments) {
        return arguments.positional().isEmpty()
                ? ""
                : GradleExpression.text(arguments.positional().getFirst(), project.scope());
    }

    private boolean platform(String configuration, GradleArguments arguments, Kind kind, List<GradleDependency> found) {
        List<GradleDependency> inner = new ArrayList<>();
        boolean known = arguments.positional().isEmpty()
                ? mapped(configuration, arguments.named(), inner)
                : target(configuration, arguments.positional().getFirst(), inner);
        inner.forEach(dependency -> found.add(dependency.with(kind)));
        return known;
    }

    /** A project by its path; without one it is this project. */
    private boolean project(String configuration, GradleArguments arguments, List<GradleDependency> found) {
        List<GradleToken> named = arguments.named().getOrDefault("path", List.of());
        String path = named.isEmpty() ? first(arguments) : GradleExpression.text(named, project.scope());
        boolean own = named.isEmpty() && arguments.positional().isEmpty();
        if (!path.isEmpty()) {
            String absolute =
                    path.startsWith(":") ? path : (project.path().equals(":") ? "" : project.path()) + ":" + path;
            found.add(new GradleDependency(configuration, Kind.PROJECT, absolute, Set.of()));
        }
        return own || !path.isEmpty();
    }

    private boolean files(String configuration, GradleArguments arguments, List<GradleDependency> found) {
        boolean known = true;
        for (List<GradleToken> argument : arguments.positional()) {
            String file = GradleExpression.text(argument, project.scope());
            known &= !file.isEmpty();
            if (!file.isEmpty()) {
                found.add(new GradleDependency(configuration, Kind.FILE, file, Set.of()));
            }
        }
        return known;
    }

    private boolean folder(String configuration, GradleArguments arguments, List<GradleDependency> found) {
        List<GradleToken> named = arguments.named().getOrDefault("dir", List.of());
        String folder = named.isEmpty() ? first(arguments) : GradleExpression.text(named, project.scope());
        return !folder.isEmpty() && found.add(new GradleDependency(configuration, Kind.FILE, folder, Set.of()));
    }

    private static boolean add(String configuration, BuildValue value, List<GradleDependency> found) {
        return switch (value) {
            case Text(String notation) ->
                GradleNotation.of(notation).isPresent()
                        && found.add(new GradleDependency(configuration, Kind.LIBRARY, notation, Set.of()));
            case Items(List<BuildValue> items) -> {
                boolean known = true;
                for (BuildValue item : items) {
                    known &= add(configuration, item, found);
                }
                yield known;
            }
            case Entries entries ->
                add(
                        configuration,
                        new Text(entries.text("group") + ":" + entries.text("name") + ":" + entries.text("version")),
                        found);
        };
    }

    private Set<String> exclusions(GradleArguments arguments) {
        Set<String> exclusions = new HashSet<>();
        if (isFalse(arguments.named().getOrDefault("transitive", List.of()))) {
            exclusions.add(ALL);
        }
        for (GradleStatement statement : arguments.block()) {
            if (statement.head().equals("exclude")) {
                exclusions.add(exclusion(statement, project.scope()));
            } else if (Set.of("transitive", "isTransitive").contains(statement.head())
                    && isFalse(statement.assigned())) {
                exclusions.add(ALL);
            }
        }
        return exclusions;
    }

    private static boolean isFalse(List<GradleToken> tokens) {
        return tokens.size() == 1 && tokens.getFirst().isWord("false");
    }

    /** What an {@code exclude} leaves out. */
    static String exclusion(GradleStatement statement, GradleScope scope) {
        GradleArguments arguments = GradleArguments.of(statement.rest());
        List<List<GradleToken>> positional = arguments.positional();
        List<GradleToken> none = List.of();
        String group = GradleExpression.text(
                arguments.named().getOrDefault("group", positional.isEmpty() ? none : positional.getFirst()), scope);
        String module = GradleExpression.text(
                arguments.named().getOrDefault("module", positional.size() < 2 ? none : positional.get(1)), scope);
        return (group.isEmpty() ? "*" : group) + ":" + (module.isEmpty() ? "*" : module);
    }

    /** The version that a dependency's block asks for; a strict one ends with {@code !!}; empty where it asks for none. */
    private String richVersion(List<GradleStatement> block) {
        String strict = "";
        String required = "";
        for (GradleStatement statement : block) {
            if (!statement.head().equals("version")) {
                continue;
            }
            for (GradleStatement inner : statement.block()) {
                String version = first(GradleArguments.of(inner.rest()));
                switch (inner.head()) {
                    case "strictly" -> strict = version;
                    case "require", "prefer" -> required = version;
                    default -> {}
                }
            }
        }
        boolean preferred = VersionRange.isRange(strict) && !required.isEmpty();
        return strict.isEmpty() ? required : (preferred ? required : strict) + "!!";
    }

    private static GradleDependency withVersion(GradleDependency dependency, String version) {
        Optional<GradleNotation> notation =
                dependency.kind() == Kind.PROJECT ? Optional.empty() : GradleNotation.of(dependency.target());
        if (version.isEmpty() || notation.isEmpty()) {
            return dependency;
        }
        String classifier = notation.get().classifier();
        return new GradleDependency(
                dependency.configuration(),
                dependency.kind(),
                notation.get().key() + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier),
                dependency.exclusions());
    }
}
