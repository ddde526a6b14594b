package dev.quarry.ingest;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A module of which files are to be bound.
 *
 * @param files those to be bound, without module descriptors, in the order of their paths
 * @param rest its other files, which were bound before and have not changed since
 */
record BindingModule(ModuleClassPath module, List<SourceFile> files, List<AnalysedFile> rest) {
    BindingModule {
        files = List.copyOf(files);
        rest = List.copyOf(rest);
    }

    /** The sources of all its files, those to be bound first. */
    Stream<SourceFile> sources() {
        return Stream.concat(
                files.stream(), rest.stream().map(AnalysedFile::source).filter(Objects::nonNull));
    }

    /** A module of which all files are to be bound. */
    static BindingModule whole(ModuleClassPath module, List<SourceFile> files) {
        return new BindingModule(module, files, List.of());
    }
}
