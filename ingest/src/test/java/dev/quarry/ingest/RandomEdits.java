package dev.quarry.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Edits a directory of Java files at random, as people and merges do: names change in one place or all over a file, heads
 * of methods change alone, lines and imports come and go, types move, appear again under a name that is taken, or vanish.
 * The result need not compile.
 */
final class RandomEdits {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern TYPE_NAME = Pattern.compile("\\b[A-Z][a-z]\\w+");
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern METHOD = Pattern.compile("(?m)^    [^\\n;=]+\\([^\\n]*\\{\\n");
    private static final Pattern HEAD =
            Pattern.compile("(?m)^ {4,8}((?:[a-z]+ )*)([\\w<>\\[\\]]+) (\\w+)\\(([^\\n()]*)\\)");

    private final Path root;
    private final RandomGenerator random;
    private final Map<String, String> original;
    private final List<String> done = new ArrayList<>();

    RandomEdits(Path root, RandomGenerator random) {
        this.root = root;
        this.random = random;
        this.original = texts(root);
    }

    /** What the last call did, for messages. */
    List<String> done() {
        return done;
    }

    /** Makes so many edits. */
    void edit(int count) {
        done.clear();
        for (int i = 0; i < count; i++) {
            Map<String, String> texts = texts(root);
            String path = pick(List.copyOf(texts.keySet()));
            switch (random.nextInt(14)) {
                case 0, 1 -> replaceOneWord(path, texts);
                case 2 -> renameAllOver(path, texts);
                case 3 -> deleteLine(path, texts);
                case 4 -> repeatLine(path, texts);
                case 5 -> addImport(path, texts);
                case 6 -> takeName(path, texts);
                case 7 -> delete(path);
                case 8 -> move(path, texts);
                case 9 -> addMethod(path, texts);
                case 10 -> replaceOneType(path, texts);
                case 11, 12 -> changeHead(path, texts);
                default -> restore();
            }
        }
    }

    /** The texts of a directory's Java files by their paths below it. */
    static Map<String, String> texts(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The type that a file is called after. */
    static String typeOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private void write(String path, String text, String what) {
        Graph.write(root, path, text);
        done.add(what + " in " + path);
    }

    private void replaceOneWord(String path, Map<String, String> texts) {
        replaceOne(path, texts, WORD);
    }

    private void replaceOneType(String path, Map<String, String> texts) {
        replaceOne(path, texts, TYPE_NAME);
    }

    private void replaceOne(String path, Map<String, String> texts, Pattern kind) {
        String text = texts.getOrDefault(path, "");
        List<MatchResult> words = kind.matcher(text).results().toList();
        List<MatchResult> others = kind.matcher(texts.getOrDefault(pick(List.copyOf(texts.keySet())), ""))
                .results()
                .toList();
        if (!words.isEmpty() && !others.isEmpty()) {
            MatchResult word = pick(words);
            String other = pick(others).group();
            write(
                    path,
                    text.substring(0, word.start()) + other + text.substring(word.end()),
                    word.group() + " -> " + other + " at " + word.start());
        }
    }

    private void renameAllOver(String path, Map<String, String> texts) {
        String text = texts.getOrDefault(path, "");
        List<MatchResult> words = WORD.matcher(text).results().toList();
        if (!words.isEmpty()) {
            String word = pick(words).group();
            write(
                    path,
                    text.replaceAll("\\b" + word + "\\b", Matcher.quoteReplacement(word + "Renamed")),
                    word + " renamed");
        }
    }

    /** Changes what one method is called, takes or returns, and nothing else. */
    private void changeHead(String path, Map<String, String> texts) {
        String text = texts.getOrDefault(path, "");
        List<MatchResult> heads = HEAD.matcher(text).results().toList();
        List<MatchResult> others = HEAD.matcher(texts.getOrDefault(pick(List.copyOf(texts.keySet())), ""))
                .results()
                .toList();
        if (heads.isEmpty() || others.isEmpty()) {
            return;
        }
        MatchResult head = pick(heads);
        MatchResult other = pick(others);
        int what = random.nextInt(4);
        String comma = head.group(4).isBlank() ? "" : ", ";
        String changed = "    "
                + (what == 0 ? other.group(1) : head.group(1))
                + (what == 1 ? other.group(2) : head.group(2))
                + " "
                + (what == 2 ? other.group(3) : head.group(3))
                + "("
                + head.group(4)
                + (what == 3 ? comma + "Object... further" : "")
                + ")";
        write(
                path,
                text.substring(0, head.start()) + changed + text.substring(head.end()),
                head.group().strip() + " -> " + changed.strip());
    }

    private void deleteLine(String path, Map<String, String> texts) {
        List<String> lines =
                new ArrayList<>(texts.getOrDefault(path, "").lines().toList());
        if (!lines.isEmpty()) {
            String line = lines.remove(random.nextInt(lines.size()));
            write(path, String.join("\n", lines), "deleted '" + line.strip() + "'");
        }
    }

    private void repeatLine(String path, Map<String, String> texts) {
        List<String> lines =
                new ArrayList<>(texts.getOrDefault(path, "").lines().toList());
        if (!lines.isEmpty()) {
            String line = pick(lines);
            lines.add(random.nextInt(lines.size()), line);
            write(path, String.join("\n", lines), "repeated '" + line.strip() + "'");
        }
    }

    private void addImport(String path, Map<String, String> texts) {
        String other = pick(List.copyOf(texts.keySet()));
        Matcher home = PACKAGE.matcher(texts.getOrDefault(other, ""));
        String text = texts.getOrDefault(path, "");
        Matcher own = PACKAGE.matcher(text);
        if (home.find() && own.find()) {
            String type = typeOf(other);
            String imported = random.nextInt(3) == 0 ? home.group(1) + ".*" : home.group(1) + "." + type;
            write(
                    path,
                    text.substring(0, own.end()) + "\nimport " + imported + ";" + text.substring(own.end()),
                    "import of " + imported);
        }
    }

    /** Another package gets a type of a name that is used already; it may be what others now mean. */
    private void takeName(String path, Map<String, String> texts) {
        List<MatchResult> names =
                TYPE_NAME.matcher(texts.getOrDefault(path, "")).results().toList();
        String beside = pick(List.copyOf(texts.keySet()));
        Matcher home = PACKAGE.matcher(texts.getOrDefault(beside, ""));
        if (!names.isEmpty() && home.find()) {
            String name = pick(names).group();
            String folder = beside.substring(0, beside.lastIndexOf('/') + 1);
            String text = "package " + home.group(1) + ";\n\npublic class " + name + " {\n    public static String of("
                    + name + " other) {\n        return other.toString();\n    }\n}\n";
            write(folder + name + ".java", text, "new type " + name);
        }
    }

    private void delete(String path) {
        try {
            Files.delete(root.resolve(path));
            done.add("deleted " + path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void move(String path, Map<String, String> texts) {
        String text = texts.getOrDefault(path, "");
        Matcher home = PACKAGE.matcher(text);
        if (home.find()) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            String part = pick(List.of("inner", "other"));
            delete(path);
            write(
                    "moved/" + part + "/" + name,
                    home.replaceFirst("package " + home.group(1) + "." + part + ";"),
                    "moved " + path);
        }
    }

    private void addMethod(String path, Map<String, String> texts) {
        List<MatchResult> methods =
                METHOD.matcher(texts.getOrDefault(path, "")).results().toList();
        List<String> others = List.copyOf(texts.keySet());
        String text = texts.getOrDefault(pick(others), "");
        int end = text.lastIndexOf('}');
        if (!methods.isEmpty() && end > 0) {
            String head = pick(methods).group();
            String where = others.stream()
                    .filter(each -> texts.getOrDefault(each, "").equals(text))
                    .findFirst()
                    .orElse(path);
            write(
                    where,
                    text.substring(0, end) + "\n" + head + "        return null;\n    }\n}\n",
                    "method '" + head.strip() + "'");
        }
    }

    private void restore() {
        String path = pick(List.copyOf(original.keySet()));
        write(path, original.getOrDefault(path, ""), "restored");
    }
}
