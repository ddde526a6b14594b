package dev.quarry.cli;

import dev.quarry.server.IndexProgress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows how an index run goes on: on a terminal one line that is written over, with a bar, the rate and the time left; else
 * a line when a phase ends. Safe for use by several threads.
 */
final class ProgressLine implements IndexProgress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int BAR_CELLS = 24;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile long drawnAt;
    private Phase phase = Phase.SCAN;
    private long phaseStart = System.nanoTime();
    private long done;
    private long total;
    private boolean shown;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void progress(Phase now, long doneNow, long totalNow) {
        long time = System.nanoTime();
        // Most calls end here, without a lock: they come from the indexing threads.
        if (now == phase && doneNow < totalNow && time - drawnAt < REDRAW_NANOS) {
            return;
        }
        update(now, doneNow, totalNow, time);
    }

    private synchronized void update(Phase now, long doneNow, long totalNow, long time) {
        if (now.compareTo(phase) < 0 || (now == phase && doneNow < done)) {
            return;
        }
        if (now != phase) {
            endPhase();
            phase = now;
            phaseStart = time;
        }
        done = doneNow;
        total = totalNow;
        drawnAt = time;
        if (terminal.live()) {
            terminal.err().print("\r\u001b[K" + line(time));
            shown = true;
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled.get();
    }

    /** Asks the run to end early. */
    void cancel() {
        cancelled.set(true);
    }

    /** Removes the line. */
    @Override
    public synchronized void close() {
        endPhase();
        done = 0;
    }

    private void endPhase() {
        if (shown) {
            terminal.err().print("\r\u001b[K");
            shown = false;
        } else if (!terminal.live() && done > 0) {
            terminal.note(title(phase) + ": " + done + " " + unit(phase) + " in "
                    + duration((System.nanoTime() - phaseStart) / NANOS_PER_SECOND));
        }
        done = 0;
        total = 0;
    }

    private String line(long time) {
        double seconds = Math.max((time - phaseStart) / NANOS_PER_SECOND, 1e-3);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s", title(phase)));
        if (total > 0) {
            int cells = (int) (BAR_CELLS * Math.min(done, total) / total);
            line.append(" [").repeat('#', cells).repeat('.', BAR_CELLS - cells).append(']');
            line.append(' ').append(done).append('/').append(total);
        } else {
            line.append(' ').append(done);
        }
        line.append(' ').append(unit(phase));
        if (seconds > 0.5 && done > 0) {
            double rate = done / seconds;
            line.append(String.format(Locale.ROOT, "  %.0f/s", rate));
            if (total > done) {
                line.append("  ").append(duration((total - done) / rate)).append(" left");
            }
        }
        return line.length() < terminal.columns() ? line.toString() : line.substring(0, terminal.columns() - 1);
    }

    /** A time as people say it: {@code 0.8 s}, {@code 12 s}, {@code 3 min 5 s}. */
    static String duration(double seconds) {
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    private static String title(Phase phase) {
        return switch (phase) {
            case SCAN -> "scan";
            case RESOLVE -> "resolve";
            case INDEX -> "index";
            case FINISH -> "finish";
            case HISTORY -> "history";
            case EMBED -> "embed";
            case VECTOR_INDEX -> "vectors";
            case REMEMBER -> "remember";
        };
    }

    private static String unit(Phase phase) {
        return switch (phase) {
            case SCAN, RESOLVE, INDEX, REMEMBER -> "files";
            case FINISH -> "steps";
            case HISTORY -> "commits";
            case EMBED -> "texts";
            case VECTOR_INDEX -> "vectors";
        };
    }
}
