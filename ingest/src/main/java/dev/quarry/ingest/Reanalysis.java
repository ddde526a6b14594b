package dev.quarry.ingest;

import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Analyses again what a change of files bears on.
 *
 * <p>The changed files are bound first, against the declarations of all others as their texts have them. Where that shows
 * that others may see something new (types that came, went, or were declared otherwise; names that imports give to missing
 * types), the files that depend on one of these names are bound as well, and so on until nothing new shows. What others see
 * of a file is its text without bodies, and what its declarations were bound to. A type below a changed one counts as
 * changed. Of a {@link MethodChange} others see nothing unless they say the method's name.
 *
 * <p>Files with declarations that make no sense are bound along with any others, since it matters to the compiler whether
 * it has met them before.
 *
 * <p>Changes that bear on everything are left to a {@link WholeAnalysis}: of module descriptors, of the modules
 * themselves, of types that several files declare, of the language level, and those that many files depend on.
 */
final class Reanalysis {
    private static final int ALWAYS_WORTH = 64;
    private static final int WORTH_SHARE = 4;

    private final Analysis before;
    private final ClassPath wanted;
    private final IngestOptions options;
    private final ProgressListener progress;
    private final List<ModuleFiles> modules;
    private final Map<String, ScannedFile> scanned;
    private final Map<String, AnalysedFile> done = new HashMap<>();
    private final Map<String, FileFacts> facts = new HashMap<>();
    private final Map<String, AnalysedFile> after = new LinkedHashMap<>();
    private final List<String> removed = new ArrayList<>();
    private final List<String> changedFiles = new ArrayList<>();
    private final ChangedNames names;

    private Reanalysis(
            Analysis before, RepositoryScan scan, ClassPath wanted, IngestOptions options, ProgressListener progress) {
        this.before = before;
        this.wanted = wanted;
        this.options = options;
        this.progress = progress;
        this.names = new ChangedNames(before.files().values(), this::isUnchanged);
        this.modules = ModuleFiles.divide(wanted, scan.files());
        this.scanned = LinkedHashMap.newLinkedHashMap(scan.files().size());
        modules.forEach(module -> module.files().forEach(file -> scanned.put(file.path(), file)));
        if (!findChangesInPlace()) {
            changedFiles.clear();
            findChanges();
        }
    }

    /** Compares the files one by one with those before; false if these are not of the same paths. */
    private boolean findChangesInPlace() {
        if (scanned.size() != before.files().size()) {
            return false;
        }
        Iterator<AnalysedFile> then = before.files().values().iterator();
        for (ScannedFile now : scanned.values()) {
            AnalysedFile old = then.next();
            if (!old.path().equals(now.path())) {
                return false;
            }
            if (!old.isSame(now)) {
                changedFiles.add(now.path());
            }
        }
        return true;
    }

    private void findChanges() {
        before.files().keySet().stream()
                .filter(path -> !scanned.containsKey(path))
                .forEach(removed::add);
        for (String path : scanned.keySet()) {
            AnalysedFile old = old(path);
            if (old == null || !isUnchanged(old)) {
                changedFiles.add(path);
            }
        }
    }

    /** Analyses what changed since; empty where everything is to be analysed. */
    static Optional<Reanalysis> of(
            Analysis before,
            RepositoryScan scan,
            ClassPath wanted,
            Analysis.Settings settings,
            ProgressListener progress) {
        if (!before.root().equals(scan.root()) || !before.settings().equals(settings)) {
            return Optional.empty();
        }
        Reanalysis part = new Reanalysis(before, scan, wanted, settings.options(), progress);
        return part.isPossible() && part.analyse() ? Optional.of(part) : Optional.empty();
    }

    private boolean isPossible() {
        return before.modules().equals(modules.stream().map(ModuleFiles::module).toList())
                && before.descriptors().isEmpty()
                        == before.files().keySet().stream().noneMatch(ModuleDescriptor::isDescriptor)
                && changed().noneMatch(ModuleDescriptor::isDescriptor);
    }

    private Stream<String> changed() {
        return Stream.concat(removed.stream(), changedFiles.stream());
    }

    private boolean isUnchanged(AnalysedFile old) {
        ScannedFile now = scanned.get(old.path());
        return now != null && old.isSame(now);
    }

    private boolean analyse() {
        Set<String> open = new TreeSet<>(changedFiles);
        removed.forEach(path -> names.compare(old(path), null));
        if (open.isEmpty()) {
            open = dependents();
        }
        while (!open.isEmpty()) {
            Set<String> paths = withFaulty(open);
            for (Set<String> all = Set.of(); !paths.equals(all); paths = withFaulty(all)) {
                all = paths;
                boolean isMuch = done.size() + all.size() > Math.max(ALWAYS_WORTH, scanned.size() / WORTH_SHARE);
                if (isMuch || all.stream().anyMatch(this::sharesType) || !bind(all)) {
                    return false;
                }
            }
            paths.forEach(path -> names.compare(old(path), done.get(path)));
            open = dependents();
        }
        assemble();
        return !hasDuplicates() && Analysis.wantsMembersOfAll(before.files()) == Analysis.wantsMembersOfAll(after);
    }

    private @Nullable AnalysedFile old(String path) {
        return before.files().get(path);
    }

    // Binding

    /** These files, and those of their modules with faulty declarations that one of them may meet. */
    private Set<String> withFaulty(Set<String> paths) {
        Set<String> all = new TreeSet<>(paths);
        for (AnalysedFile each : faulty()) {
            Optional<ModuleFiles> module =
                    modules.stream().filter(own -> own.has(each.path())).findFirst();
            Set<String> offered = each.trace().names().collect(Collectors.toSet());
            boolean isMet = module.isPresent()
                    && paths.stream()
                            .filter(module.get()::has)
                            .map(this::known)
                            .anyMatch(file -> file != null && file.trace().dependsOn(offered));
            if (isMet) {
                all.add(each.path());
            }
        }
        return all;
    }

    /** The files with faulty declarations, as far as they were bound; those of files that are gone among them. */
    private List<AnalysedFile> faulty() {
        List<AnalysedFile> faulty = new ArrayList<>();
        for (AnalysedFile file : before.files().values()) {
            if (file.trace().faulty() && !done.containsKey(file.path())) {
                faulty.add(file);
            }
        }
        done.values().stream().filter(file -> file.trace().faulty()).forEach(faulty::add);
        return faulty;
    }

    /** Binds these files against the texts of all others; false if that cannot be done by parts. */
    private boolean bind(Set<String> paths) {
        List<BindingModule> bindable = new ArrayList<>();
        List<SourceFile> sources = new ArrayList<>();
        for (ModuleFiles module : modules) {
            List<SourceFile> own = new ArrayList<>();
            List<AnalysedFile> rest = new ArrayList<>();
            for (ScannedFile file : module.files()) {
                AnalysedFile known = known(file.path());
                if (paths.contains(file.path())) {
                    source(file, known).ifPresent(own::add);
                } else if (known != null && known.source() != null && !isDescriptor(file)) {
                    rest.add(known);
                }
            }
            sources.addAll(own);
            bindable.add(new BindingModule(module.module(), own, rest));
        }
        if (!before.descriptors().isEmpty()
                && !PatchedModules.of(descriptorSources()).isEmpty()) {
            return false;
        }
        return limitsAreTheSame(sources) && bind(bindable, sources, paths);
    }

    private static boolean isDescriptor(ScannedFile file) {
        return ModuleDescriptor.isDescriptor(file.path());
    }

    private Collection<SourceFile> descriptorSources() {
        List<SourceFile> sources = new ArrayList<>();
        for (String path : before.descriptors().keySet()) {
            AnalysedFile file = before.files().get(path);
            if (file != null && file.source() != null) {
                sources.add(file.source());
            }
        }
        return sources;
    }

    private @Nullable AnalysedFile known(String path) {
        AnalysedFile bound = done.get(path);
        return bound != null ? bound : old(path);
    }

    /** The text that is to be bound: the one that was bound before, unless the file changed since. */
    private static Optional<SourceFile> source(ScannedFile file, @Nullable AnalysedFile known) {
        return known != null && known.isSame(file) ? Optional.ofNullable(known.source()) : file.source();
    }

    /** Whether a module may be bound at the language level that it was bound at. */
    private boolean limitsAreTheSame(List<SourceFile> sources) {
        for (SourceFile source : sources) {
            AnalysedFile old = old(source.path());
            int limit = SourceOutline.of(source.text()).newestLevel();
            int limitBefore = old == null || old.source() == null
                    ? Integer.MAX_VALUE
                    : SourceOutline.of(old.source().text()).newestLevel();
            if (limit != limitBefore) {
                return false;
            }
        }
        return true;
    }

    /** Whether a file declares a type that another file of its module declares too: the first of all files has it. */
    private boolean sharesType(String path) {
        AnalysedFile file = old(path);
        Map<String, Integer> declared = before.memory().declared(before.files().values());
        List<String> twice = file == null
                ? List.of()
                : file.trace().topLevel().stream()
                        .filter(type -> declared.getOrDefault(type, 0) > 1)
                        .toList();
        if (twice.isEmpty()) {
            return false;
        }
        Optional<ModuleFiles> module =
                modules.stream().filter(own -> own.has(path)).findFirst();
        return before.files().values().stream()
                .filter(other -> !other.path().equals(path)
                        && module.isPresent()
                        && module.get().has(other.path()))
                .anyMatch(other -> other.trace().topLevel().stream().anyMatch(twice::contains));
    }

    private boolean bind(List<BindingModule> bindable, List<SourceFile> sources, Set<String> paths) {
        Analysis.Tools tools = before.tools();
        FrameworkModel frameworks = new FrameworkModel(tools.resources());
        before.files().values().stream()
                .filter(AnalysedFile::wantsMembers)
                .findAny()
                .map(AnalysedFile::source)
                .ifPresent(frameworks::expect);
        Binder binder = new Binder(
                options.languageLevel(),
                tools.jars(),
                bindable,
                tools.lombok(),
                PatchedModules.of(List.of()),
                new ModuleExports(before.descriptors()),
                frameworks,
                tools.outlines(),
                true);
        try (Stages stages =
                new Stages(sources, this::syntax, binder, tools.environment(), () -> {}, options.threads(), progress)) {
            for (int i = 0; i < sources.size(); i++) {
                take(stages.bound(), stages.syntax(i));
            }
        }
        for (String path : paths) {
            ScannedFile file = scanned.get(path);
            if (file != null && !done.containsKey(path)) {
                FileFacts unread = WholeAnalysis.unread(file);
                facts.put(path, unread);
                done.put(path, AnalysedFile.unread(file, AnalysedFile.derivable(unread)));
            }
        }
        return binder.duplicateTypes() == 0;
    }

    /** What is known of a text that was read before; safe for use by several threads while files are bound. */
    private @Nullable PackedSyntax syntax(SourceFile source) {
        AnalysedFile old = old(source.path());
        return old != null && Identity.same(source, old.source()) ? old.syntax() : null;
    }

    private void take(BoundFile bound, SyntaxFile syntax) {
        FileFacts found = FactsAssembler.join(bound, syntax);
        String path = found.file().path();
        ScannedFile file = Objects.requireNonNull(scanned.get(path), "only scanned files are bound");
        facts.put(path, found);
        PackedSyntax known = syntax(bound.source());
        PackedSyntax packed = known == null ? PackedSyntax.of(syntax) : known;
        done.put(path, AnalysedFile.of(file, bound, found, false, packed).withFacts(AnalysedFile.derivable(found)));
    }

    /** The files not yet bound that depend on a name of which others may see something new. */
    private Set<String> dependents() {
        Optional<Predicate<AnalysedFile>> depends = names.news(done.values());
        Set<String> found = new TreeSet<>();
        if (depends.isEmpty()) {
            return found;
        }
        for (AnalysedFile file : before.files().values()) {
            if (!done.containsKey(file.path())
                    && scanned.containsKey(file.path())
                    && file.source() != null
                    && !isDescriptor(file.scanned())
                    && depends.get().test(file)) {
                found.add(file.path());
            }
        }
        return found;
    }

    // The result

    private void assemble() {
        for (ScannedFile file : scanned.values()) {
            AnalysedFile known = known(file.path());
            if (known != null) {
                after.put(file.path(), known);
            }
        }
    }

    /** Whether a file that came, went or changed declares a type that another file declares too, or did so. */
    private boolean hasDuplicates() {
        Map<String, Integer> declared = before.memory().declared(before.files().values());
        List<String> then = topLevel(before.files());
        List<String> now = topLevel(after);
        boolean wereTwice = then.stream().anyMatch(type -> declared.getOrDefault(type, 0) > 1);
        then.forEach(type -> declared.merge(type, -1, Integer::sum));
        now.forEach(type -> declared.merge(type, 1, Integer::sum));
        return wereTwice || now.stream().anyMatch(type -> declared.getOrDefault(type, 0) > 1);
    }

    /** The top-level types of the files that came, went or changed, as they are among these. */
    private List<String> topLevel(Map<String, AnalysedFile> files) {
        return changed()
                .map(files::get)
                .filter(Objects::nonNull)
                .flatMap(file -> file.trace().topLevel().stream())
                .toList();
    }

    /** Hands on what was analysed again, in the order of a whole run; called once. */
    void emit(FactsSink sink) {
        int count = 0;
        for (String path : after.keySet()) {
            FileFacts found = facts.get(path);
            if (found != null) {
                sink.file(found);
                progress.progress(ProgressListener.Phase.FACTS, ++count, facts.size());
            }
        }
        SharedFacts shared = null;
        if (!isInPlace() || !replacesLeaves()) {
            before.memory().forget();
            shared = result().shared();
            sink.shared(shared);
        }
        sink.derived(before.derivations().replace(changes(), result(), shared));
    }

    private List<FileChange> changes() {
        List<FileChange> changes = new ArrayList<>();
        removed.forEach(path -> changes.add(new FileChange(old(path), null)));
        done.values().forEach(now -> changes.add(new FileChange(old(now.path()), now)));
        return changes;
    }

    /** Whether no file came or went, or became another in more than what it declares. */
    private boolean isInPlace() {
        return removed.isEmpty()
                && done.values().stream().allMatch(now -> {
                    AnalysedFile old = old(now.path());
                    return old != null
                            && Objects.equals(old.packageName(), now.packageName())
                            && old.facts().file().status() == now.facts().file().status();
                });
    }

    private boolean replacesLeaves() {
        SharedLeaves leaves = before.memory().leaves(before.files().values());
        boolean isSame = true;
        for (AnalysedFile now : done.values()) {
            isSame &= leaves.replace(Objects.requireNonNull(old(now.path())), now);
        }
        return isSame;
    }

    Analysis result() {
        return new Analysis(
                before.root(),
                before.settings(),
                before.modules(),
                after,
                before.descriptors(),
                before.derivations(),
                before.duplicateTypes(),
                before.memory(),
                before.tools());
    }

    IngestReport report() {
        JarIndex jars = before.tools().jars();
        ClassPath used = new ClassPath(jars.usable(), wanted.missing(), jars.rejected(), wanted.modules());
        return new IngestReport(used, before.duplicateTypes(), result().coverage(), false);
    }
}
