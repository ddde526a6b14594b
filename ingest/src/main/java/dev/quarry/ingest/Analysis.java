package dev.quarry.ingest;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.UnresolvedReason;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A repository as a run has analysed it, kept so that after an edit only what the edit bears on is read again. Never changed
 * once it is made, but for what is open in it; for one thread at a time.
 *
 * @param root the repository
 * @param settings what the analysis depends on besides the files
 * @param files all files by path, in the order in which they are handed on
 * @param descriptors the module descriptors by path, in the same order
 * @param derivations what was concluded from all files; it follows them from one analysis to the next
 */
record Analysis(
        Path root,
        Settings settings,
        List<ModuleClassPath> modules,
        Map<String, AnalysedFile> files,
        Map<String, ModuleDescriptor> descriptors,
        Derivations derivations,
        int duplicateTypes,
        AnalysisMemory memory,
        Tools tools) {
    /**
     * What the same files are analysed differently for.
     *
     * @param fingerprint of the class path and the configuration
     * @param moduleFolders the folders with a module's build file
     */
    record Settings(IngestOptions options, String fingerprint, Set<String> moduleFolders) {}

    /** What is opened or found once for all runs with the same settings. */
    record Tools(
            JarIndex jars,
            EcjEnvironment.Shared environment,
            LombokConfig.Folders lombok,
            FrameworkResources resources,
            SourceOutlines outlines) {}

    /** How the call sites of all files end. */
    Coverage coverage() {
        int[] sum = new int[4];
        Map<UnresolvedReason, Integer> reasons = new EnumMap<>(UnresolvedReason.class);
        for (AnalysedFile file : files.values()) {
            Coverage own = file.facts().file().coverage();
            sum[0] += own.internal();
            sum[1] += own.library();
            sum[2] += own.jdk();
            sum[3] += own.unresolved();
            own.reasons().forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
        }
        return new Coverage(sum[0], sum[1], sum[2], sum[3], reasons);
    }

    /** What no single file says. */
    SharedFacts shared() {
        SharedFactsBuilder builder = new SharedFactsBuilder(root, settings.moduleFolders());
        Map<NodeId, Node> leaves = new TreeMap<>();
        for (AnalysedFile file : files.values()) {
            builder.addFile(file.facts().file(), file.packageName());
            file.trace().leaves().forEach(leaf -> leaves.merge(leaf.id(), leaf, Bindings::merged));
            ModuleDescriptor descriptor = descriptors.get(file.path());
            if (descriptor != null) {
                descriptor.edges(file.facts().file().id(), builder::addLeaf);
            }
        }
        return builder.build(leaves.values());
    }

    /** Whether frameworks want to know the members of all types. */
    static boolean wantsMembersOfAll(Map<String, AnalysedFile> files) {
        return files.values().stream().anyMatch(AnalysedFile::wantsMembers);
    }

    void close() {
        tools.environment().close();
    }
}
