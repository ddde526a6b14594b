package dev.quarry.tests;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;

/** Writes to a store past all that keeps it whole. */
final class DamagedStore {
    private static final String NEWER = "?[key, value] <- [['store.schema', '1000000']] :put meta {key => value}";
    private static final long CACHE_BYTES = 8L << 20;

    private DamagedStore() {}

    /** Makes a store look as if a newer Quarry had written it. */
    static void makeNewer(Path store) {
        run(store, NEWER);
    }

    /** Runs a script of the engine, which is not public, because nobody but the store may write to it: this goes past the
     * compiler. */
    static void run(Path store, String script) {
        try {
            Class<?> engineType = Class.forName("dev.quarry.graphdb.Engine");
            Class<?> paramsType = Class.forName("dev.quarry.graphdb.Params");
            Constructor<?> params = paramsType.getDeclaredConstructor();
            Method open = engineType.getDeclaredMethod("open", Path.class, long.class);
            Method execute = engineType.getDeclaredMethod("execute", String.class, paramsType);
            params.setAccessible(true);
            open.setAccessible(true);
            execute.setAccessible(true);
            Path files = store.resolve("graph").resolve("engine");
            try (AutoCloseable engine = (AutoCloseable) open.invoke(null, files, CACHE_BYTES)) {
                execute.invoke(engine, script, params.newInstance());
            }
        } catch (Exception failure) {
            throw new IllegalStateException("the store " + store + " cannot be damaged", failure);
        }
    }
}
