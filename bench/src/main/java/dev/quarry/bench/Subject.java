package dev.quarry.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What a graph is made of and scored against.
 *
 * @param sources a directory of sources
 * @param classes what a compiler made of them: jars, or directories of classes
 * @param libraries the jars that the sources were compiled with
 */
record Subject(String name, Path sources, List<Path> classes, List<Path> libraries) {
    Subject {
        classes = List.copyOf(classes);
        libraries = List.copyOf(libraries);
    }
}
