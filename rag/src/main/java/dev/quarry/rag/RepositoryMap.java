package dev.quarry.rag;

import dev.quarry.schema.Coverage;

/**
 * An overview of a repository under a budget of tokens: the declarations that the code leans on most, by file.
 *
 * @param markdown the overview, with freshness and coverage at its head
 * @param tokens how many tokens it has, the margin counted; never more than the budget
 * @param shown how many declarations are in it
 * @param declarations how many there are
 * @param sequence the commit sequence of the store that it is of
 * @param coverage how the call sites of the repository ended
 */
public record RepositoryMap(
        String markdown, int tokens, int shown, int declarations, long sequence, Coverage coverage) {}
