package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.jspecify.annotations.Nullable;

/** A source file as the compiler's core takes it: from memory, named by its path below the repository's root. */
final class EcjUnit implements ICompilationUnit {
    private final SourceFile source;
    private final UnitErrors errors = new UnitErrors();
    private String module = "";
    private boolean isOutlined;
    private SortedInts bodies = SortedInts.NONE;
    private MethodHeads methods = MethodHeads.NONE;

    EcjUnit(SourceFile source) {
        this.source = source;
    }

    SourceFile source() {
        return source;
    }

    /** What the compiler finds wrong in it. */
    UnitErrors errors() {
        return errors;
    }

    /** Where its outer bodies lie, once it is parsed; see {@link FileTrace#bodies}. */
    SortedInts bodies() {
        return bodies;
    }

    /** The methods of its classes, once it is parsed, bound to nothing yet. */
    MethodHeads methods() {
        return methods;
    }

    /** To be told, when it is parsed, where its outer bodies lie, and which methods it has. */
    void parsed(SortedInts foundBodies, MethodHeads foundMethods) {
        bodies = foundBodies;
        methods = foundMethods;
    }

    /** To be told if its tree cannot be walked, so that it is described by its text alone. */
    void outlined() {
        isOutlined = true;
    }

    /** Whether it is described by its text alone. */
    boolean isOutlined() {
        return isOutlined;
    }

    /** Has the unit bound inside of a module of the JDK; empty for the unnamed module. To be told before it is bound. */
    void bindIn(String jdkModule) {
        module = jdkModule;
    }

    @Override
    public ModuleBinding module(LookupEnvironment environment) {
        return environment.getModule(module.isEmpty() ? ModuleBinding.UNNAMED : module.toCharArray());
    }

    @Override
    public char[] getContents() {
        return source.text().toCharArray();
    }

    @Override
    public char[] getMainTypeName() {
        String path = source.path();
        int dot = path.lastIndexOf('.');
        return path.substring(path.lastIndexOf('/') + 1, dot < 0 ? path.length() : dot)
                .toCharArray();
    }

    /** Left to the package declaration: a file may lie in any directory. */
    @Override
    public char @Nullable [][] getPackageName() {
        return null;
    }

    @Override
    public char[] getFileName() {
        return source.path().toCharArray();
    }

    @Override
    public boolean ignoreOptionalProblems() {
        return true;
    }
}
