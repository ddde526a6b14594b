package dev.quarry.ingest;

/** Where the classes of the class path come from. */
interface ClassOrigins {
    /** The Maven coordinate of the jar that holds a class, the jar's name where it has none; empty if unknown. */
    String coordinateOf(String binaryName);
}
