package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.jspecify.annotations.Nullable;

/** Whether a declaration is kept from being made final. */
final class LombokNonFinal {
    private LombokNonFinal() {}

    static boolean is(LombokType type, Annotation @Nullable [] annotations) {
        return type.annotations(annotations).containsKey("NonFinal");
    }
}
