package dev.quarry.ingest;

import dev.quarry.ingest.ProgressListener.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The two parsers at work: one thread binds, at least one other reads syntax; the binding thread reads syntax too once
 * all is bound.
 *
 * <p>Results wait in bounded number for the one thread that takes them, in the order of the files. Closing stops the work.
 */
final class Stages implements AutoCloseable {
    private static final int BOUND_WAITING = 64;
    private static final int SYNTAX_AHEAD = 4096;
    private static final long STACK_BYTES = 64L << 20;

    private final List<SourceFile> files;
    private final Known known;
    private final List<CompletableFuture<SyntaxFile>> syntax;
    private final BlockingQueue<Result> bound = new ArrayBlockingQueue<>(BOUND_WAITING);
    private final Semaphore ahead = new Semaphore(SYNTAX_AHEAD);
    private final AtomicInteger nextFile = new AtomicInteger();
    private final AtomicInteger parsed = new AtomicInteger();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final SyntaxWatch watch = new SyntaxWatch(() -> start("quarry-syntax-more", this::parse));
    private final ProgressListener progress;
    private volatile boolean closed;

    /** What texts say that were read in a run before. */
    interface Known {
        /** Null for a text that is to be read; asked by several threads. */
        @Nullable
        PackedSyntax of(SourceFile file);
    }

    /** A bound file, or the failure that ended the binding. */
    private record Result(
            @Nullable BoundFile file, @Nullable Throwable failure) {}

    Stages(
            List<SourceFile> files,
            Known known,
            Binder binder,
            EcjEnvironment.Shared environment,
            Runnable afterBinding,
            int count,
            ProgressListener progress) {
        this.files = files;
        this.known = known;
        this.progress = progress;
        this.syntax = new ArrayList<>(files.size());
        files.forEach(_ -> syntax.add(new CompletableFuture<>()));
        start("quarry-syntax-watch", watch::run);
        start("quarry-bind", () -> {
            try {
                bind(binder, environment);
            } finally {
                afterBinding.run();
            }
            parse();
        });
        // The binding thread waits while nobody takes what it bound, and whoever takes that waits for its syntax.
        for (int i = 1; i < Math.max(2, count); i++) {
            start("quarry-syntax-" + i, this::parse);
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void bind(Binder binder, EcjEnvironment.Shared environment) {
        int total = binder.fileCount();
        AtomicInteger done = new AtomicInteger();
        try {
            binder.run(environment, file -> {
                put(new Result(file, null));
                progress.progress(Phase.BINDING, done.incrementAndGet(), total);
            });
            if (done.get() < total) {
                put(new Result(null, new IllegalStateException("only " + done + " files were bound")));
            }
        } catch (StoppedException _) {
            // the run is over: nobody waits for results any more
        } catch (RuntimeException | Error failure) {
            put(new Result(null, failure));
        }
    }

    private void put(Result result) {
        try {
            bound.put(result);
        } catch (InterruptedException _) {
            throw new StoppedException();
        }
    }

    private void parse() {
        while (!closed) {
            try {
                ahead.acquire();
            } catch (InterruptedException _) {
                return;
            }
            int index = nextFile.getAndIncrement();
            if (index >= files.size()) {
                ahead.release();
                return;
            }
            CompletableFuture<SyntaxFile> result = syntax.get(index);
            SyntaxWatch.Work work = watch.begin(files.get(index), result);
            try {
                PackedSyntax read = known.of(files.get(index));
                result.complete(read == null ? JavaSyntax.parse(files.get(index)) : read.unpack());
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
            if (!watch.end(work)) {
                return;
            }
            progress.progress(Phase.SYNTAX, parsed.incrementAndGet(), files.size());
        }
    }

    SourceFile source(int index) {
        return files.get(index);
    }

    /** The next bound file; waits for it. */
    BoundFile bound() {
        try {
            Result result = bound.take();
            if (result.file() == null) {
                throw failed(result.failure());
            }
            return result.file();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The syntax of a file, to be asked for once; waits for it. */
    SyntaxFile syntax(int index) {
        try {
            SyntaxFile file = syntax.get(index).get();
            syntax.set(index, new CompletableFuture<>());
            ahead.release();
            return file;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    /** A failure of another thread for the one that waits. A full heap stays what it is, as there is a remedy for that. */
    private static IllegalStateException failed(@Nullable Throwable cause) {
        if (cause instanceof OutOfMemoryError full) {
            throw full;
        }
        return new IllegalStateException("a thread that reads or binds failed", cause);
    }

    private static CancellationException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("the run was interrupted");
        cancelled.initCause(cause);
        return cancelled;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    /** Unwinds the compiler's run. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
