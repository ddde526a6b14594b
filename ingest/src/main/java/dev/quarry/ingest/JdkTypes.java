package dev.quarry.ingest;

import org.jspecify.annotations.Nullable;

/** The JDK's own types by their names, as the JDK that runs this has them; nothing else is ever loaded. */
final class JdkTypes {
    private JdkTypes() {}

    /** Whether both names are those of types of the JDK, and the first is no subtype of the second. */
    static boolean areUnrelated(String type, String wanted) {
        Class<?> first = named(type);
        Class<?> second = named(wanted);
        return first != null && second != null && !second.isAssignableFrom(first);
    }

    private static @Nullable Class<?> named(String name) {
        if (!name.startsWith("java.")) {
            return null;
        }
        try {
            return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            return null; // a later or an earlier JDK may have it
        }
    }
}
