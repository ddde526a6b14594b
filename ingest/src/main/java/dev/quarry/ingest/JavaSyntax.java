package dev.quarry.ingest;

import com.github.javaparser.JavaParser;
import com.github.javaparser.JavaToken;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import dev.quarry.ingest.CanonicalHashes.Hashes;
import dev.quarry.ingest.DeclarationCollector.Found;
import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.ingest.SyntaxFile.Problem;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Flags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the syntax of Java files at the newest language level that JavaParser knows.
 *
 * <p>No text makes it throw: what cannot be read is a problem of the file. Safe for use by several threads.
 */
final class JavaSyntax {
    private static final long LARGE_STACK_BYTES = 512L << 20;
    private static final int MESSAGE_MAX = 200;
    private static final String TOO_DEEP = "the code is nested too deeply to be read";
    private static final String TOO_LONG = "the code has too many tokens and blanks to be read";

    private JavaSyntax() {}

    /** The declarations of a file, their hashes, and what is wrong with it. */
    static SyntaxFile parse(SourceFile file) {
        if (TokenCount.isTooHighForSyntax(file.text())) {
            return unreadable(file, TOO_LONG);
        }
        int tooHard = Nesting.tooHardForSyntaxAt(file.text());
        if (tooHard >= 0) {
            return unreadable(file, SourceLines.of(file.text()).line(tooHard), TOO_DEEP);
        }
        try {
            return parseHere(file);
        } catch (StackOverflowError _) {
            return parseOnLargeStack(file);
        }
    }

    /** Deeply nested expressions, as tools write them, need more stack than a thread has by default. */
    private static SyntaxFile parseOnLargeStack(SourceFile file) {
        AtomicReference<@Nullable SyntaxFile> result = new AtomicReference<>();
        Runnable task = () -> {
            try {
                result.set(parseHere(file));
            } catch (StackOverflowError _) {
                result.set(unreadable(file, TOO_DEEP));
            }
        };
        Thread thread = new Thread(null, task, "quarry-deep-syntax", LARGE_STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        SyntaxFile done = result.get();
        return done != null ? done : unreadable(file, "the code could not be read");
    }

    private static SyntaxFile parseHere(SourceFile file) {
        try {
            ParseResult<CompilationUnit> result = new JavaParser(configuration()).parse(file.text());
            List<Problem> problems = problems(result);
            CompilationUnit unit = result.getResult().orElse(null);
            JavaToken any = unit == null
                    ? null
                    : unit.getTokenRange().map(range -> range.getBegin()).orElse(null);
            if (unit == null || any == null) {
                return new SyntaxFile(rawContent(file), List.of(), problems);
            }
            return read(file, unit, any, problems);
        } catch (RuntimeException | AssertionError e) {
            return unreadable(file, "the parser failed: " + e);
        }
    }

    private static SyntaxFile read(SourceFile file, CompilationUnit unit, JavaToken any, List<Problem> problems) {
        TokenTable tokens = TokenTable.of(file.text(), SourceLines.of(file.text()), any);
        List<Found> found = new DeclarationCollector(tokens, fileName(file)).collect(unit.getTypes());
        Hashes hashes =
                CanonicalHashes.of(tokens, found.stream().map(Found::extent).toList());
        int flags = FileFlags.of(file.path(), file.text()) | (problems.isEmpty() ? 0 : Flags.BROKEN);
        List<Declaration> declarations = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            Found each = found.get(i);
            declarations.add(new Declaration(
                    each.kind(),
                    each.name(),
                    each.nameOffset(),
                    each.span(),
                    each.flags() | flags,
                    each.declaration(),
                    hashes.contents().get(i),
                    hashes.shapes().get(i),
                    each.docToken() < 0 ? null : DocComments.hash(tokens.doc(each.docToken())),
                    each.parent()));
        }
        ContentHash content = problems.isEmpty() ? hashes.file() : rawContent(file);
        return new SyntaxFile(content, declarations, problems);
    }

    private static String fileName(SourceFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return name.endsWith(".java") ? name.substring(0, name.length() - ".java".length()) : name;
    }

    private static ParserConfiguration configuration() {
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(LanguageLevel.JAVA_26)
                .setAttributeComments(false)
                .setDetectOriginalLineSeparator(false)
                .setTabSize(1);
        // Without the processors the tree is not checked a second time; what the parser accepts is good enough here.
        configuration.getProcessors().clear();
        return configuration;
    }

    private static List<Problem> problems(ParseResult<CompilationUnit> result) {
        return result.getProblems().stream()
                .map(problem -> new Problem(
                        problem.getLocation()
                                .flatMap(range -> range.getBegin().getRange())
                                .map(range -> Math.max(1, range.begin.line))
                                .orElse(1),
                        oneLine(problem.getMessage())))
                .toList();
    }

    /** What is left of a file that cannot be parsed, for this reason. */
    static SyntaxFile unreadable(SourceFile file, String message) {
        return unreadable(file, 1, message);
    }

    private static SyntaxFile unreadable(SourceFile file, int line, String message) {
        return new SyntaxFile(rawContent(file), List.of(), List.of(new Problem(line, oneLine(message))));
    }

    /** A file that cannot be read whole has changed when its text has; how its lines end is none of it. */
    private static ContentHash rawContent(SourceFile file) {
        return ContentHash.ofText(LineEnds.plain(file.text()));
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MESSAGE_MAX ? line : line.substring(0, MESSAGE_MAX - 1) + "…";
    }
}
