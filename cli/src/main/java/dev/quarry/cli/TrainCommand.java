package dev.quarry.cli;

import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code quarry train WORKDIR [SOURCES]}: does a little of everything, so that the JVM that watches learns which classes
 * are needed. With SOURCES it indexes them into a store in WORKDIR and serves it; without, it asks that store what people
 * ask. The build runs both; people have no use for them, and the help does not show them.
 */
final class TrainCommand implements Command {
    private static final List<List<String>> QUESTIONS = List.of(
            List.of("--help"),
            List.of("callers", "--help"),
            List.of("callers", "ContentHash.of(byte[])"),
            List.of("callers", "ContentHash.of(byte[])", "--json"),
            List.of("callees", "NodeId.of", "--depth", "2"),
            List.of("impls", "Comparable"),
            List.of("subtypes", "Record"),
            List.of("impact", "ContentHash"),
            List.of("path", "NodeId.of", "Blake3Hasher.update(byte[])"),
            List.of("search", "hash of some content"),
            List.of("search", "NodeId", "--json"),
            List.of("context", "how a node gets its identity", "--tokens", "500"),
            List.of("query", "?[kind, count(id)] := *node{id, kind}"),
            List.of("status"),
            List.of("no-such-command"));

    @Override
    public CommandSpec spec() {
        return new CommandSpec("train", "do a little of everything", List.of("WORKDIR", "[SOURCES]"), List.of());
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Path workdir = terminal.directory().resolve(arguments.operand(0));
        String store = workdir.resolve(StoreLocation.DIRECTORY).toString();
        Terminal silent = silent(workdir);
        if (arguments.operands().size() == 1) {
            ask(store, silent);
            Main.run(List.of("export", "calls", "--store", store), silent, false);
            askNobody(store, silent);
            return ExitCode.OK;
        }
        Path sources = terminal.directory().resolve(arguments.operand(1));
        ExitCode indexed = Main.run(List.of("index", sources.toString(), "--store", store), terminal, true);
        if (indexed != ExitCode.OK) {
            return indexed;
        }
        try (Workspace workspace = Workspace.open(Path.of(store), WorkspaceOptions.forWriting());
                Serving _ = Serving.start(ServerConfig.defaults().withPort(0), workspace)) {
            ask(store, silent);
        }
        return ExitCode.OK;
    }

    /** Asks a server that does not answer, which needs most of what asking one that does needs. */
    private static void askNobody(String store, Terminal terminal) {
        Path directory = Path.of(store);
        URI nobody = URI.create("http://127.0.0.1:1");
        new ServerAddress(nobody, ProcessHandle.current().pid()).write(directory);
        Main.run(List.of("callers", "NodeId.of", "--store", store), terminal, false);
        ServerAddress.remove(directory);
    }

    /** Some of the questions have no answer here; that is part of what is to be learnt. */
    private static void ask(String store, Terminal terminal) {
        for (List<String> question : QUESTIONS) {
            List<String> words = new ArrayList<>(question);
            if (question.contains("status") || (question.size() > 1 && !question.contains("--help"))) {
                words.addAll(List.of("--store", store));
            }
            Main.run(words, terminal, false);
        }
    }

    private static Terminal silent(Path directory) {
        return new Terminal(
                new AnswerStream(OutputStream.nullOutputStream()),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                100,
                directory);
    }
}
