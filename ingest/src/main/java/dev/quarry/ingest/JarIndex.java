package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Which jar holds which package, and which jars can be used at all.
 *
 * <p>A jar that holds a package of the JDK is left out: the compiler would refuse that package to all sources.
 */
final class JarIndex implements ClassOrigins {
    private final List<Entry> usable = new ArrayList<>();
    private final Set<String> rejected = new TreeSet<>();
    private final Map<String, List<Entry>> byPackage = new HashMap<>();
    private final Map<Entry, Set<String>> packagesOf = new HashMap<>();

    private JarIndex() {}

    static JarIndex of(List<Entry> entries) {
        JarIndex index = new JarIndex();
        entries.forEach(index::add);
        return index;
    }

    private void add(Entry entry) {
        Set<String> packages;
        try {
            packages = packages(entry.jar());
        } catch (IOException | UncheckedIOException _) {
            rejected.add(entry.coordinate() + ": cannot be opened");
            return;
        }
        for (String name : packages) {
            if (JdkPackages.contains(name)) {
                rejected.add(entry.coordinate() + ": holds classes of the JDK's package " + name);
                return;
            }
        }
        use(entry, packages);
    }

    private void use(Entry entry, Set<String> packages) {
        usable.add(entry);
        packagesOf.put(entry, packages);
        packages.forEach(
                name -> byPackage.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(entry));
    }

    private static Set<String> packages(Path jar) throws IOException {
        Set<String> packages = new HashSet<>();
        if (Files.isDirectory(jar)) {
            try (Stream<Path> files = Files.walk(jar)) {
                files.forEach(file -> addPackage(jar.relativize(file).toString().replace('\\', '/'), packages));
            }
        } else {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream().forEach(file -> addPackage(file.getName(), packages));
            }
        }
        return packages;
    }

    private static void addPackage(String file, Set<String> packages) {
        int slash = file.lastIndexOf('/');
        if (slash > 0 && file.endsWith(".class") && !file.startsWith("META-INF/")) {
            packages.add(file.substring(0, slash).replace('/', '.'));
        }
    }

    /** The index of those of these jars that can be used; no jar is read again. */
    JarIndex only(List<Entry> entries) {
        JarIndex index = new JarIndex();
        for (Entry entry : entries) {
            Set<String> packages = packagesOf.get(entry);
            if (packages != null) {
                index.use(entry, packages);
            }
        }
        return index;
    }

    /** The jars that can be used, in the order given. */
    List<Entry> usable() {
        return usable;
    }

    /** Why each of the others cannot. */
    List<String> rejected() {
        return List.copyOf(rejected);
    }

    /** Whether a jar holds classes of this package. */
    boolean holds(String packageName) {
        return byPackage.containsKey(packageName);
    }

    @Override
    public String coordinateOf(String binaryName) {
        int dot = binaryName.lastIndexOf('.');
        List<Entry> holders = dot < 0 ? List.of() : byPackage.getOrDefault(binaryName.substring(0, dot), List.of());
        if (holders.isEmpty()) {
            return "";
        }
        if (holders.size() == 1) {
            return holders.getFirst().coordinate();
        }
        String file = binaryName.replace('.', '/') + ".class";
        return holders.stream()
                .filter(entry -> contains(entry, file))
                .map(Entry::coordinate)
                .findFirst()
                .orElse("");
    }

    private static boolean contains(Entry entry, String file) {
        if (Files.isDirectory(entry.jar())) {
            return Files.isRegularFile(entry.jar().resolve(file));
        }
        try (ZipFile jar = new ZipFile(entry.jar().toFile())) {
            return jar.getEntry(file) != null;
        } catch (IOException _) {
            return false;
        }
    }
}
