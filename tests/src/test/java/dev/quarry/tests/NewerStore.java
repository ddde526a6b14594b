package dev.quarry.tests;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;

/** Makes a store look as if a newer Quarry had written it. */
final class NewerStore {
    private static final String SCRIPT = "?[key, value] <- [['store.schema', '1000000']] :put meta {key => value}";
    private static final long CACHE_BYTES = 8L << 20;

    private NewerStore() {}

    /** The engine is not public, because nobody but the store may write to it; so this goes past the compiler. */
    static void make(Path store) {
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
                execute.invoke(engine, SCRIPT, params.newInstance());
            }
        } catch (Exception failure) {
            throw new IllegalStateException("the store " + store + " cannot be made newer", failure);
        }
    }
}
