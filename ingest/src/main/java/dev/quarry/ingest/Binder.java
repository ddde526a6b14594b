package dev.quarry.ingest;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;

/**
 * Binds the names of a repository's files against each other, the JDK and the class path, module by module: what the
 * compiler knows of a module is dropped before the next begins. For one run, in one thread.
 */
final class Binder {
    /** Older levels are bound as this one: it is the oldest that the compiler's core knows. */
    private static final int OLDEST_LEVEL = 8;

    private final String newestLevel;
    private final JarIndex jars;
    private final List<BindingModule> modules;
    private final Map<NodeId, Node> leaves = new TreeMap<>();
    private final LombokConfig.Folders folders;
    private final PatchedModules patched;
    private final ModuleExports exports;
    private final DuplicateTypes duplicates = new DuplicateTypes();
    private final GeneratedTypes generated = new GeneratedTypes();
    private final FrameworkModel frameworks;
    private final SourceOutlines outlines;
    private final boolean traced;

    /**
     * A binder of these modules.
     *
     * @param exports what the modules export that files import
     * @param frameworks says what frameworks want to know of the files
     * @param outlines what the tokens of files tell; filled as far as it is needed
     * @param traced whether to tell when each file is to be bound again
     */
    Binder(
            String newestLevel,
            JarIndex jars,
            List<BindingModule> modules,
            LombokConfig.Folders folders,
            PatchedModules patched,
            ModuleExports exports,
            FrameworkModel frameworks,
            SourceOutlines outlines,
            boolean traced) {
        this.traced = traced;
        this.outlines = outlines;
        this.patched = patched;
        this.exports = exports;
        this.frameworks = frameworks;
        this.folders = folders;
        this.newestLevel = newestLevel;
        this.jars = jars;
        this.modules = List.copyOf(modules);
    }

    /** How many files there are to be bound. */
    int fileCount() {
        return modules.stream().mapToInt(module -> module.files().size()).sum();
    }

    /** Binds the files and hands each on, in the order given; module descriptors bind nothing. */
    void run(EcjEnvironment.Shared shared, Consumer<BoundFile> sink) {
        RepositoryTypes types = outlines.types(modules);
        for (BindingModule module : modules) {
            module.rest().forEach(file -> generated.add(file.trace().generated()));
            if (!module.files().isEmpty()) {
                JarIndex own =
                        modules.size() == 1 ? jars : jars.only(module.module().entries());
                bind(module, own, shared.of(module, own.usable(), types), types, sink);
            }
        }
    }

    private void bind(
            BindingModule module,
            JarIndex own,
            EcjEnvironment environment,
            RepositoryTypes types,
            Consumer<BoundFile> sink) {
        TypeNames names =
                new TypeNames(name -> own.holds(name) || types.hasPackage(name), generated::contains, types::prefix);
        Bindings bindings = new Bindings(names, own, leaves, generated);
        duplicates.beginModule();
        for (AnalysedFile file : module.rest()) {
            FileTrace trace = file.trace();
            names.addFile(file.path(), trace.imports(), trace.used());
            trace.topLevel().forEach(type -> duplicates.declare(type, file.path()));
        }
        Set<String> rest = module.rest().stream().map(AnalysedFile::path).collect(Collectors.toSet());
        LombokModel lombok = new LombokModel(folders);
        UnitWalker walker = new UnitWalker(bindings, duplicates, frameworks, lombok);
        ModuleExports.Seen seen = exports.from(module.module().directory(), directories(), own.usable());
        List<EcjUnit> units = module.files().stream().map(EcjUnit::new).toList();
        new EcjCompiler(environment, level(module), lombok, patched, seen, traced, new EcjCompiler.Listener() {
                    @Override
                    public void parsed(EcjUnit unit, CompilationUnitDeclaration tree) {
                        note(names, unit, tree, ImportMap.of(tree, seen));
                        declare(unit, tree);
                    }

                    @Override
                    public boolean seen(EcjUnit unit, CompilationUnitDeclaration tree) {
                        boolean isOwn = rest.contains(unit.source().path());
                        if (!isOwn) {
                            names.addSeen(unit.source().path(), ImportMap.of(tree, seen));
                        }
                        return isOwn;
                    }

                    @Override
                    public void bound(EcjUnit unit, CompilationUnitDeclaration tree, String crash) {
                        bindings.beginFile();
                        BoundFile bound = walker.walk(unit, tree, crash);
                        sink.accept(traced ? bound.withTrace(trace(unit, tree, bound, bindings)) : bound);
                        unit.errors().clear();
                    }
                })
                .run(new ArrayList<>(units));
    }

    private static FileTrace trace(EcjUnit unit, CompilationUnitDeclaration tree, BoundFile bound, Bindings bindings) {
        ImportMap imports = bindings.names().importsOf(unit.source().path());
        return FileTracer.trace(unit, tree, bound, imports, bindings.askedNames(), bindings.askedLeaves());
    }

    private Set<String> directories() {
        return modules.stream().map(each -> each.module().directory()).collect(Collectors.toSet());
    }

    private void note(TypeNames names, EcjUnit unit, CompilationUnitDeclaration tree, ImportMap imports) {
        generated.add(GeneratedTypes.of(imports, tree.types));
        names.addFile(unit.source().path(), imports, imports.wildcards().isEmpty() ? Set.of() : DeclaredTypes.in(tree));
    }

    private void declare(EcjUnit unit, CompilationUnitDeclaration tree) {
        if (tree.types == null) {
            return;
        }
        String packageName =
                tree.currentPackage == null ? "" : CharOperation.toString(tree.currentPackage.tokens) + ".";
        for (TypeDeclaration type : tree.types) {
            duplicates.declare(
                    packageName + CharOperation.charToString(type.name),
                    unit.source().path());
        }
    }

    /**
     * The newest level reads what older ones read, but for a few words that older sources may use as names. The declared
     * level is taken where a module's files do so; where none does, it may be declared too old for them, and the newest is.
     */
    private String level(BindingModule module) {
        int declared = number(module.module().languageLevel());
        if (declared == 0 || declared >= number(newestLevel)) {
            return newestLevel;
        }
        int level = Math.max(declared, OLDEST_LEVEL);
        boolean usesOldNames = level <= SourceOutline.NEWEST_LIMIT
                && module.sources().anyMatch(file -> outlines.of(file).limits(level));
        return usesOldNames ? Integer.toString(level) : newestLevel;
    }

    private static int number(String level) {
        try {
            return Integer.parseInt(level.startsWith("1.") ? level.substring(2) : level);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** The leaves that the files' edges end in; complete once the run is over. */
    Collection<Node> leaves() {
        return leaves.values();
    }

    /** How many top-level types another file declares already. */
    int duplicateTypes() {
        return duplicates.refused();
    }
}
