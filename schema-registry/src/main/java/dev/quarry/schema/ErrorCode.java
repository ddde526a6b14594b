package dev.quarry.schema;

/** The classes of failure that a caller can tell apart. */
public enum ErrorCode {
    /** The input is wrong: a malformed argument, an empty query, a directory without Java. */
    BAD_INPUT,
    /** The thing named does not exist. */
    NOT_FOUND,
    /** The name fits several things. */
    AMBIGUOUS,
    /** Somebody else holds the store, or the port. */
    BUSY,
    /** The store was written by a newer Quarry. */
    STORE_TOO_NEW,
    /** The store is damaged, or is no store. */
    STORE_DAMAGED,
    /** A model's files are not those that the manifest names. */
    MODEL_REFUSED,
    /** A limit of time, rows or memory was reached. */
    LIMIT,
    /** The caller did not say who it is, or said it wrongly. */
    UNAUTHORIZED,
    /** The disk is full, or cannot be written. */
    STORAGE,
    /** A remote repository cannot be reached, or does not give what it should. */
    UNREACHABLE,
    /** A defect of Quarry. */
    INTERNAL
}
