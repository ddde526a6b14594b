package dev.quarry.ingest;

import dev.quarry.ingest.RepositoryTypes.Declared;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.eclipse.jdt.internal.compiler.batch.ClasspathLocation;
import org.eclipse.jdt.internal.compiler.batch.FileSystem.Classpath;
import org.eclipse.jdt.internal.compiler.batch.FileSystem.ClasspathSectionProblemReporter;
import org.eclipse.jdt.internal.compiler.env.IModule;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The sources of other modules as a place where the compiler's core finds types. A file is parsed when one of its types is
 * asked for.
 */
final class SiblingSources extends ClasspathLocation {
    /** The rank of a module that is not looked at. */
    static final int HIDDEN = -1;

    private final String name;
    private final RepositoryTypes types;
    private final ToIntFunction<String> rank;

    /** With the rank of each module, by its directory: of several declarations that of the lowest rank is taken. */
    SiblingSources(String name, RepositoryTypes types, ToIntFunction<String> rank) {
        super(null, null);
        this.name = name;
        this.types = types;
        this.rank = rank;
    }

    @Override
    public @Nullable NameEnvironmentAnswer findClass(
            char[] typeName, String packageName, @Nullable String moduleName, String binaryFileName) {
        String dotted = packageName.replace('/', '.');
        String qualified = dotted.isEmpty() ? new String(typeName) : dotted + "." + new String(typeName);
        Declared best = null;
        for (Declared declared : types.find(qualified)) {
            int own = rank.applyAsInt(declared.module());
            if (own != HIDDEN && (best == null || own < rank.applyAsInt(best.module()))) {
                best = declared;
            }
        }
        return best == null ? null : new NameEnvironmentAnswer(new EcjUnit(best.file()), null);
    }

    @Override
    public @Nullable NameEnvironmentAnswer findClass(
            char[] typeName,
            String packageName,
            @Nullable String moduleName,
            String binaryFileName,
            boolean asBinaryOnly) {
        return asBinaryOnly ? null : findClass(typeName, packageName, moduleName, binaryFileName);
    }

    @Override
    public char @Nullable [][][] findTypeNames(String packageName, @Nullable String moduleName) {
        return null;
    }

    @Override
    public char @Nullable [][] getModulesDeclaringPackage(String packageName, @Nullable String moduleName) {
        return singletonModuleNameIf(types.hasPackage(packageName.replace('/', '.')));
    }

    @Override
    public boolean hasCompilationUnit(String packageName, @Nullable String moduleName) {
        return types.hasPackage(packageName.replace('/', '.'));
    }

    @Override
    public @Nullable List<Classpath> fetchLinkedJars(ClasspathSectionProblemReporter reporter) {
        return null;
    }

    @Override
    public void initialize() {
        // the types are known already
    }

    @Override
    public boolean hasAnnotationFileFor(String qualifiedTypeName) {
        return false;
    }

    @Override
    public @Nullable IModule getModule() {
        return null;
    }

    @Override
    public Collection<String> getModuleNames(@Nullable Collection<String> limit, Function<String, IModule> getModule) {
        return Collections.emptyList();
    }

    @Override
    public char[] normalizedPath() {
        return name.toCharArray();
    }

    @Override
    public String getPath() {
        return name;
    }
}
