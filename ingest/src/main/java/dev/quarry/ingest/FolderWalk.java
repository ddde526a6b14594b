package dev.quarry.ingest;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the Java files below a folder, and the files beside them that frameworks read. One walk serves one call of
 * {@link #run()}.
 */
final class FolderWalk {
    private static final Set<String> NEVER = Set.of(".git", ".quarry", ".hg", ".svn");
    private static final Set<String> GENERATED = Set.of("generated-sources", "generated-test-sources", "generated");

    private final Path root;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> resources = new ArrayList<>();
    private final List<Entry> buildFiles = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final Set<String> moduleFolders = new HashSet<>();
    private final Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
    private final Deque<Folder> open = new ArrayDeque<>();

    /** A file: where it is, its path below the root with {@code /}, its size and its times. */
    record Entry(Path file, String path, long size, FileTimes times) {}

    /** A folder to be listed; of a build's output only the generated sources are wanted. */
    private record Folder(Path path, IgnoreRules rules, boolean output) {}

    FolderWalk(Path root) {
        this.root = root;
    }

    /** All Java files, in the order of their paths. */
    List<Entry> run() {
        open.push(new Folder(root, IgnoreRules.forRoot(root), false));
        while (!open.isEmpty()) {
            list(open.pop());
        }
        entries.sort(Comparator.comparing(Entry::path));
        resources.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    /** After the walk, what frameworks may read, in the order of the paths. */
    List<Entry> resources() {
        return resources;
    }

    /** After the walk, the files that describe builds; in no order. */
    List<Entry> buildFiles() {
        return buildFiles;
    }

    /** After the walk, the folders that were listed, and outputs of builds that were looked into for generated sources. */
    List<Path> folders() {
        return folders;
    }

    /** After the walk, those that hold a module's build file, ignored or not: below the root with {@code /}. */
    Set<String> moduleFolders() {
        return moduleFolders;
    }

    Map<SkipReason, Integer> skipped() {
        return skipped;
    }

    /** A regular file as it is now; empty where there is none. */
    static Optional<Entry> entry(Path file, String path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new Entry(file, path, attributes.size(), FileTimes.of(file, attributes)))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void list(Folder folder) {
        folders.add(folder.path());
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path())) {
            stream.forEach(children::add);
        } catch (IOException | DirectoryIteratorException _) {
            skip(SkipReason.UNREADABLE_FOLDER);
            return;
        }
        if (children.stream().anyMatch(FolderWalk::isModuleFile)) {
            moduleFolders.add(IgnoreRules.slashed(root.relativize(folder.path())));
        }
        Set<String> builds = outputFolders(children);
        for (Path child : children) {
            visit(folder, child, builds);
        }
    }

    private static boolean isModuleFile(Path file) {
        String name = file.getFileName().toString();
        return (name.equals("pom.xml") || GradleBuild.SCRIPTS.contains(name)) && Files.isRegularFile(file);
    }

    private void visit(Folder folder, Path child, Set<String> outputs) {
        String name = child.getFileName().toString();
        if (NEVER.contains(name)) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return;
        }
        boolean java = name.endsWith(".java");
        if (attributes.isSymbolicLink()) {
            if (java || Files.isDirectory(child)) {
                skip(SkipReason.SYMBOLIC_LINK);
            }
        } else if (attributes.isDirectory()) {
            if (folder.rules().ignores(child, true)) {
                skip(SkipReason.IGNORED);
                if (outputs.contains(name)) {
                    openGenerated(child);
                }
            } else if (folder.output() && !GENERATED.contains(name)) {
                skip(SkipReason.BUILD_OUTPUT);
            } else if (!PathText.isUtf8(child.getFileName())) {
                skip(SkipReason.NAME_NOT_UTF8);
            } else {
                open.push(new Folder(child, folder.rules().below(child), outputs.contains(name)));
            }
        } else if (java) {
            file(folder, child, attributes);
        } else if (attributes.isRegularFile() && !folder.output() && PathText.isUtf8(child.getFileName())) {
            resource(folder, child, attributes);
        }
    }

    private void resource(Folder folder, Path file, BasicFileAttributes attributes) {
        String path = IgnoreRules.slashed(root.relativize(file));
        boolean resource = ResourceFiles.kindOf(path) != null;
        String name = file.getFileName().toString();
        boolean build = TreeState.isBuildFile(name);
        // A build takes the jars that lie in a folder, and git is told to ignore these more often than not.
        boolean isTaken = name.endsWith(".jar");
        if ((resource || build) && (isTaken || !folder.rules().ignores(file, false))) {
            Entry entry = new Entry(file, path, attributes.size(), FileTimes.of(file, attributes));
            (resource ? resources : buildFiles).add(entry);
        }
    }

    /** A build's output is ignored as a rule; the sources that it holds are wanted nevertheless. */
    private void openGenerated(Path output) {
        folders.add(output);
        for (String name : GENERATED) {
            Path generated = output.resolve(name);
            if (Files.isDirectory(generated, LinkOption.NOFOLLOW_LINKS)) {
                open.push(new Folder(generated, IgnoreRules.none(generated), false));
            }
        }
    }

    private void file(Folder folder, Path file, BasicFileAttributes attributes) {
        if (folder.rules().ignores(file, false)) {
            skip(SkipReason.IGNORED);
        } else if (!attributes.isRegularFile()) {
            skip(SkipReason.SPECIAL_FILE);
        } else if (folder.output()) {
            skip(SkipReason.BUILD_OUTPUT);
        } else if (!PathText.isUtf8(file.getFileName())) {
            skip(SkipReason.NAME_NOT_UTF8);
        } else {
            String path = IgnoreRules.slashed(root.relativize(file));
            entries.add(new Entry(file, path, attributes.size(), FileTimes.of(file, attributes)));
        }
    }

    /** The names of the folders that a build described beside them writes to. */
    private static Set<String> outputFolders(List<Path> children) {
        boolean maven = false;
        boolean gradle = false;
        for (Path child : children) {
            String name = child.getFileName().toString();
            maven |= name.equals("pom.xml");
            gradle |= name.endsWith(".gradle") || name.endsWith(".gradle.kts");
        }
        if (maven) {
            return gradle ? Set.of("target", "build") : Set.of("target");
        }
        return gradle ? Set.of("build") : Set.of();
    }

    private void skip(SkipReason reason) {
        skipped.merge(reason, 1, Integer::sum);
    }
}
