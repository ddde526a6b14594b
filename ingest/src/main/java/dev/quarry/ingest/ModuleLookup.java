package dev.quarry.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.impl.ITypeRequestor;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.eclipse.jdt.internal.compiler.lookup.PlainPackageBinding;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;
import org.jspecify.annotations.Nullable;

/**
 * Knows the modules of the repository and of its jars where a file imports one. Their types are bound as on the class path,
 * in the unnamed module, so that such a module is a list of packages.
 */
class ModuleLookup extends LookupEnvironment {
    private final ModuleExports.Seen exports;
    private final Map<String, Optional<ModuleBinding>> listed = new HashMap<>();

    ModuleLookup(
            ITypeRequestor requestor,
            CompilerOptions options,
            ProblemReporter problems,
            INameEnvironment environment,
            ModuleExports.Seen exports) {
        super(requestor, options, problems, environment);
        this.exports = exports;
    }

    @Override
    public @Nullable ModuleBinding getModule(char @Nullable [] name) {
        ModuleBinding known = super.getModule(name);
        if (known != null || name == null) {
            return known;
        }
        String text = new String(name);
        Optional<ModuleBinding> found = listed.get(text);
        if (found == null) {
            found = exports.imported(text).map(imported -> new Listed(name, this, imported));
            listed.put(text, found);
        }
        return found.orElse(null);
    }

    /** A module of which only its packages are known, those of the modules that it hands on among them. */
    private static final class Listed extends ModuleBinding {
        private final ModuleLookup lookup;
        private final ModuleExports.Imported imported;

        Listed(char[] name, ModuleLookup lookup, ModuleExports.Imported imported) {
            super(name, lookup);
            this.lookup = lookup;
            this.imported = imported;
        }

        @Override
        public PlainPackageBinding[] getExports() {
            return imported.packages().stream()
                    .map(each -> lookup.UnNamedModule.getOrCreateDeclaredPackage(
                            CharOperation.splitOn('.', each.toCharArray())))
                    .toArray(PlainPackageBinding[]::new);
        }

        @Override
        public ModuleBinding[] getRequiresTransitive() {
            return imported.jdk().stream()
                    .map(each -> lookup.getModule(each.toCharArray()))
                    .filter(Objects::nonNull)
                    .toArray(ModuleBinding[]::new);
        }
    }
}
