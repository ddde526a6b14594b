package dev.quarry.ingest;

/**
 * What a run used and left out.
 *
 * @param classPath the jars that were bound against, and those that were missing
 * @param duplicateTypes top-level types that are not in the graph because another file declares them
 */
public record IngestReport(ClassPath classPath, int duplicateTypes) {}
