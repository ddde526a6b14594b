package dev.quarry.ingest;

import dev.quarry.schema.Coverage;

/**
 * What a run used and left out.
 *
 * @param classPath the jars that were bound against, and those that were missing
 * @param duplicateTypes top-level types that are not in the graph because another file declares them
 * @param coverage how the call sites of all files end, with the reasons of those that are not bound
 * @param whole whether all files were analysed; else those that a change bears on
 */
public record IngestReport(ClassPath classPath, int duplicateTypes, Coverage coverage, boolean whole) {}
