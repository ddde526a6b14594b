package dev.quarry.ingest;

import dev.quarry.ingest.ProgressListener.Phase;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Analyses all files of a repository; one instance serves one run. */
final class WholeAnalysis {
    private final RepositoryScan scan;
    private final ClassPath wanted;
    private final IngestOptions options;
    private final FactsSink sink;
    private final ProgressListener progress;
    private final Analysis.@Nullable Settings settings;
    private final boolean kept;
    private final Map<String, AnalysedFile> files = new LinkedHashMap<>();
    private final Map<String, ModuleDescriptor> descriptors = new LinkedHashMap<>();
    private final SharedFactsBuilder shared;
    private Coverage coverage = Coverage.NONE;
    private @Nullable Analysis result;

    /** With {@code settings}, what was analysed is kept for runs to come with the same ones. */
    WholeAnalysis(
            RepositoryScan scan,
            ClassPath wanted,
            IngestOptions options,
            FactsSink sink,
            ProgressListener progress,
            Analysis.@Nullable Settings settings) {
        this.scan = scan;
        this.wanted = wanted;
        this.options = options;
        this.sink = sink;
        this.progress = progress;
        this.settings = settings;
        this.kept = settings != null;
        this.shared = new SharedFactsBuilder(scan.root(), scan.moduleFolders());
    }

    /** What was kept; only after a run that keeps. */
    Analysis analysis() {
        return Objects.requireNonNull(result, "the run kept nothing");
    }

    IngestReport run() {
        progress.progress(Phase.CLASS_PATH, 0, 1);
        JarIndex jars = JarIndex.of(wanted.entries());
        progress.progress(Phase.CLASS_PATH, 1, 1);

        List<ModuleFiles> modules = ModuleFiles.divide(wanted, scan.files());
        List<SourceFile> readable = new ArrayList<>();
        List<BindingModule> bindable = new ArrayList<>();
        for (ModuleFiles module : modules) {
            List<SourceFile> own = module.sources();
            readable.addAll(own);
            bindable.add(BindingModule.whole(
                    module.module(),
                    own.stream()
                            .filter(file -> !ModuleDescriptor.isDescriptor(file.path()))
                            .toList()));
        }
        List<SourceFile> described = readable.stream()
                .filter(file -> ModuleDescriptor.isDescriptor(file.path()))
                .toList();
        described.forEach(file -> descriptors.put(file.path(), ModuleDescriptor.of(file.text())));
        FrameworkResources resources = new FrameworkResources(scan.resources());
        FrameworkModel frameworks = new FrameworkModel(resources);
        descriptors.values().forEach(frameworks::registers);
        readable.forEach(frameworks::expect);
        Analysis.Tools tools = new Analysis.Tools(
                jars,
                new EcjEnvironment.Shared(),
                new LombokConfig.Folders(scan.root()),
                resources,
                new SourceOutlines());
        Binder binder = new Binder(
                options.languageLevel(),
                jars,
                bindable,
                tools.lombok(),
                PatchedModules.of(described),
                new ModuleExports(descriptors),
                frameworks,
                tools.outlines(),
                kept);
        Derivations derivations = new Derivations(frameworks, descriptors, kept);
        Runnable afterBinding = kept ? () -> {} : tools.environment()::close;
        try (Stages stages = new Stages(
                readable, _ -> null, binder, tools.environment(), afterBinding, options.threads(), progress)) {
            emit(stages, modules, readable, file -> {
                frameworks.add(file.frameworks());
                derivations.file(file.facts(), file.notes());
            });
        }
        SharedFacts sharedFacts = shared.build(binder.leaves());
        sink.shared(sharedFacts);
        sink.derived(derivations.finish(sharedFacts));
        if (kept) {
            keep(modules, tools, derivations, binder.duplicateTypes());
        }
        ClassPath used = new ClassPath(jars.usable(), wanted.missing(), jars.rejected(), wanted.modules());
        return new IngestReport(used, binder.duplicateTypes(), coverage, true);
    }

    private void keep(List<ModuleFiles> modules, Analysis.Tools tools, Derivations derivations, int duplicateTypes) {
        result = new Analysis(
                scan.root(),
                Objects.requireNonNull(settings),
                modules.stream().map(ModuleFiles::module).toList(),
                files,
                descriptors,
                derivations,
                duplicateTypes,
                new AnalysisMemory(),
                tools);
    }

    private void emit(
            Stages stages, List<ModuleFiles> modules, List<SourceFile> readable, Consumer<AnalysedFile> derivations) {
        int next = 0;
        int done = 0;
        for (ScannedFile file :
                modules.stream().flatMap(module -> module.files().stream()).toList()) {
            boolean wasRead =
                    next < readable.size() && readable.get(next).path().equals(file.path());
            FileFacts facts;
            AnalysedFile analysed;
            if (wasRead) {
                BoundFile bound = bound(stages, readable.get(next));
                SyntaxFile syntax = stages.syntax(next++);
                facts = FactsAssembler.join(bound, syntax);
                boolean isDescriptor = descriptors.containsKey(file.path());
                analysed = AnalysedFile.of(file, bound, facts, isDescriptor, kept ? PackedSyntax.of(syntax) : null);
            } else {
                facts = unread(file);
                analysed = AnalysedFile.unread(file, facts);
            }
            shared.addFile(facts.file(), analysed.packageName());
            derivations.accept(analysed);
            coverage = coverage.plus(facts.file().coverage());
            sink.file(facts);
            if (kept) {
                files.put(file.path(), analysed.withFacts(AnalysedFile.derivable(facts)));
            }
            progress.progress(Phase.FACTS, ++done, scan.files().size());
        }
    }

    private BoundFile bound(Stages stages, SourceFile source) {
        ModuleDescriptor descriptor = descriptors.get(source.path());
        return descriptor == null ? stages.bound() : bound(source, descriptor, shared::addLeaf);
    }

    /** A descriptor's edges, which need no compiler. */
    private static BoundFile bound(SourceFile source, ModuleDescriptor descriptor, Consumer<Node> leaves) {
        NodeId file = NodeId.of(NodeKind.FILE, source.path(), "");
        List<Edge> edges = descriptor.edges(file, leaves);
        return new BoundFile(
                source,
                "",
                List.of(),
                edges,
                Coverage.NONE,
                new CallNotes(),
                new FrameworkNotes(),
                FileTrace.NONE,
                "",
                false);
    }

    /** The facts of a file that has no text, or has vanished. */
    static FileFacts unread(ScannedFile file) {
        boolean vanished = file.status() == FileStatus.INDEXED;
        return FactsAssembler.unread(
                file,
                vanished ? FileStatus.UNREADABLE : file.status(),
                vanished ? "vanished while it was read" : file.problem());
    }
}
