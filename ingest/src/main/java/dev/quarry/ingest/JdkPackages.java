package dev.quarry.ingest;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.Set;
import java.util.stream.Collectors;

/** The packages of the JDK that runs. */
final class JdkPackages {
    private static final Set<String> NAMES = ModuleFinder.ofSystem().findAll().stream()
            .map(reference -> reference.descriptor())
            .flatMap(descriptor -> packages(descriptor).stream())
            .collect(Collectors.toUnmodifiableSet());

    private JdkPackages() {}

    static boolean contains(String packageName) {
        return NAMES.contains(packageName);
    }

    private static Set<String> packages(ModuleDescriptor descriptor) {
        return descriptor.packages();
    }
}
