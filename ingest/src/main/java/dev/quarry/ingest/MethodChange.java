package dev.quarry.ingest;

import java.util.Set;

/**
 * A change of methods of which others see nothing unless they say one of the names, or declare a type below.
 *
 * @param types the simple names of the types of the file with the methods, and of all types below them
 * @param methods the methods' names
 */
record MethodChange(Set<String> types, Set<String> methods) {
    /** Lombok's delegates have the methods of a type that they name, and the code that has them made does not. */
    private static final String DELEGATE = "Delegate";

    /** In a text with such an escape names may be spelled otherwise. */
    private static final String ESCAPE = "\\u";

    /** Whether the binding of a file may be another after the change; safe for a file without a text. */
    boolean concerns(AnalysedFile file) {
        FileTrace trace = file.trace();
        return trace.dependsOn(types)
                && (trace.opaque()
                        || trace.faulty()
                        || isBelow(trace)
                        || file.source() == null
                        || says(file.source().text()));
    }

    private boolean isBelow(FileTrace trace) {
        return trace.types().stream()
                .anyMatch(type -> type.supertypes().stream().anyMatch(types::contains));
    }

    private boolean says(String text) {
        return methods.stream().anyMatch(name -> says(text, name)) || text.contains(DELEGATE) || text.contains(ESCAPE);
    }

    private static boolean says(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean isWhole = (at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
            if (isWhole) {
                return true;
            }
        }
        return false;
    }
}
