package dev.quarry.ingest;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives up files on which the syntax parser has worked for too long, and has another thread take over from the one that
 * is stuck in it, as a thread cannot be stopped.
 *
 * <p>This is the last resort. What is given up is read from the compiler's declarations and tokens, which give the same
 * spans and hashes, so that a legal file has the same facts on a slow machine as on a fast one.
 */
final class SyntaxWatch {
    private static final long PERIOD_MILLIS = 500;

    private final Set<Work> works = ConcurrentHashMap.newKeySet();
    private final Runnable replacement;

    /** A file that is being read by the thread that made this. Stands for itself. */
    static final class Work {
        private final SourceFile file;
        private final CompletableFuture<SyntaxFile> result;
        private final WorkLimit limit = new WorkLimit();

        private Work(SourceFile file, CompletableFuture<SyntaxFile> result) {
            this.file = file;
            this.result = result;
        }
    }

    /** A watch that calls {@code replacement} for each thread that is given up. */
    SyntaxWatch(Runnable replacement) {
        this.replacement = replacement;
    }

    Work begin(SourceFile file, CompletableFuture<SyntaxFile> result) {
        Work work = new Work(file, result);
        works.add(work);
        return work;
    }

    /** Ends a work; whether the thread is still the one that is to go on. */
    boolean end(Work work) {
        return works.remove(work);
    }

    /** Watches until the thread is interrupted. */
    void run() {
        while (true) {
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException _) {
                return;
            }
            for (Work work : List.copyOf(works)) {
                if (work.limit.isExceeded() && works.remove(work)) {
                    work.result.complete(JavaSyntax.unreadable(work.file, "reading the syntax takes too long"));
                    replacement.run();
                }
            }
        }
    }
}
