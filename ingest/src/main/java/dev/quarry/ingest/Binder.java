package dev.quarry.ingest;

import dev.quarry.schema.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;

/** Binds the names of a repository's files against each other, the JDK and the class path. For one run, in one thread. */
final class Binder {
    private final String languageLevel;
    private final JarIndex jars;
    private final TypeNames names;
    private final Bindings bindings;
    private final LombokModel lombok;
    private final DuplicateTypes duplicates = new DuplicateTypes();

    Binder(String languageLevel, JarIndex jars, LombokConfig.Folders folders) {
        this.lombok = new LombokModel(folders);
        this.languageLevel = languageLevel;
        this.jars = jars;
        this.names = new TypeNames(jars::holds);
        this.bindings = new Bindings(names, jars);
    }

    /** Binds the files and hands each on, in the order given; module descriptors bind nothing. */
    void run(List<SourceFile> files, Consumer<BoundFile> sink) {
        List<EcjUnit> units = new ArrayList<>();
        for (SourceFile file : files) {
            units.add(new EcjUnit(file));
        }
        EcjEnvironment environment = EcjEnvironment.of(jars.usable());
        try {
            UnitWalker walker = new UnitWalker(bindings, duplicates, lombok);
            new EcjCompiler(environment, languageLevel, lombok, new EcjCompiler.Listener() {
                        @Override
                        public void parsed(EcjUnit unit, CompilationUnitDeclaration tree) {
                            note(unit, tree);
                        }

                        @Override
                        public void bound(EcjUnit unit, CompilationUnitDeclaration tree, String crash) {
                            sink.accept(walker.walk(unit.source(), tree, crash));
                        }
                    })
                    .run(units);
        } finally {
            environment.cleanup();
        }
    }

    private void note(EcjUnit unit, CompilationUnitDeclaration tree) {
        String path = unit.source().path();
        ImportMap imports = ImportMap.of(tree);
        names.addFile(path, imports);
        if (tree.types != null) {
            for (TypeDeclaration type : tree.types) {
                String simple = CharOperation.charToString(type.name);
                duplicates.declare(
                        imports.packageName().isEmpty() ? simple : imports.packageName() + "." + simple, path);
            }
        }
    }

    /** The leaves that the files' edges end in; complete once the run is over. */
    Collection<Node> leaves() {
        return bindings.leaves();
    }

    /** How many top-level types another file declares already. */
    int duplicateTypes() {
        return duplicates.refused();
    }
}
