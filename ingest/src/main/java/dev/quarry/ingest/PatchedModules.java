package dev.quarry.ingest;

import java.lang.module.ModuleReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDK's modules that a repository declares itself, as a source tree of the JDK does. Their packages are bound inside of
 * these modules: elsewhere each of their types would stand against the JDK's own of the same name.
 */
final class PatchedModules {
    private static final Pattern DECLARATION =
            Pattern.compile("^\\s*(?:@\\w+.*\\s)?(?:open\\s+)?module\\s+([\\w.]+)\\s*\\{", Pattern.MULTILINE);

    private final Map<String, String> moduleOfPackage = new HashMap<>();

    /** With the descriptors of a repository's modules. */
    static PatchedModules of(Collection<SourceFile> descriptors) {
        PatchedModules result = new PatchedModules();
        if (!descriptors.isEmpty()) {
            Set<String> declared = new HashSet<>();
            for (SourceFile descriptor : descriptors) {
                Matcher matcher = DECLARATION.matcher(descriptor.text());
                if (matcher.find()) {
                    declared.add(matcher.group(1));
                }
            }
            JdkPackages.modules().stream()
                    .map(ModuleReference::descriptor)
                    .filter(module -> declared.contains(module.name()))
                    .forEach(module ->
                            module.packages().forEach(name -> result.moduleOfPackage.put(name, module.name())));
        }
        return result;
    }

    /** Whether no module of the JDK is declared. */
    boolean isEmpty() {
        return moduleOfPackage.isEmpty();
    }

    /** The module that a package is bound in; empty for the unnamed one. */
    String moduleOf(String packageName) {
        return moduleOfPackage.getOrDefault(packageName, "");
    }
}
