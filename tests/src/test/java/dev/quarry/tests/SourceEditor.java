package dev.quarry.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Edits a directory of sources at random, in the ways in which people do. */
final class SourceEditor {
    private static final Pattern METHOD = Pattern.compile("\\n {4}public [\\w<>\\[\\]. ]+? (\\w+)\\([^)]*\\) \\{\\n");

    private final Path root;
    private final SplittableRandom random;
    private int edits;

    /** The ways. */
    enum Edit {
        CHANGE_BODY,
        CHANGE_COMMENT,
        RENAME_METHOD,
        ADD_FILE,
        REMOVE_FILE,
        MOVE_FILE,
        BREAK_SYNTAX,
        REPAIR
    }

    private final List<Path> broken = new ArrayList<>();

    SourceEditor(Path root, SplittableRandom random) {
        this.root = root;
        this.random = random;
    }

    /** Makes this edit somewhere; tells what was done. */
    String edit(Edit edit) {
        edits++;
        try {
            return edit + " " + root.relativize(edited(edit));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path edited(Edit edit) throws IOException {
        return switch (edit) {
            case CHANGE_BODY -> insertIntoMethod("        hashCode();\n");
            case CHANGE_COMMENT -> insertIntoMethod("        // Remark " + edits + "\n");
            case RENAME_METHOD -> renameMethod();
            case ADD_FILE -> addFile();
            case REMOVE_FILE -> {
                Path file = anyFile();
                Files.delete(file);
                broken.remove(file);
                yield file;
            }
            case MOVE_FILE -> {
                Path file = anyFile();
                broken.remove(file);
                Path folder = Files.createDirectories(root.resolve("moved" + edits));
                yield Files.move(file, folder.resolve(file.getFileName()));
            }
            case BREAK_SYNTAX -> {
                Path file = fileWithMethod();
                replace(file, METHOD.matcher(Files.readString(file)).replaceFirst("$0        if (( {\n"));
                broken.add(file);
                yield file;
            }
            case REPAIR -> {
                Path file = broken.isEmpty() ? anyFile() : broken.removeLast();
                replace(file, Files.readString(file).replace("        if (( {\n", ""));
                yield file;
            }
        };
    }

    private Path insertIntoMethod(String line) throws IOException {
        Path file = fileWithMethod();
        Matcher method = method(file);
        String text = Files.readString(file);
        replace(file, text.substring(0, method.end()) + line + text.substring(method.end()));
        return file;
    }

    private Path renameMethod() throws IOException {
        Path file = fileWithMethod();
        Matcher method = method(file);
        String text = Files.readString(file);
        replace(file, text.substring(0, method.start(1)) + "renamed" + edits + text.substring(method.end(1)));
        return file;
    }

    private Path addFile() throws IOException {
        String neighbour = anyFile().getFileName().toString().replace(".java", "");
        String type = "Added" + edits;
        Path file = anyFile().resolveSibling(type + ".java");
        String packageLine = Files.readAllLines(anyFile()).stream()
                .filter(line -> line.startsWith("package "))
                .findFirst()
                .orElse("");
        Files.writeString(
                file,
                packageLine + "\n/** Uses another. */\nclass " + type + " {\n    public String use(" + neighbour
                        + " other) {\n        return other.toString();\n    }\n}\n");
        return file;
    }

    private Matcher method(Path file) throws IOException {
        String text = Files.readString(file);
        int count = (int) METHOD.matcher(text).results().count();
        Matcher matcher = METHOD.matcher(text);
        int chosen = random.nextInt(count);
        for (int i = 0; i <= chosen; i++) {
            if (!matcher.find()) {
                throw new IllegalStateException("fewer methods than counted in " + file);
            }
        }
        return matcher;
    }

    private Path fileWithMethod() throws IOException {
        while (true) {
            Path file = anyFile();
            if (METHOD.matcher(Files.readString(file)).find()) {
                return file;
            }
        }
    }

    private Path anyFile() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
            return sources.get(random.nextInt(sources.size()));
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }
}
