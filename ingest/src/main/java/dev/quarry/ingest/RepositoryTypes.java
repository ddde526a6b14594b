package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which file of which module declares which top-level type; read from the tokens alone, so that a module's sources can be
 * looked up without having been parsed. Empty for a repository of one module.
 */
final class RepositoryTypes {
    private final Map<String, List<Declared>> types = new HashMap<>();
    private final Map<String, Known> files = new HashMap<>();
    private final Set<String> packages = new HashSet<>();

    /**
     * A declaration of a type.
     *
     * @param module the directory of its module
     */
    record Declared(String module, SourceFile file) {}

    private record Known(String module, SourceOutline outline) {}

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
            files.put(file.path(), new Known(directory, outline));
            addPackage(outline.packageName());
            for (String type : outline.types()) {
                types.computeIfAbsent(qualified(outline, type), _ -> new ArrayList<>(1))
                        .add(new Declared(directory, file));
            }
        });
    }

    private static String qualified(SourceOutline outline, String type) {
        return outline.packageName().isEmpty() ? type : outline.packageName() + "." + type;
    }

    /**
     * Takes the files that are to be bound, in the place of what they were.
     *
     * @return whether that was possible; false if files came or went, or declare other types than before
     */
    boolean follow(List<BindingModule> modules, SourceOutlines outlines) {
        int count = 0;
        for (BindingModule module : modules) {
            count += module.files().size() + module.rest().size();
            for (SourceFile file : module.files()) {
                Known known = files.get(file.path());
                if (known == null
                        || !known.module().equals(module.module().directory())
                        || !known.outline().equals(outlines.of(file))) {
                    return false;
                }
            }
        }
        if (count != files.size()) {
            return false;
        }
        for (BindingModule module : modules) {
            module.files().forEach(this::replace);
        }
        return true;
    }

    private void replace(SourceFile file) {
        Known known = Objects.requireNonNull(files.get(file.path()), "a file that is not new");
        for (String type : known.outline().types()) {
            find(qualified(known.outline(), type))
                    .replaceAll(
                            each -> each.file().path().equals(file.path()) ? new Declared(each.module(), file) : each);
        }
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
        Known known = files.get(path);
        if (all.size() < 2 || known == null || all.getFirst().module().equals(known.module())) {
            return "";
        }
        String own = known.module();
        return (own.isEmpty() ? "." : own) + "/";
    }
}
