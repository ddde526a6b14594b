package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;

/** How the command ends, as the shell sees it. */
enum ExitCode {
    /** Done. */
    OK(0, "done"),
    /** Failed for a reason that none of the others names. */
    FAILURE(1, "failed"),
    /** The arguments or the input are wrong. */
    USAGE(2, "wrong arguments or input"),
    /** What was named does not exist, or the name fits several things. */
    NOT_FOUND(3, "the symbol, file, store or way does not exist, or the name fits several symbols"),
    /** The store, or the place where a server is to listen, cannot be used. */
    STORE(4, "the store is in use, too new or damaged, the disk is full, or a port or address cannot be had"),
    /** The user ended the command. */
    INTERRUPTED(130, "ended by Ctrl-C");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The code for this class of failure. */
    static ExitCode of(ErrorCode code) {
        return switch (code) {
            case BAD_INPUT -> USAGE;
            case NOT_FOUND, AMBIGUOUS -> NOT_FOUND;
            case BUSY, STORE_TOO_NEW, STORE_DAMAGED, STORAGE -> STORE;
            case MODEL_REFUSED, LIMIT, UNAUTHORIZED, UNREACHABLE, INTERNAL -> FAILURE;
        };
    }

    /** The number that the process ends with. */
    int status() {
        return status;
    }

    /** What it means, in a few words. */
    String meaning() {
        return meaning;
    }
}
