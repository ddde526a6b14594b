package dev.quarry.ingest;

import dev.quarry.ingest.ResourceFile.Kind;
import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds and reads the files that frameworks read besides sources. */
final class ResourceFiles {
    private static final long FILE_BYTES_MAX = 1L << 20;
    private static final long ALL_BYTES_MAX = 64L << 20;
    private static final int HEAD_CHARS = 4096;
    private static final Pattern MAPPER_ROOT = Pattern.compile("<mapper[\\s>]");
    private static final Pattern PROPERTIES = Pattern.compile("application(-[^/]*)?\\.properties");
    private static final Pattern YAML = Pattern.compile("application(-[^/]*)?\\.ya?ml");

    private ResourceFiles() {}

    /** What a file of this path may be; null if nothing that a framework reads. */
    static @Nullable Kind kindOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String below = "/" + path;
        if (name.endsWith(".xml")) {
            return name.equals("pom.xml") ? null : Kind.MAPPER;
        }
        if (below.contains("/META-INF/services/")) {
            return Kind.SERVICES;
        }
        if (below.contains("/META-INF/spring/") && name.endsWith(".imports")) {
            return Kind.IMPORTS;
        }
        return PROPERTIES.matcher(name).matches()
                ? Kind.PROPERTIES
                : YAML.matcher(name).matches() ? Kind.YAML : null;
    }

    /** The files among these, in their order; what is too large, or too much in all, is left out. */
    static List<ResourceFile> read(List<FolderWalk.Entry> entries) {
        List<ResourceFile> files = new ArrayList<>();
        long bytes = 0;
        for (FolderWalk.Entry entry : entries) {
            Optional<ResourceFile> file = entry.size() > FILE_BYTES_MAX ? Optional.empty() : read(entry);
            if (file.isPresent() && bytes + entry.size() <= ALL_BYTES_MAX) {
                bytes += entry.size();
                files.add(file.get());
            }
        }
        return files;
    }

    private static Optional<ResourceFile> read(FolderWalk.Entry entry) {
        Kind kind = kindOf(entry.path());
        if (kind == null) {
            return Optional.empty();
        }
        try {
            byte[] content = Files.readAllBytes(entry.file());
            String text = SourceEncoding.lenient(content);
            boolean wanted = kind != Kind.MAPPER
                    || MAPPER_ROOT
                            .matcher(text.substring(0, Math.min(HEAD_CHARS, text.length())))
                            .find();
            return wanted
                    ? Optional.of(new ResourceFile(entry.path(), kind, ContentHash.ofContent(content), text))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** A hash of all of them. */
    static String fingerprint(List<ResourceFile> files) {
        StringBuilder all = new StringBuilder();
        files.forEach(
                file -> all.append(file.path()).append('\n').append(file.raw()).append('\n'));
        return all.isEmpty() ? "-" : ContentHash.ofText(all.toString()).toString();
    }
}
