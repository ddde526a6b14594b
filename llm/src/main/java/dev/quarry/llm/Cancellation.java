package dev.quarry.llm;

import java.util.ArrayList;
import java.util.List;

/** Tells work that its result is not wanted any more. Safe for use by several threads. */
public final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** From now on it is not wanted. */
    public void cancel() {
        List<Runnable> due;
        synchronized (actions) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Whether it is not wanted. */
    public boolean isCancelled() {
        synchronized (actions) {
            return cancelled;
        }
    }

    /** Runs an action when the work is cancelled, at once if it is; it must not block. */
    void onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** The action is of no use any more. */
    void forget(Runnable action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }
}
