package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which file of which module declares which top-level type; read from the tokens alone, so that a module's sources can be
 * looked up without having been parsed. Empty for a repository of one module.
 */
final class RepositoryTypes {
    private final Map<String, List<Declared>> types = new HashMap<>();
    private final Map<String, String> directories = new HashMap<>();
    private final Set<String> packages = new HashSet<>();

    /**
     * A declaration of a type.
     *
     * @param module the directory of its module
     */
    record Declared(String module, SourceFile file) {}

    private RepositoryTypes() {}

    static RepositoryTypes of(List<BindingModule> modules, SourceOutlines outlines) {
        RepositoryTypes result = new RepositoryTypes();
        if (modules.size() > 1) {
            modules.forEach(module -> result.add(module, outlines));
        }
        return result;
    }

    /** The types of those files of a module that are not to be bound. */
    static RepositoryTypes ofRest(BindingModule module) {
        RepositoryTypes result = new RepositoryTypes();
        String directory = module.module().directory();
        for (AnalysedFile file : module.rest()) {
            SourceFile source = file.source();
            if (source != null) {
                result.addPackage(file.trace().imports().packageName());
                file.trace()
                        .topLevel()
                        .forEach(type -> result.types
                                .computeIfAbsent(type, _ -> new ArrayList<>(1))
                                .add(new Declared(directory, source)));
            }
        }
        return result;
    }

    private void add(BindingModule module, SourceOutlines outlines) {
        String directory = module.module().directory();
        module.sources().sorted(Comparator.comparing(SourceFile::path)).forEach(file -> {
            SourceOutline outline = outlines.of(file);
            directories.put(file.path(), directory);
            addPackage(outline.packageName());
            String prefix = outline.packageName().isEmpty() ? "" : outline.packageName() + ".";
            for (String type : outline.types()) {
                types.computeIfAbsent(prefix + type, _ -> new ArrayList<>(1)).add(new Declared(directory, file));
            }
        });
    }

    private void addPackage(String name) {
        String rest = name;
        while (!rest.isEmpty() && packages.add(rest)) {
            rest = rest.substring(0, Math.max(0, rest.lastIndexOf('.')));
        }
    }

    boolean hasPackage(String name) {
        return packages.contains(name);
    }

    /** The declarations of a top-level type in the order of the modules, given by its qualified name. */
    List<Declared> find(String qualifiedName) {
        return types.getOrDefault(qualifiedName, List.of());
    }

    /**
     * What tells a type from one of the same name in another module: nothing for the first module that declares it, the
     * module's directory and {@code /} for the others.
     */
    String prefix(String qualifiedName, String path) {
        List<Declared> all = find(qualifiedName);
        String own = directories.get(path);
        if (all.size() < 2 || own == null || all.getFirst().module().equals(own)) {
            return "";
        }
        return (own.isEmpty() ? "." : own) + "/";
    }
}
