package dev.quarry.llm;

/** What a backend says went wrong, within a reply whose status says that nothing did. */
final class ReportedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportedException(String report) {
        super(report);
    }
}
