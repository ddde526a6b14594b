package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.QualifiedAllocationExpression;

/** Where the words stand that call constructors: the compiler knows only where the expressions around them begin. */
final class CallPlaces {
    private record Word(int offset, String text) {}

    private CallPlaces() {}

    /** The offset of the {@code new}. */
    static int of(AllocationExpression allocation, String text) {
        if (allocation instanceof QualifiedAllocationExpression inner && inner.enclosingInstance != null) {
            int from = inner.enclosingInstance.sourceEnd + 1;
            int to = inner.type == null ? inner.sourceEnd : inner.type.sourceStart;
            for (Word word : words(text, from, to)) {
                if (word.text.equals("new")) {
                    return word.offset;
                }
            }
        }
        return allocation.sourceStart;
    }

    /** The offset of the {@code this} or {@code super}. */
    static int of(ExplicitConstructorCall call, String text) {
        if (call.qualification == null && call.typeArguments == null) {
            return call.sourceStart;
        }
        String wanted = call.accessMode == ExplicitConstructorCall.This ? "this" : "super";
        int from = call.qualification == null ? call.sourceStart : call.qualification.sourceEnd + 1;
        List<Word> words = words(text, from, call.sourceEnd);
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean isCalled = words.get(i + 1).text.equals("("); // that of a wildcard is not
            if (isCalled && words.get(i).text.equals(wanted)) {
                return words.get(i).offset;
            }
        }
        return call.sourceStart;
    }

    private static List<Word> words(String text, int from, int last) {
        List<Word> words = new ArrayList<>();
        int end = Math.min(last + 1, text.length());
        if (from >= 0 && from < end) {
            CompilerTokens.read(
                    text.substring(from, end), (start, word, _, _) -> words.add(new Word(from + start, word)));
        }
        return words;
    }
}
