package dev.quarry.cli;

import dev.quarry.schema.QuarryException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the {@code quarry} process begins. */
public final class Main {
    private static final long BYTES_PER_MIB = 1 << 20;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] words) {
        boolean debug = isDebug();
        prepareLogging(debug || (words.length > 0 && words[0].equals("serve")), debug);
        PrintStream out = new AnswerStream(new FileOutputStream(FileDescriptor.out));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(out, err, System.getProperty("quarry.terminal", ""), System.getenv());
        ExitCode code = run(Arrays.asList(words), terminal, debug);
        out.flush();
        end(code);
    }

    /**
     * Ends the process. A return from {@code main} does it as well as {@link System#exit}, which first searches every jar
     * for a logger to write its event to, but only where the exit code is 0 and no thread of a library keeps the process.
     */
    private static void end(ExitCode code) {
        OptionalInt signalled = Interruption.status();
        if (signalled.isPresent()) {
            System.exit(signalled.getAsInt());
        }
        if (code != ExitCode.OK || othersKeepTheProcess()) {
            System.exit(code.status());
        }
    }

    private static boolean othersKeepTheProcess() {
        Thread[] threads = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(threads);
        return count == threads.length
                || Arrays.stream(threads, 0, count)
                        .anyMatch(thread -> !thread.isDaemon() && !thread.equals(Thread.currentThread()));
    }

    /** Only what runs long logs; a command reports by itself, and a logging framework would cost start-up time. */
    private static void prepareLogging(boolean wanted, boolean debug) {
        if (wanted) {
            System.setProperty("quarry.log.level", debug ? "DEBUG" : "WARN");
        } else {
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    /** Runs the command that these words say, and reports its failure. */
    static ExitCode run(List<String> words, Terminal terminal, boolean debug) {
        FailureReport report = new FailureReport(terminal, isForPrograms(words), debug);
        ExitCode code = ExitCode.OK;
        try {
            code = dispatch(words, terminal);
            AnswerStream.finish(terminal.out());
            return code;
        } catch (BrokenPipeException readerGone) {
            return code;
        } catch (UsageException wrong) {
            return report.usage(wrong);
        } catch (QuarryException failure) {
            return report.failure(failure);
        } catch (OutOfMemoryError full) {
            return report.defect(full, heapIsFull(Runtime.getRuntime().maxMemory()));
        } catch (RuntimeException | LinkageError defect) {
            return report.defect(
                    defect, "this is a defect of Quarry: " + defect + " (set QUARRY_DEBUG=1 to see where)");
        }
    }

    /** Says how large a heap of so many bytes was, and how to have one twice as large. */
    static String heapIsFull(long bytes) {
        long mebibytes = bytes / BYTES_PER_MIB;
        return "the Java heap of " + mebibytes + " MiB is full: give it more with QUARRY_JAVA_OPTS=-Xmx" + 2 * mebibytes
                + "m";
    }

    /** Whether documents are wanted, also by words that no command understands. */
    private static boolean isForPrograms(List<String> words) {
        int end = words.indexOf("--");
        return words.subList(0, end < 0 ? words.size() : end).contains(CommonOptions.JSON.name());
    }

    private static ExitCode dispatch(List<String> words, Terminal terminal) {
        String first = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (first) {
            case "" -> {
                help(rest, terminal);
                yield ExitCode.USAGE;
            }
            case "--version", "-V" -> version(isForPrograms(rest), terminal);
            default -> isHelp(first) ? help(rest, terminal) : runCommand(Commands.named(first), rest, terminal);
        };
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h") || word.equals("help");
    }

    private static ExitCode runCommand(Command command, List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(command.spec(), words);
        if (arguments.has(CommonOptions.HELP)) {
            terminal.out().print(HelpText.of(command.spec()));
            return ExitCode.OK;
        }
        Optional<String> color = arguments.value(CommonOptions.COLOR);
        return command.run(arguments, color.isPresent() ? terminal.withColor(color.get()) : terminal);
    }

    private static ExitCode version(boolean json, Terminal terminal) {
        String java = Runtime.version().toString();
        terminal.line(
                json
                        ? Json.write(Json.object("version", BuildInfo.version(), "java", java))
                        : "quarry " + BuildInfo.version() + " (Java " + java + ")");
        return ExitCode.OK;
    }

    private static ExitCode help(List<String> words, Terminal terminal) {
        if (words.isEmpty() || isHelp(words.getFirst())) {
            terminal.out().print(HelpText.overview(Commands.visibleSpecs()));
        } else {
            terminal.out().print(HelpText.of(Commands.named(words.getFirst()).spec()));
        }
        return ExitCode.OK;
    }

    private static boolean isDebug() {
        String value = System.getenv("QUARRY_DEBUG");
        return value != null && !value.isEmpty();
    }
}
