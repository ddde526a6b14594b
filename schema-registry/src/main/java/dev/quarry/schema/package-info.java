/** What the graph is made of: kinds, identities, stamps, facts, and the relations that hold them. */
@org.jspecify.annotations.NullMarked
package dev.quarry.schema;
