package dev.quarry.ingest;

import dev.quarry.ingest.ProgressListener.Phase;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Turns the sources of a repository into facts.
 *
 * <p>One parser reads the syntax, another binds the names, each in threads of its own; a file's facts are joined as soon as
 * both are done with it, and handed on in the order of the paths. The same files give equal facts, whatever the timing.
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

    /** Finds the jars that a repository is bound against; reads pom.xml files and the local repository, no network. */
    public static ClassPath classPath(Path root, IngestOptions options) {
        return ClassPathFinder.find(root, options);
    }

    /** A hash of what configuration files beside the sources say that bears on their facts. */
    public static String configuration(RepositoryScan scan) {
        return LombokConfig.fingerprint(scan);
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

        List<SourceFile> readable = new ArrayList<>();
        List<SourceFile> bindable = new ArrayList<>();
        for (ScannedFile file : scan.files()) {
            file.source().ifPresent(source -> {
                readable.add(source);
                if (!isModuleDescriptor(source.path())) {
                    bindable.add(source);
                }
            });
        }
        Binder binder = new Binder(options.languageLevel(), jars, new LombokConfig.Folders(scan.root()));
        SharedFactsBuilder shared = new SharedFactsBuilder(scan.root());
        try (Stages stages = new Stages(readable, bindable, binder, options.threads(), progress)) {
            emit(stages, readable, shared);
        }
        Collection<Node> leaves = binder.leaves();
        sink.shared(shared.build(leaves));
        ClassPath used = new ClassPath(jars.usable(), wanted.missing(), jars.rejected());
        return new IngestReport(used, binder.duplicateTypes());
    }

    private void emit(Stages stages, List<SourceFile> readable, SharedFactsBuilder shared) {
        int next = 0;
        int done = 0;
        for (ScannedFile file : scan.files()) {
            boolean wasRead =
                    next < readable.size() && readable.get(next).path().equals(file.path());
            FileFacts facts = wasRead ? read(stages, next++, shared) : unread(file, shared);
            sink.file(facts);
            progress.progress(Phase.FACTS, ++done, scan.files().size());
        }
    }

    private static FileFacts read(Stages stages, int index, SharedFactsBuilder shared) {
        SourceFile source = stages.source(index);
        BoundFile bound = isModuleDescriptor(source.path()) ? unbound(source) : stages.bound();
        FileFacts facts = FactsAssembler.join(bound, stages.syntax(index));
        shared.addFile(facts.file(), isModuleDescriptor(source.path()) ? null : bound.packageName());
        return facts;
    }

    private static FileFacts unread(ScannedFile file, SharedFactsBuilder shared) {
        boolean vanished = file.status() == FileStatus.INDEXED;
        FileFacts facts = FactsAssembler.unread(
                file,
                vanished ? FileStatus.UNREADABLE : file.status(),
                vanished ? "vanished while it was read" : file.problem());
        shared.addFile(facts.file(), null);
        return facts;
    }

    /** A module descriptor would hide the packages of the class path from all sources. */
    private static boolean isModuleDescriptor(String path) {
        return path.equals("module-info.java") || path.endsWith("/module-info.java");
    }

    private static BoundFile unbound(SourceFile source) {
        return new BoundFile(source, "", List.of(), List.of(), Coverage.NONE, "", false);
    }
}
