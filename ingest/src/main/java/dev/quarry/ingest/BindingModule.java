package dev.quarry.ingest;

import java.util.List;

/**
 * The files of a module that are to be bound.
 *
 * @param files without module descriptors, in the order of their paths
 */
record BindingModule(ModuleClassPath module, List<SourceFile> files) {
    BindingModule {
        files = List.copyOf(files);
    }
}
