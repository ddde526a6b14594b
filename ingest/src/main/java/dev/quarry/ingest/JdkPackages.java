package dev.quarry.ingest;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Set;
import java.util.stream.Collectors;

/** The packages of the JDK that runs. */
final class JdkPackages {
    private static final Set<ModuleReference> MODULES = ModuleFinder.ofSystem().findAll();
    private static final Set<String> NAMES = MODULES.stream()
            .flatMap(reference -> reference.descriptor().packages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private JdkPackages() {}

    static boolean contains(String packageName) {
        return NAMES.contains(packageName);
    }

    static Set<ModuleReference> modules() {
        return MODULES;
    }
}
