package dev.quarry.bench;

import java.io.IOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The classes of some jars that a repository's files declare; shaded and generated ones are left out. */
final class SubjectClasses {
    private SubjectClasses() {}

    /**
     * Reads them, by internal name.
     *
     * @param sources paths of source files in the form {@code pkg/File.java}, by the packages that they declare
     */
    static Map<String, ClassModel> read(Iterable<Path> roots, Set<String> sources) throws IOException {
        Map<String, ClassModel> classes = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                    if (root.relativize(file).startsWith("META-INF")) {
                        continue;
                    }
                    ClassModel type = ClassFile.of().parse(Files.readAllBytes(file));
                    if (isOfSource(type, sources)) {
                        classes.putIfAbsent(type.thisClass().asInternalName(), type);
                    }
                }
            }
        }
        return classes;
    }

    private static boolean isOfSource(ClassModel type, Set<String> sources) {
        AccessFlags flags = type.flags();
        String name = type.thisClass().asInternalName();
        if ((flags.flagsMask() & ClassFile.ACC_MODULE) != 0 || name.endsWith("package-info")) {
            return false;
        }
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return type.findAttribute(Attributes.sourceFile())
                .filter(file -> sources.contains(folder + file.sourceFile().stringValue()))
                .isPresent();
    }
}
