package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.ProblemDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says why a command failed: a line of the error stream for people, and where documents are wanted the problem that
 * HTTP would give on the standard output, so that a program reads one document whatever came of it.
 *
 * @param json whether a document is wanted
 * @param debug whether people see the stack trace too
 */
record FailureReport(Terminal terminal, boolean json, boolean debug) {
    /** The words are wrong. */
    ExitCode usage(UsageException wrong) {
        terminal.error(String.valueOf(wrong.getMessage()));
        terminal.note("Run 'quarry --help' or 'quarry COMMAND --help' to see what there is.");
        document(ErrorCode.BAD_INPUT, wrong, List.of());
        return ExitCode.USAGE;
    }

    /** What was asked cannot be done. */
    ExitCode failure(QuarryException failure) {
        terminal.error(String.valueOf(failure.getMessage()));
        trace(failure);
        document(failure.code(), failure, candidates(failure));
        return ExitCode.of(failure.code());
    }

    /** What no command foresees. */
    ExitCode defect(Throwable defect, String message) {
        terminal.error(message);
        trace(defect);
        document(ErrorCode.INTERNAL, defect, List.of());
        return ExitCode.FAILURE;
    }

    private void document(ErrorCode code, Throwable failure, List<Answer.Symbol> candidates) {
        if (json && AnswerStream.isWhole(terminal.out())) {
            // The lines behind the first list the candidates.
            String detail = String.valueOf(failure.getMessage());
            int end = candidates.isEmpty() ? -1 : detail.indexOf('\n');
            Map<String, @Nullable Object> tree = ProblemDocument.of(code, end < 0 ? detail : detail.substring(0, end));
            if (!candidates.isEmpty()) {
                tree.put(
                        "candidates",
                        candidates.stream().map(AnswerJson::symbol).toList());
            }
            terminal.line(Json.write(tree));
        }
    }

    private static List<Answer.Symbol> candidates(QuarryException failure) {
        return failure.getCause() instanceof Candidates.Named named ? named.candidates() : List.of();
    }

    private void trace(Throwable failure) {
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
    }
}
