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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the sources of a repository into facts.
 *
 * <p>One parser reads the syntax, another binds the names, each in threads of its own; a file's facts are joined as soon as
 * both are done with it, and handed on module by module. The same files give equal facts, whatever the timing.
 */
public final class Ingest {
    private final RepositoryScan scan;
    private final ClassPath wanted;
    private final IngestOptions options;
    private final FactsSink sink;
    private final ProgressListener progress;

    private Ingest(
            RepositoryScan scan, ClassPath wanted, IngestOptions options, FactsSink sink, ProgressListener progress) {
        this.scan = scan;
        this.wanted = wanted;
        this.options = options;
        this.sink = sink;
        this.progress = progress;
    }

    /**
     * Finds the jars that a repository is bound against; reads the files of its Maven or Gradle build and what these tools
     * keep on this machine, no network.
     */
    public static ClassPath classPath(Path root, IngestOptions options) {
        return ClassPathFinder.find(root, options);
    }

    /** The folder of the local Maven repository that these options lead to; it may not exist. */
    public static Path localRepository(IngestOptions options) {
        return LocalRepository.of(options).root();
    }

    /** The address that the user's Maven settings put in the place of Maven Central; empty where they do not. */
    public static Optional<String> mirrorOfCentral() {
        return MavenSettings.ofUser().mirrorOfCentral();
    }

    /** A hash of what configuration files beside the sources say that bears on their facts. */
    public static String configuration(RepositoryScan scan) {
        return LombokConfig.fingerprint(scan) + " " + ResourceFiles.fingerprint(scan.resources());
    }

    /** The same as the longer form, with the class path that {@link #classPath} finds. */
    public static IngestReport run(
            RepositoryScan scan, IngestOptions options, FactsSink sink, ProgressListener progress) {
        return run(scan, classPath(scan.root(), options), options, sink, progress);
    }

    /**
     * Reads and binds all files of a scan against a class path, and hands their facts to the sink.
     *
     * <p>Nothing in a file makes this throw; what is wrong with a file is in its record. What the sink throws ends the run.
     *
     * @return what the run used and left out
     */
    public static IngestReport run(
            RepositoryScan scan, ClassPath wanted, IngestOptions options, FactsSink sink, ProgressListener progress) {
        return new Ingest(scan, wanted, options, sink, progress).run();
    }

    private IngestReport run() {
        progress.progress(Phase.CLASS_PATH, 0, 1);
        JarIndex jars = JarIndex.of(wanted.entries());
        progress.progress(Phase.CLASS_PATH, 1, 1);

        List<ModuleFiles> modules = ModuleFiles.divide(wanted, scan.files());
        List<SourceFile> readable = new ArrayList<>();
        List<BindingModule> bindable = new ArrayList<>();
        for (ModuleFiles module : modules) {
            List<SourceFile> own = sources(module);
            readable.addAll(own);
            bindable.add(new BindingModule(
                    module.module(),
                    own.stream()
                            .filter(file -> !ModuleDescriptor.isDescriptor(file.path()))
                            .toList()));
        }
        Map<String, ModuleDescriptor> descriptors = new LinkedHashMap<>();
        List<SourceFile> described = readable.stream()
                .filter(file -> ModuleDescriptor.isDescriptor(file.path()))
                .toList();
        described.forEach(file -> descriptors.put(file.path(), ModuleDescriptor.of(file.text())));
        FrameworkModel frameworks = new FrameworkModel(new FrameworkResources(scan.resources()));
        descriptors.values().forEach(frameworks::registers);
        readable.forEach(file -> frameworks.expect(file.text()));
        LombokConfig.Folders lombok = new LombokConfig.Folders(scan.root());
        Binder binder =
                new Binder(options.languageLevel(), jars, bindable, lombok, PatchedModules.of(described), frameworks);
        SharedFactsBuilder shared = new SharedFactsBuilder(scan.root());
        Derivations derivations = Derivations.all(frameworks, descriptors);
        try (Stages stages = new Stages(readable, binder, options.threads(), progress)) {
            emit(stages, modules, readable, descriptors, shared, derivations);
        }
        Collection<Node> leaves = binder.leaves();
        SharedFacts sharedFacts = shared.build(leaves);
        sink.shared(sharedFacts);
        sink.derived(derivations.finish(sharedFacts));
        ClassPath used = new ClassPath(jars.usable(), wanted.missing(), jars.rejected(), wanted.modules());
        return new IngestReport(used, binder.duplicateTypes());
    }

    private static List<SourceFile> sources(ModuleFiles module) {
        List<SourceFile> sources = new ArrayList<>();
        module.files().forEach(file -> file.source().ifPresent(sources::add));
        return sources;
    }

    private void emit(
            Stages stages,
            List<ModuleFiles> modules,
            List<SourceFile> readable,
            Map<String, ModuleDescriptor> descriptors,
            SharedFactsBuilder shared,
            Derivations derivations) {
        int next = 0;
        int done = 0;
        for (ScannedFile file :
                modules.stream().flatMap(module -> module.files().stream()).toList()) {
            boolean wasRead =
                    next < readable.size() && readable.get(next).path().equals(file.path());
            FileFacts facts = wasRead
                    ? read(stages, next++, descriptors.get(file.path()), shared, derivations)
                    : unread(file, shared, derivations);
            sink.file(facts);
            progress.progress(Phase.FACTS, ++done, scan.files().size());
        }
    }

    private static FileFacts read(
            Stages stages,
            int index,
            @Nullable ModuleDescriptor descriptor,
            SharedFactsBuilder shared,
            Derivations derivations) {
        BoundFile bound = descriptor == null ? stages.bound() : bound(stages.source(index), descriptor, shared);
        FileFacts facts = FactsAssembler.join(bound, stages.syntax(index));
        shared.addFile(facts.file(), descriptor == null ? bound.packageName() : null);
        derivations.file(facts, bound.notes());
        return facts;
    }

    private static FileFacts unread(ScannedFile file, SharedFactsBuilder shared, Derivations derivations) {
        boolean vanished = file.status() == FileStatus.INDEXED;
        FileFacts facts = FactsAssembler.unread(
                file,
                vanished ? FileStatus.UNREADABLE : file.status(),
                vanished ? "vanished while it was read" : file.problem());
        shared.addFile(facts.file(), null);
        derivations.file(facts, new CallNotes());
        return facts;
    }

    private static BoundFile bound(SourceFile source, ModuleDescriptor descriptor, SharedFactsBuilder shared) {
        NodeId file = NodeId.of(NodeKind.FILE, source.path(), "");
        List<Edge> edges = descriptor.edges(file, shared::addLeaf);
        return new BoundFile(source, "", List.of(), edges, Coverage.NONE, new CallNotes(), "", false);
    }
}
