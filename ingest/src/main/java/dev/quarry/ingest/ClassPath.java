package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The jars that a repository is bound against.
 *
 * @param entries in the order in which classes are looked for
 * @param missing coordinates that the repository asks for and that are not on this machine: {@code group:artifact:version},
 *     {@code group:artifact:jar:classifier:version}, and {@code group:artifact:pom:version} where only the metadata lacks;
 *     and declarations that could not be read, as {@code path:line: text}; each once, sorted
 * @param rejected jars that are there but are not used, with the reason, sorted
 * @param modules what each module sees of it; empty where the repository has no build that could be read
 */
public record ClassPath(
        List<Entry> entries, List<String> missing, List<String> rejected, List<ModuleClassPath> modules) {
    /** No jars. */
    public static final ClassPath EMPTY = new ClassPath(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public ClassPath {
        entries = List.copyOf(entries);
        missing = List.copyOf(missing);
        rejected = List.copyOf(rejected);
        modules = List.copyOf(modules);
    }

    /**
     * A jar, or a directory of class files.
     *
     * @param coordinate {@code group:artifact:version}, or the jar's file name where that is unknown
     */
    public record Entry(Path jar, String coordinate) {}

    /**
     * The missing coordinates with the modules that ask for them: {@code g:a:1 (core, web)}; the coordinate alone where the
     * repository has one module, and where no module's own class path lacks it.
     */
    public List<String> missingByModule() {
        if (modules.size() < 2) {
            return missing;
        }
        Map<String, List<String>> askers = new TreeMap<>();
        missing.forEach(coordinate -> askers.put(coordinate, new ArrayList<>()));
        for (ModuleClassPath module : modules) {
            String directory = module.directory().isEmpty() ? "." : module.directory();
            module.missing()
                    .forEach(coordinate -> askers.computeIfAbsent(coordinate, _ -> new ArrayList<>())
                            .add(directory));
        }
        List<String> lines = new ArrayList<>();
        askers.forEach((coordinate, names) ->
                lines.add(names.isEmpty() ? coordinate : coordinate + " (" + String.join(", ", names) + ")"));
        return lines;
    }

    /**
     * Changes whenever binding against this class path could give another result: a jar came, went or was replaced. Jars
     * below the repository's root count by their place in it and by their bytes, so that two work trees with equal files
     * have equal fingerprints.
     */
    public ContentHash fingerprint(Path root) {
        Path top = root.toAbsolutePath().normalize();
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.coordinate()).append(' ').append(place(top, entry.jar()));
            text.append(' ').append(state(top, entry.jar())).append('\n');
        }
        missing.forEach(coordinate -> text.append("missing ").append(coordinate).append('\n'));
        for (ModuleClassPath module : modules) {
            text.append("module ").append(module.directory()).append(' ').append(module.languageLevel());
            text.append(' ').append(module.encoding()).append(' ').append(module.siblings());
            module.entries().forEach(entry -> text.append(' ').append(place(top, entry.jar())));
            text.append('\n');
        }
        return ContentHash.ofText(text.toString());
    }

    private static Path place(Path top, Path jar) {
        Path absolute = jar.toAbsolutePath().normalize();
        return absolute.startsWith(top) ? top.relativize(absolute) : jar;
    }

    private static String state(Path top, Path jar) {
        try {
            if (Files.isRegularFile(jar) && jar.toAbsolutePath().normalize().startsWith(top)) {
                return ContentHash.ofContent(Files.readAllBytes(jar)).toString();
            }
            return Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
        } catch (IOException unreadable) {
            return "unreadable";
        }
    }
}
