package dev.quarry.ingest;

/**
 * A statement of a mapper in XML.
 *
 * @param namespace the mapper's, as a rule a Java interface
 * @param verb {@code select}, {@code insert}, {@code update} or {@code delete}
 * @param resultType the binary name or alias of what a row becomes; empty where none is told
 * @param sql the text, with fragments put in and the tags of dynamic parts left out
 * @param place path and line, as {@code a/Owners.xml:12}
 */
record MapperStatement(String namespace, String id, String verb, String resultType, String sql, String place) {
    String name() {
        return namespace + "." + id;
    }
}
