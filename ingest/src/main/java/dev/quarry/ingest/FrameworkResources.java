package dev.quarry.ingest;

import dev.quarry.ingest.ResourceFile.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files beside the sources, as frameworks read them. */
final class FrameworkResources {
    private static final String AUTO_CONFIGURATION =
            "/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private final List<ResourceFile> files;
    private final List<MapperStatement> statements = new ArrayList<>();
    private final Set<String> namespaces = new HashSet<>();
    private final Set<String> autoConfigurations = new HashSet<>();

    FrameworkResources(List<ResourceFile> files) {
        this.files = List.copyOf(files);
        MapperXml mappers = new MapperXml();
        files.stream().filter(file -> file.kind() == Kind.MAPPER).forEach(mappers::read);
        statements.addAll(mappers.statements());
        statements.forEach(each -> namespaces.add(each.namespace()));
        files.stream()
                .filter(file -> file.kind() == Kind.IMPORTS && file.path().endsWith(AUTO_CONFIGURATION))
                .forEach(file -> autoConfigurations.addAll(names(file)));
    }

    /** The names that a file lists, one a line, without comments. */
    static List<String> names(ResourceFile file) {
        return file.text()
                .lines()
                .map(line -> (line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#'))).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The files of a kind, in the order of their paths. */
    List<ResourceFile> files(Kind kind) {
        return files.stream().filter(file -> file.kind() == kind).toList();
    }

    /** The statements of all mappers in XML. */
    List<MapperStatement> statements() {
        return statements;
    }

    /** The types that mappers in XML are named after. */
    Set<String> namespaces() {
        return namespaces;
    }

    /** The types that applications of Spring Boot take in besides those that they scan. */
    Set<String> autoConfigurations() {
        return autoConfigurations;
    }
}
