package dev.quarry.graphdb;

/** Which of a node's edges are meant. */
public enum Direction {
    /** Those that start at it. */
    OUT,
    /** Those that end in it. */
    IN
}
