package dev.quarry.bench;

import dev.quarry.bench.ClassHeader.Field;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Class files by name, from jars, directories and the JDK that runs this; and the look-ups that lead from the class that
 * an instruction names to the one that declares the member. For one thread.
 */
final class ClassPool implements Closeable {
    private static final String OBJECT = "java/lang/Object";

    private final List<FileSystem> opened = new ArrayList<>();
    private final List<Path> roots = new ArrayList<>();
    private final FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
    private final Map<String, Optional<ClassHeader>> classes = new HashMap<>();

    ClassPool(List<Path> classPath) throws IOException {
        for (Path entry : classPath) {
            roots.add(root(entry));
        }
    }

    /** What can be said of a path that is neither a directory nor a jar; empty if it is one. */
    static Optional<String> refusal(Path entry) {
        if (Files.isDirectory(entry)) {
            return Optional.empty();
        }
        if (!Files.exists(entry)) {
            return Optional.of(entry + " does not exist");
        }
        try (ZipFile _ = new ZipFile(entry.toFile())) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(entry + " is neither a jar nor a directory of classes: " + e.getMessage());
        }
    }

    /** The root folder of a jar, or the directory itself; closed with this. */
    Path root(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return entry;
        }
        FileSystem jar = FileSystems.newFileSystem(entry);
        opened.add(jar);
        return jar.getPath("/");
    }

    @Nullable
    ClassHeader find(@Nullable String internalName) {
        if (internalName == null) {
            return null;
        }
        Optional<ClassHeader> known = classes.get(internalName);
        if (known == null) {
            known = Optional.ofNullable(read(internalName));
            classes.put(internalName, known);
        }
        return known.orElse(null);
    }

    /** Of {@code java}'s packages the JDK alone has the classes, whatever a jar holds. */
    private @Nullable ClassHeader read(String internalName) {
        try {
            for (Path root : internalName.startsWith("java/") ? List.<Path>of() : roots) {
                Path file = root.resolve(internalName + ".class");
                if (Files.isRegularFile(file)) {
                    return parse(file);
                }
            }
            return readFromJdk(internalName);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private @Nullable ClassHeader readFromJdk(String internalName) throws IOException {
        int slash = internalName.lastIndexOf('/');
        Path modules = jdk.getPath(
                "/packages/" + internalName.substring(0, Math.max(0, slash)).replace('/', '.'));
        if (slash < 0 || !Files.isDirectory(modules)) {
            return null;
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(modules)) {
            for (Path link : links) {
                Path file = jdk.getPath("/modules/" + link.getFileName() + "/" + internalName + ".class");
                if (Files.isRegularFile(file)) {
                    return parse(file);
                }
            }
        }
        return null;
    }

    private static ClassHeader parse(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new ClassHeader(ClassFile.of().parse(bytes.readAllBytes()));
        }
    }

    /** A method's names: first the one to expect, then others that are as right. */
    List<String> method(String owner, String name, MethodTypeDesc type) {
        String rest = "#" + name + ClassNames.parameters(type.parameterList());
        if (owner.startsWith("[")) {
            return List.of("java.lang.Object" + rest);
        }
        ClassHeader start = find(owner);
        String binary = ClassNames.binary(owner);
        if (name.equals("<init>") && start != null) {
            return List.of(
                    binary + "#<init>" + ClassNames.parameters(start.writtenParameters(type, isInStaticMethod(start))));
        }
        if (start != null && start.isPolymorphic(name)) {
            return List.of(binary + "#" + name + "(java.lang.Object[])");
        }
        List<String> declaring = start == null ? List.of() : declaring(start, ClassNames.key(name, type));
        return declaring.isEmpty()
                ? List.of(binary + rest)
                : declaring.stream()
                        .map(found -> ClassNames.binary(found) + rest)
                        .toList();
    }

    /** The same for a method that is referred to: the class file names its owner, and beside it the receiver's class. */
    List<String> referred(String owner, String name, MethodTypeDesc type, String receiver) {
        List<String> targets = method(owner, name, type);
        List<String> ofReceiver = method(receiver, name, type);
        if (!ofReceiver.contains(targets.getFirst())) {
            return targets;
        }
        Set<String> all = new LinkedHashSet<>(targets);
        all.addAll(ofReceiver);
        return List.copyOf(all);
    }

    /** Whether the method that an instruction names is declared with type variables or parameterized types. */
    boolean isGeneric(String owner, String name, MethodTypeDesc type) {
        ClassHeader start = owner.startsWith("[") ? null : find(owner);
        String key = ClassNames.key(name, type);
        if (start == null) {
            return false;
        }
        ClassHeader declaring =
                declaring(start, key).stream().findFirst().map(this::find).orElse(start);
        ClassHeader.Method method = declaring.methods.get(key);
        return method != null && method.generic();
    }

    private boolean isInStaticMethod(ClassHeader type) {
        ClassHeader.Enclosing place = type.enclosing;
        if (place == null || place.type() == null) {
            return false;
        }
        ClassHeader outer = find(place.owner());
        return outer != null && outer.isStatic(ClassNames.key(place.method(), place.type()));
    }

    /** Superclasses come first, then the most specific superinterfaces; of abstract methods all are as right. */
    private List<String> declaring(ClassHeader start, String key) {
        List<String> found = new ArrayList<>();
        if (start.isInterface()) {
            if (start.declares(key)) {
                return List.of(start.name);
            }
        } else {
            for (ClassHeader type : superclasses(start, true)) {
                if (type.declares(key)) {
                    if (type == start || !type.isAbstract(key)) {
                        return List.of(type.name);
                    }
                    found.add(type.name);
                    break;
                }
            }
        }
        List<ClassHeader> candidates = new ArrayList<>();
        for (String name : superInterfaces(start)) {
            ClassHeader candidate = find(name);
            if (candidate != null && candidate.declares(key) && !candidate.isStatic(key)) {
                candidates.add(candidate);
            }
        }
        for (ClassHeader candidate : candidates) {
            if (candidates.stream()
                    .noneMatch(other ->
                            other != candidate && superInterfaces(other).contains(candidate.name))) {
                found.add(candidate.name);
            }
        }
        ClassHeader object = find(OBJECT);
        if (found.isEmpty() && start.isInterface() && object != null && object.declares(key)) {
            found.add(OBJECT);
        }
        return found;
    }

    /** The classes above one, nearest first. */
    List<ClassHeader> superclasses(ClassHeader start, boolean withItself) {
        List<ClassHeader> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ClassHeader type = start; type != null && seen.add(type.name); type = find(type.superName)) {
            if (withItself || type != start) {
                all.add(type);
            }
        }
        return all;
    }

    /** All superinterfaces of a type and of its superclasses, nearest first. */
    Set<String> superInterfaces(ClassHeader start) {
        Deque<String> open = new ArrayDeque<>();
        superclasses(start, true).forEach(type -> open.addAll(type.interfaces));
        Set<String> all = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            ClassHeader type = all.add(name) ? find(name) : null;
            if (type != null) {
                open.addAll(type.interfaces);
            }
        }
        return all;
    }

    boolean isSubtype(String name, String of) {
        ClassHeader start = find(name);
        return name.equals(of)
                || (start != null
                        && (superInterfaces(start).contains(of)
                                || superclasses(start, true).stream().anyMatch(type -> type.name.equals(of))));
    }

    /** A field under the class that declares it. */
    String field(String owner, String name) {
        ClassHeader declaring = declaringField(find(owner), name);
        return ClassNames.binary(declaring == null ? owner : declaring.name) + "#" + name;
    }

    /** Whether uses of a field may leave no trace in a class file. */
    boolean mayVanish(String member) {
        int hash = member.indexOf('#');
        if (hash < 0 || member.indexOf('(') >= 0) {
            return false;
        }
        ClassHeader type = find(member.substring(0, hash).replace('.', '/'));
        Field field = type == null ? null : type.fields.get(member.substring(hash + 1));
        return field != null && (field.constant() || field.enumConstant());
    }

    private @Nullable ClassHeader declaringField(@Nullable ClassHeader type, String name) {
        if (type == null || type.fields.containsKey(name)) {
            return type;
        }
        for (String itf : type.interfaces) {
            ClassHeader found = declaringField(find(itf), name);
            if (found != null) {
                return found;
            }
        }
        return declaringField(find(type.superName), name);
    }

    @Override
    public void close() throws IOException {
        for (FileSystem jar : opened) {
            jar.close();
        }
    }
}
