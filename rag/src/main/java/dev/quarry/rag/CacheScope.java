package dev.quarry.rag;

/**
 * What must be the same for an answer to be the answer: whose it is, of what, and made how.
 *
 * @param tenant who may see it; empty if there is one alone
 * @param repository the repository's root or name
 * @param branch the branch, or the commit where none is checked out
 * @param model what made the answer; its name with its provider
 * @param prompt the version of the instructions that it was made by
 */
public record CacheScope(String tenant, String repository, String branch, String model, String prompt) {}
