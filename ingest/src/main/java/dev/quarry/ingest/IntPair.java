package dev.quarry.ingest;

/** A pair of an {@link IntRelation}. */
record IntPair(int from, int to) {}
