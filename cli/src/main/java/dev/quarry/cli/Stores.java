package dev.quarry.cli;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.ingest.GitHistory;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.LinkedStart;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens the store of a command, unless a server holds it. */
final class Stores {
    /** Held, because a logger that nobody holds forgets its level. Lucene notes what it could use of the JVM. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(Level.SEVERE);
    }

    private Stores() {}

    /** What answers questions about this store: the server that holds it, else the store itself. */
    static Source source(Path store, Terminal terminal) {
        Optional<ServerAddress> server = ServerAddress.of(store);
        return server.isPresent() ? remote(store, server.get(), terminal, Optional.empty()) : local(store, terminal);
    }

    private static Source remote(Path store, ServerAddress server, Terminal terminal, Optional<String> at) {
        return new RemoteSource(ServerClient.of(store, server, terminal), at);
    }

    private static Source local(Path store, Terminal terminal) {
        Workspace workspace = asking(store);
        return new LocalSource(workspace, places(store, workspace, terminal));
    }

    /** Asks a store, or its server, as it is now or as it was at a commit or an instant. */
    static <T> T ask(
            Path store, Terminal terminal, Optional<String> at, boolean searches, Function<Source, T> question) {
        Optional<ServerAddress> server = ServerAddress.of(store);
        if (at.isEmpty() || server.isPresent()) {
            try (Source source =
                    server.isPresent() ? remote(store, server.get(), terminal, at) : local(store, terminal)) {
                return question.apply(source);
            }
        }
        try (Workspace workspace = asking(store)) {
            Places places = places(store, workspace, terminal);
            return workspace.at(at.get(), searches, view -> question.apply(new LocalSource(view, places)));
        }
    }

    /** The store itself, for questions; somebody else may hold it. */
    static Workspace asking(Path store) {
        return Workspace.open(store, WorkspaceOptions.forReading());
    }

    /**
     * The store, for what a server does not give.
     *
     * @throws QuarryException BUSY if a server holds it
     */
    static Workspace reading(Path store) {
        refuseServed(store);
        return asking(store);
    }

    /** The store, made if it is not there. */
    static Workspace writing(Path store) {
        refuseServed(store);
        StoreLocation.prepare(store);
        Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting());
        // Who holds the store knows that no server does: an address in it is one of a server that was killed.
        ServerAddress.remove(store);
        return workspace;
    }

    /**
     * A store that is there, for what changes it and does not index.
     *
     * @throws QuarryException NOT_FOUND if there is none
     */
    static Workspace changing(Path store) {
        if (!GraphStore.exists(store)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND, "there is no index at " + store + ": make one with 'quarry index DIR'");
        }
        return writing(store);
    }

    /**
     * The store for indexing a repository, made if it is not there: of what another work tree of the repository has, if
     * one is indexed.
     */
    static Workspace writing(Path store, Path root, Terminal terminal) {
        refuseServed(store);
        StoreLocation.prepare(store);
        LinkedStart.of(root, store, StoreLocation.ofOtherWorkTrees(root, store))
                .ifPresent(other -> terminal.note("begins with what " + other + " holds of the same git repository"));
        return writing(store);
    }

    /**
     * The repository to index: a directory with Java sources, or a bare repository of git. Checked before a store is made
     * in it.
     */
    static Path repository(Optional<String> operand, Path directory) {
        Path root = operand.map(directory::resolve).orElse(directory).normalize();
        if (!Files.isDirectory(root)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND, root + " is not a directory: name the root of a repository with Java sources");
        }
        if (!GitHistory.isBare(root) && !holdsJava(root)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "'" + root + "' has no Java file: give a directory that holds .java files");
        }
        return root;
    }

    /** Whether there is a Java file, ignored or not; ends at the first. What cannot be read is for the scan to report. */
    private static boolean holdsJava(Path root) {
        AtomicBoolean found = new AtomicBoolean();
        try {
            Files.walkFileTree(root.toRealPath(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.set(file.toString().endsWith(".java"));
                    return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    found.set(file.toString().endsWith(".java"));
                    return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return true;
        }
        return found.get();
    }

    private static Places places(Path store, Workspace workspace, Terminal terminal) {
        return new Places(store, workspace::repositoryRoot, terminal);
    }

    /** Refuses a store that a server holds. */
    static void refuseServed(Path store) {
        ServerAddress.of(store).ifPresent(server -> {
            throw new QuarryException(
                    ErrorCode.BUSY,
                    "the store " + store + " is held by the server at " + server.address() + " (process "
                            + server.process() + "): end that server, or name another store with --store; if that"
                            + " process is no server any more, delete " + ServerAddress.file(store));
        });
    }
}
