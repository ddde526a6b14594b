package dev.quarry.bench;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The declarations of a folder of sources as the JDK's parser sees them, without anything of Quarry: by what to know a
 * declaration again in another state of the sources, and what its code is. Files that are as they were are not read again.
 */
final class DeclaredCode {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final Map<Path, FileCode> files = new HashMap<>();
    private Map<String, List<Declared>> byKey = Map.of();

    /** The text of a file, and what it declares. */
    private record FileCode(String text, List<Declared> declared) {}

    /**
     * A type, a method or a constructor.
     *
     * @param key its package, types, name and the types of its parameters as they are written
     * @param file below the folder
     * @param start the offset of its first character, modifiers included, documentation not
     * @param code its source without layout and comments
     */
    record Declared(String key, String file, int start, int startLine, int endLine, String code) {}

    /** Reads what has changed in a folder. */
    void read(Path folder) throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(folder)) {
            sources = all.filter(path -> path.toString().endsWith(".java") && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
        files.keySet().retainAll(sources);
        for (Path source : sources) {
            String text = Files.readString(source);
            FileCode before = files.get(source);
            if (before == null || !before.text().equals(text)) {
                files.put(source, new FileCode(text, parsed(folder, source, text)));
            }
        }
        byKey = files.values().stream()
                .flatMap(file -> file.declared().stream())
                .collect(Collectors.groupingBy(Declared::key, TreeMap::new, Collectors.toList()));
    }

    /** The declaration of this key, if there is just one. */
    Optional<Declared> of(String key) {
        List<Declared> found = byKey.getOrDefault(key, List.of());
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /**
     * What a declaration of another state of the sources is now: that of its key in its file, or else the only one of its
     * key. Two modules may declare the same.
     */
    Optional<Declared> again(Declared before) {
        List<Declared> here = byKey.getOrDefault(before.key(), List.of()).stream()
                .filter(now -> now.file().equals(before.file()))
                .toList();
        return here.size() == 1 ? Optional.of(here.getFirst()) : of(before.key());
    }

    /** All methods and constructors whose keys are theirs alone, in the order of the keys. */
    List<Declared> methods() {
        return byKey.values().stream()
                .filter(found -> found.size() == 1 && found.getFirst().key().endsWith(")"))
                .map(List::getFirst)
                .toList();
    }

    /** The declaration in these lines of this file, if there is just one. */
    Optional<Declared> at(Path folder, String file, int startLine, int endLine) {
        FileCode code = files.get(folder.resolve(file));
        List<Declared> found = code == null
                ? List.of()
                : code.declared().stream()
                        .filter(one -> one.endLine() == endLine && one.startLine() == startLine)
                        .toList();
        return found.size() == 1 ? of(found.getFirst().key()) : Optional.empty();
    }

    /** All that the sources declare, to tell whether two states of them are the same but for layout and comments. */
    int state() {
        return byKey.values().stream()
                .flatMap(List::stream)
                .map(Declared::code)
                .sorted()
                .toList()
                .hashCode();
    }

    /** The tokens of a text: without comments and without the space between them, that in texts kept. */
    static String plain(String source) {
        StringBuilder plain = new StringBuilder();
        boolean isApart = false;
        int at = 0;
        while (at < source.length()) {
            int end = endOfSpace(source, at);
            if (end > at) {
                isApart = true;
            } else {
                char c = source.charAt(at);
                end = c == '"' || c == '\'' ? endOfText(source, at) : at + 1;
                boolean isWord = Character.isJavaIdentifierPart(c)
                        && !plain.isEmpty()
                        && Character.isJavaIdentifierPart(plain.charAt(plain.length() - 1));
                plain.append(isApart && isWord ? " " : "").append(source, at, end);
                isApart = false;
            }
            at = end;
        }
        return plain.toString();
    }

    /** Where the space or the comment at a place ends; the place itself if there is none. */
    private static int endOfSpace(String source, int at) {
        if (source.startsWith("//", at)) {
            int end = source.indexOf('\n', at);
            return end < 0 ? source.length() : end;
        }
        if (source.startsWith("/*", at)) {
            int end = source.indexOf("*/", at + 2);
            return end < 0 ? source.length() : end + 2;
        }
        return Character.isWhitespace(source.charAt(at)) ? at + 1 : at;
    }

    private static int endOfText(String source, int at) {
        if (source.startsWith("\"\"\"", at)) {
            int close = source.indexOf("\"\"\"", at + 3);
            return close < 0 ? source.length() : close + 3;
        }
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != source.charAt(at) && source.charAt(end) != '\n') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(source.length(), end + 1);
    }

    private List<Declared> parsed(Path folder, Path source, String text) {
        List<Declared> declared = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(_ -> {}, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjects(source);
            JavacTask task = (JavacTask) compiler.getTask(null, manager, _ -> {}, List.of("-proc:none"), null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            String file = folder.relativize(source).toString().replace('\\', '/');
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, positions, file, text, declared).scan(unit, "");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return declared;
    }

    /** Notes declarations; the argument is what the key of what is inside begins with. */
    private static final class Scanner extends TreeScanner<Void, String> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String file;
        private final String text;
        private final List<Declared> declared;

        Scanner(
                CompilationUnitTree unit,
                SourcePositions positions,
                String file,
                String text,
                List<Declared> declared) {
            this.unit = unit;
            this.positions = positions;
            this.file = file;
            this.text = text;
            this.declared = declared;
        }

        @Override
        public Void visitCompilationUnit(CompilationUnitTree tree, String outer) {
            String name =
                    tree.getPackageName() == null ? "" : tree.getPackageName().toString();
            return super.visitCompilationUnit(tree, name);
        }

        @Override
        public Void visitClass(ClassTree tree, String outer) {
            String key = outer + "." + tree.getSimpleName();
            if (!tree.getSimpleName().isEmpty()) {
                note(tree, key);
            }
            return super.visitClass(tree, key);
        }

        @Override
        public Void visitMethod(MethodTree tree, String outer) {
            String key = outer + "#" + tree.getName()
                    + tree.getParameters().stream()
                            .map(VariableTree::getType)
                            .map(type -> type == null ? "" : plain(type.toString()))
                            .collect(Collectors.joining(",", "(", ")"));
            note(tree, key);
            return super.visitMethod(tree, key);
        }

        private void note(Tree tree, String key) {
            int start = (int) positions.getStartPosition(unit, tree);
            int end = (int) positions.getEndPosition(unit, tree);
            if (start >= 0 && end > start) {
                declared.add(
                        new Declared(key, file, start, line(start), line(end - 1), plain(text.substring(start, end))));
            }
        }

        private int line(int offset) {
            return (int) unit.getLineMap().getLineNumber(offset);
        }
    }
}
