package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simple names of which other files may see something new after a change: of types that are declared otherwise, came or
 * went, or lie below one of these; of packages that came or went; and of missing types that a file's imports no longer
 * place where they did. Where a type differs in methods only that others must name to see, these names are known too.
 */
final class ChangedNames {
    private static final String LOMBOK = "lombok";

    private final Collection<AnalysedFile> before;
    private final Predicate<AnalysedFile> isUnchanged;
    private final Set<String> names = new HashSet<>();
    /** Names that matter to files with missing types only: what imports, and annotation processors, suggest for these. */
    private final Set<String> hints = new HashSet<>();

    private final List<MethodChange> methods = new ArrayList<>();
    private int knownMethods;
    private final Set<String> known = new HashSet<>();
    private final Set<String> knownHints = new HashSet<>();
    private @Nullable Set<String> lasting;

    /** No names yet; with all files as they were, and which of them are as they were. */
    ChangedNames(Collection<AnalysedFile> before, Predicate<AnalysedFile> isUnchanged) {
        this.before = before;
        this.isUnchanged = isUnchanged;
    }

    /**
     * A test for the files that depend on one of the names; empty if there are no new ones since the last call.
     *
     * @param now the files that were bound again
     */
    Optional<Predicate<AnalysedFile>> news(Collection<AnalysedFile> now) {
        if (known.containsAll(names) && knownHints.containsAll(hints) && knownMethods == methods.size()) {
            return Optional.empty();
        }
        Map<String, Set<String>> below = below(now);
        addSubtypes(names, below);
        methods.forEach(change -> addSubtypes(change.types(), below));
        known.addAll(names);
        knownHints.addAll(hints);
        knownMethods = methods.size();
        return Optional.of(file -> file.trace().dependsOn(known)
                || (file.trace().missesTypes() && file.trace().dependsOn(knownHints))
                || methods.stream().anyMatch(change -> change.concerns(file)));
    }

    private void addNames(@Nullable AnalysedFile file) {
        if (file != null) {
            file.trace().names().forEach(names::add);
            addContext(file.trace());
            addPackage(file.packageName());
        }
    }

    /** Adds what may come or go with a file: its package and those around it, if only changed files lie in them. */
    private void addPackage(@Nullable String packageName) {
        String name = packageName == null ? "" : packageName;
        while (!name.isEmpty() && !lasting().contains(name)) {
            names.add(lastSegment(name));
            name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
    }

    /** The packages that unchanged files lie in, and those around them. */
    private Set<String> lasting() {
        if (lasting == null) {
            Set<String> direct = new HashSet<>();
            for (AnalysedFile file : before) {
                if (file.packageName() != null && isUnchanged.test(file)) {
                    direct.add(file.packageName());
                }
            }
            lasting = new HashSet<>();
            for (String name : direct) {
                String rest = name;
                while (!rest.isEmpty() && lasting.add(rest)) {
                    rest = rest.substring(0, Math.max(0, rest.lastIndexOf('.')));
                }
            }
        }
        return lasting;
    }

    /** The names that a file's imports give to missing types, and those of types that would be generated for it. */
    private void addContext(FileTrace trace) {
        trace.imports().single().values().forEach(type -> hints.add(lastSegment(type)));
        hints.addAll(trace.used());
        trace.generated().keySet().forEach(type -> hints.add(lastSegment(type)));
    }

    private static String lastSegment(String qualifiedName) {
        return qualifiedName.substring(Math.max(qualifiedName.lastIndexOf('.'), qualifiedName.lastIndexOf('$')) + 1);
    }

    /** Adds what others may see otherwise when a file becomes another, comes (no {@code old}) or goes (no {@code now}). */
    void compare(@Nullable AnalysedFile old, @Nullable AnalysedFile now) {
        if (old == null || now == null || old.source() == null || now.source() == null) {
            addNames(old);
            addNames(now);
            return;
        }
        FileTrace one = old.trace();
        FileTrace other = now.trace();
        compareTypes(old.source(), one, now.source(), other);
        if (!Objects.equals(old.packageName(), now.packageName())) {
            addPackage(old.packageName());
            addPackage(now.packageName());
        }
        if (!one.imports().equals(other.imports()) || !one.used().equals(other.used())) {
            addDifference(
                    one.imports().single().values(), other.imports().single().values());
            boolean isSameHome = one.imports()
                            .wildcards()
                            .equals(other.imports().wildcards())
                    && one.imports().packageName().equals(other.imports().packageName());
            addDifference(isSameHome ? one.used() : Set.of(), isSameHome ? other.used() : Set.of());
            if (!isSameHome) {
                hints.addAll(one.used());
                hints.addAll(other.used());
            }
        }
        addDifference(one.generated().keySet(), other.generated().keySet());
    }

    private void compareTypes(SourceFile old, FileTrace one, SourceFile now, FileTrace other) {
        boolean isKnown = !one.opaque() && !other.opaque();
        if (isKnown
                && one.meaning() == other.meaning()
                && one.methods().isBoundAs(other.methods())
                && isSeenTheSame(old, one, now, other)) {
            return;
        }
        Set<String> types = Stream.concat(one.names(), other.names()).collect(Collectors.toCollection(HashSet::new));
        boolean isPlain = isKnown && isPlain(old, one) && isPlain(now, other);
        Optional<Set<String>> differing =
                isPlain ? MethodHeads.difference(old.text(), one, now.text(), other) : Optional.empty();
        differing.ifPresentOrElse(found -> methods.add(new MethodChange(types, found)), () -> names.addAll(types));
    }

    /** Whether a file's types have the methods that its text says, and no others come with them. */
    private static boolean isPlain(SourceFile source, FileTrace trace) {
        return !trace.faulty() && trace.generated().isEmpty() && !source.text().contains(LOMBOK);
    }

    private void addDifference(Collection<String> one, Collection<String> other) {
        Set<String> left = Set.copyOf(one);
        Set<String> right = Set.copyOf(other);
        left.stream().filter(name -> !right.contains(name)).forEach(name -> hints.add(lastSegment(name)));
        right.stream().filter(name -> !left.contains(name)).forEach(name -> hints.add(lastSegment(name)));
    }

    private static boolean isSeenTheSame(SourceFile old, FileTrace one, SourceFile now, FileTrace other) {
        if (old.text().equals(now.text())) {
            return true;
        }
        String left = FileTrace.visible(old.text(), one.bodies());
        String right = FileTrace.visible(now.text(), other.bodies());
        return left.equals(right)
                || TokenHash.of(left, 0, left.length()).equals(TokenHash.of(right, 0, right.length()));
    }

    /** The types directly below each type, as far as there are any, by their simple names. */
    private Map<String, Set<String>> below(Collection<AnalysedFile> now) {
        Map<String, Set<String>> below = new HashMap<>();
        before.forEach(file -> addSubtypes(file.trace(), below));
        now.forEach(file -> addSubtypes(file.trace(), below));
        return below;
    }

    private static void addSubtypes(Set<String> types, Map<String, Set<String>> below) {
        List<String> open = new ArrayList<>(types);
        while (!open.isEmpty()) {
            for (String subtype : below.getOrDefault(open.removeLast(), Set.of())) {
                if (types.add(subtype)) {
                    open.add(subtype);
                }
            }
        }
    }

    private static void addSubtypes(FileTrace trace, Map<String, Set<String>> below) {
        trace.types()
                .forEach(type -> type.supertypes()
                        .forEach(supertype -> below.computeIfAbsent(supertype, _ -> new HashSet<>())
                                .add(type.name())));
    }
}
