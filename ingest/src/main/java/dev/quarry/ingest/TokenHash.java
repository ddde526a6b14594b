package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import org.eclipse.jdt.core.compiler.InvalidInputException;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.parser.Scanner;
import org.eclipse.jdt.internal.compiler.parser.TerminalToken;

/** The hash of a stretch of text by its tokens, for what the syntax parser could not read. */
final class TokenHash {
    private TokenHash() {}

    /** The hash of the tokens between two offsets, without layout and comments. */
    static ContentHash of(String text, int start, int end) {
        Scanner scanner = new Scanner(
                false, false, false, ClassFileConstants.JDK21, ClassFileConstants.JDK21, null, null, false, false);
        scanner.setSource(text.toCharArray());
        scanner.resetTo(start, end - 1);
        StringBuilder tokens = new StringBuilder();
        int position = start;
        while (position < end) {
            try {
                if (scanner.getNextToken() == TerminalToken.TokenNameEOF) {
                    break;
                }
                tokens.append(scanner.getCurrentTokenSource()).append('\0');
            } catch (InvalidInputException _) {
                tokens.append('?').append('\0');
            }
            if (scanner.currentPosition <= position) {
                break;
            }
            position = scanner.currentPosition;
        }
        return ContentHash.ofText(LineEnds.plain(tokens.toString()));
    }
}
