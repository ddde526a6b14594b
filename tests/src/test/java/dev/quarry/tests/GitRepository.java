package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A generated git repository of two Maven modules, whose commits are random edits. */
final class GitRepository {
    private static final String POM = """
            <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>%s</artifactId>
            <version>1</version>%s</project>
            """;
    private static final String PARENT =
            "<packaging>pom</packaging><modules><module>base</module>" + "<module>app</module></modules>";
    private static final String DEPENDENCY =
            "<dependencies><dependency><groupId>g</groupId><artifactId>base</artifactId>"
                    + "<version>1</version></dependency></dependencies>";

    private final Path root;
    private final SplittableRandom random;
    private int made;

    /** Makes the repository with its first commit. */
    GitRepository(Path root, SplittableRandom random) {
        this.root = root;
        this.random = random;
        git("init", "-q", "-b", "main");
        write("pom.xml", POM.formatted("parent", PARENT));
        write("base/pom.xml", POM.formatted("base", ""));
        write("app/pom.xml", POM.formatted("app", DEPENDENCY));
        write(".gitignore", "target/\n");
        write("base/src/main/java/base/Shape.java", "package base;\npublic interface Shape {\n    int area();\n}\n");
        write("app/src/main/resources/application.properties", "limit.max=3\n");
        for (int i = 0; i < 8; i++) {
            addType();
        }
        commit();
    }

    /** Makes one to three edits and commits them; gives the commit's id. */
    String edit() {
        for (int edits = random.nextInt(3); edits >= 0; edits--) {
            switch (random.nextInt(9)) {
                case 0 -> addType();
                case 1 -> delete(anyType());
                case 2 -> move(anyType());
                case 3 -> insert(anyType(), "    int more" + made++ + "() {\n        return 1;\n    }\n");
                case 4 ->
                    insert(anyType(), "    /** Says more. */\n    int f(int x) {\n        return x + area();\n    }\n");
                case 5 -> write("app/pom.xml", POM.formatted("app", random.nextBoolean() ? "" : DEPENDENCY));
                case 6 -> write("app/src/main/resources/application.properties", "limit.max=" + made++ + "\n");
                case 7 -> {
                    Path file = anyType();
                    write(relative(file), "// Moved down.\n" + read(file));
                }
                default -> {
                    Path file = anyType();
                    write(relative(file), read(file).replaceFirst("return \\d+", "return " + made++));
                }
            }
        }
        return commit();
    }

    /** The commit that is checked out. */
    String head() {
        return git("rev-parse", "HEAD");
    }

    String git(String... words) {
        return git(root, words);
    }

    /** Runs git in a folder, which is made if it is not there; gives what it says. */
    static String git(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(out).isZero();
            return out.strip();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String commit() {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "edit " + made++);
        return head();
    }

    private void addType() {
        int number = made++;
        boolean isBase = random.nextBoolean();
        String module = isBase ? "base" : "app";
        String other = anyName();
        write(
                module + "/src/main/java/" + module + "/T" + number + ".java",
                "package " + module + ";\n" + (isBase ? "" : "import base.*;\n") + "public class T" + number
                        + " implements Shape {\n    int seen;\n    public int area() {\n        seen++;\n        return "
                        + number + ";\n    }\n    int use(Shape shape) {\n        return shape.area() + new " + other
                        + "().area();\n    }\n}\n");
    }

    private String anyName() {
        List<Path> types = types();
        return types.isEmpty()
                ? "Missing"
                : types.get(random.nextInt(types.size()))
                        .getFileName()
                        .toString()
                        .replace(".java", "");
    }

    private Path anyType() {
        List<Path> types = types();
        if (types.size() < 3) {
            addType();
            return anyType();
        }
        return types.get(random.nextInt(types.size()));
    }

    private List<Path> types() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().matches("T\\d+\\.java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void move(Path file) {
        String text = read(file);
        delete(file);
        String path = relative(file);
        String name = path.substring(path.lastIndexOf('/') + 1);
        write(path.substring(0, path.length() - name.length()) + "moved" + made++ + "/" + name, text);
    }

    private void insert(Path file, String member) {
        String text = read(file);
        int end = text.lastIndexOf('}');
        write(relative(file), text.substring(0, end) + member + text.substring(end));
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a file of the working tree. */
    void write(String path, String text) {
        write(root, path, text);
    }

    /** Writes a file below a folder. */
    static void write(Path root, String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
