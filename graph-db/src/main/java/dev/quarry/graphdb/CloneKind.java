package dev.quarry.graphdb;

/** How alike two declarations are. */
public enum CloneKind {
    /** Equal but for layout and comments: equal content hashes. */
    EXACT,
    /** Equal but for names and literals: equal shape hashes. */
    RENAMED,
    /** Copies that were edited: most short runs of tokens are in both. */
    NEAR
}
