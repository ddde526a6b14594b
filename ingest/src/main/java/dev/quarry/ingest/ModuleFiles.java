package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module with the files that are its own: those below its directory and below no other module's.
 *
 * @param files in the order of their paths
 */
record ModuleFiles(ModuleClassPath module, List<ScannedFile> files) {
    ModuleFiles {
        files = List.copyOf(files);
    }

    /** Whether a file of this path is one of its own. */
    boolean has(String path) {
        int low = 0;
        int high = files.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = files.get(middle).path().compareTo(path);
            if (order == 0) {
                return true;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return false;
    }

    /** Those of its files that can be read. */
    List<SourceFile> sources() {
        List<SourceFile> sources = new ArrayList<>();
        files.forEach(file -> file.source().ifPresent(sources::add));
        return sources;
    }

    /**
     * Divides files among the modules of a class path, each as its module's build reads it. The modules come in the order
     * of their first files; what lies in no module counts as one that sees all jars.
     */
    static List<ModuleFiles> divide(ClassPath classPath, Collection<ScannedFile> files) {
        Map<String, ModuleClassPath> byDirectory = new HashMap<>();
        classPath.modules().forEach(module -> byDirectory.putIfAbsent(module.directory(), module));
        byDirectory.computeIfAbsent(
                "", root -> new ModuleClassPath(root, "", "", classPath.entries(), classPath.missing(), List.of()));
        Map<String, ModuleClassPath> known = new HashMap<>(byDirectory);
        Map<ModuleClassPath, List<ScannedFile>> divided = new LinkedHashMap<>();
        String folder = null;
        String encoding = "";
        List<ScannedFile> own = List.of();
        for (ScannedFile file : files) {
            // Neighbours lie in one folder as a rule.
            if (folder == null || !isIn(file.path(), folder)) {
                folder = parent(file.path());
                ModuleClassPath module = moduleOf(folder, known);
                encoding = module.encoding();
                own = divided.computeIfAbsent(module, _ -> new ArrayList<>());
            }
            own.add(file.in(encoding));
        }
        List<ModuleFiles> result = new ArrayList<>();
        divided.forEach((module, its) -> result.add(new ModuleFiles(module, its)));
        result.sort(Comparator.comparing(module -> module.files().getFirst().path()));
        return result;
    }

    private static ModuleClassPath moduleOf(String directory, Map<String, ModuleClassPath> known) {
        ModuleClassPath module = known.get(directory);
        if (module == null) {
            module = moduleOf(parent(directory), known);
            known.put(directory, module);
        }
        return module;
    }

    private static boolean isIn(String path, String folder) {
        int slash = path.lastIndexOf('/');
        return folder.isEmpty() ? slash < 0 : slash == folder.length() && path.startsWith(folder);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
