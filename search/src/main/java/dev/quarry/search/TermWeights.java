package dev.quarry.search;

/**
 * How much a term counts by where it stands, and the parameters of BM25.
 *
 * @param name in the simple name
 * @param owner in the name of the type around it
 * @param qualifier in the package's name
 * @param declaration in the head of the declaration
 * @param doc in the documentation
 * @param body in the source text
 * @param k1 how soon repetition of a term stops to count; in units of weighted occurrences
 * @param b how much long documents are held down, 0 to 1
 */
record TermWeights(int name, int owner, int qualifier, int declaration, int doc, int body, float k1, float b) {
    static final TermWeights DEFAULT = new TermWeights(8, 6, 1, 4, 2, 2, 8, 0.8f);
}
