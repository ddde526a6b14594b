package dev.quarry.cli;

import java.util.Optional;

/**
 * Which groups of duplicates are asked for.
 *
 * @param kind {@code exact}, {@code renamed} or {@code near}; all if it is empty
 * @param minLines how many lines each member has at least
 * @param minTokens how many tokens each member has at least
 * @param limit how many groups at most
 */
record CloneQuery(Optional<String> kind, int minLines, int minTokens, int limit) {}
