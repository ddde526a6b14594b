package dev.quarry.search;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes a search may find; all conditions must hold. Every leg applies it to what it looks at, and not to what it has
 * found, so that a narrow filter costs no hits.
 *
 * @param kinds any of these; empty for all
 * @param path the file, or a folder around it, with {@code /}; empty for all
 * @param module the module that the file lies in
 * @param packageName the package or one above it; empty for all
 * @param annotations the types of annotations, one of which the declaration itself bears; empty for all
 * @param visibilities any of these; empty for all
 * @param code whether of tests or not
 * @param nodes these only; empty for all
 */
public record SearchFilter(
        Set<NodeKind> kinds,
        String path,
        Module module,
        String packageName,
        Set<NodeId> annotations,
        Set<Visibility> visibilities,
        Code code,
        Optional<Set<NodeId>> nodes) {
    private static final SearchFilter ALL =
            new SearchFilter(Set.of(), "", Module.ANY, "", Set.of(), Set.of(), Code.ALL, Optional.empty());

    /** Which code is searched. */
    public enum Code {
        ALL,
        /** What is not of tests. */
        MAIN,
        /** What is of tests. */
        TEST
    }

    /**
     * A folder without those of the modules inside of it.
     *
     * @param path the folder; empty for the root of the repository
     * @param nested the folders that do not belong to it
     */
    public record Module(String path, Set<String> nested) {
        /** All files. */
        public static final Module ANY = new Module("", Set.of());

        /** Copies the set. */
        public Module {
            nested = Set.copyOf(nested);
        }
    }

    /** Copies the sets, and drops the slash at the end of the path. */
    public SearchFilter {
        kinds = Set.copyOf(kinds);
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        annotations = Set.copyOf(annotations);
        visibilities = Set.copyOf(visibilities);
        nodes = nodes.map(Set::copyOf);
    }

    /** Lets every node pass. */
    public static SearchFilter all() {
        return ALL;
    }

    /** The same for these kinds only. */
    public SearchFilter withKinds(Set<NodeKind> wanted) {
        return new SearchFilter(wanted, path, module, packageName, annotations, visibilities, code, nodes);
    }

    /** The same for this file or folder only. */
    public SearchFilter withPath(String wanted) {
        return new SearchFilter(kinds, wanted, module, packageName, annotations, visibilities, code, nodes);
    }

    /** The same for this module only. */
    public SearchFilter withModule(Module wanted) {
        return new SearchFilter(kinds, path, wanted, packageName, annotations, visibilities, code, nodes);
    }

    /** The same for this package, and those below it, only. */
    public SearchFilter withPackage(String wanted) {
        return new SearchFilter(kinds, path, module, wanted, annotations, visibilities, code, nodes);
    }

    /** The same for what bears one of these annotations only. */
    public SearchFilter withAnnotations(Set<NodeId> wanted) {
        return new SearchFilter(kinds, path, module, packageName, wanted, visibilities, code, nodes);
    }

    /** The same for these visibilities only. */
    public SearchFilter withVisibilities(Set<Visibility> wanted) {
        return new SearchFilter(kinds, path, module, packageName, annotations, wanted, code, nodes);
    }

    /** The same for this code only. */
    public SearchFilter withCode(Code wanted) {
        return new SearchFilter(kinds, path, module, packageName, annotations, visibilities, wanted, nodes);
    }

    /** The same for these nodes only. */
    public SearchFilter withNodes(Set<NodeId> wanted) {
        return new SearchFilter(kinds, path, module, packageName, annotations, visibilities, code, Optional.of(wanted));
    }
}
