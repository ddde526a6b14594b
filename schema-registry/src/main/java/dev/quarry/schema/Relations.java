package dev.quarry.schema;

import static dev.quarry.schema.Relation.ColumnType.BYTES;
import static dev.quarry.schema.Relation.ColumnType.INT;
import static dev.quarry.schema.Relation.ColumnType.STRING;
import static dev.quarry.schema.Relation.ColumnType.VECTOR;

import dev.quarry.schema.Relation.Column;
import dev.quarry.schema.Relation.Index;
import java.util.List;

/** The relations of the store at the current schema version. */
public final class Relations {
    /** Facts about the store itself: its schema version, the repository, the commit sequence, the state of the run. */
    public static final Relation META =
            new Relation("meta", List.of(new Column("key", STRING)), List.of(new Column("value", STRING)), List.of());

    /** One row for each file of the repository that an index run has seen. */
    public static final Relation FILE = new Relation(
            "file",
            List.of(new Column("id", BYTES)),
            List.of(
                    new Column("path", STRING),
                    new Column("raw", BYTES),
                    new Column("facts", BYTES),
                    new Column("status", STRING),
                    new Column("problem", STRING),
                    new Column("bytes", INT),
                    new Column("lines", INT),
                    new Column("internal", INT),
                    new Column("library", INT),
                    new Column("jdk", INT),
                    new Column("unresolved", INT)),
            List.of(new Index("by_path", List.of("path"))));

    /** The text of each indexed file, once for each content. */
    public static final Relation SOURCE =
            new Relation("source", List.of(new Column("raw", BYTES)), List.of(new Column("text", STRING)), List.of());

    /** One row for each node. */
    public static final Relation NODE = new Relation(
            "node",
            List.of(new Column("id", BYTES)),
            List.of(
                    new Column("kind", STRING),
                    new Column("name", STRING),
                    new Column("qname", STRING),
                    new Column("signature", STRING),
                    new Column("declaration", STRING),
                    new Column("file", BYTES),
                    new Column("doc_start", INT),
                    new Column("start", INT),
                    new Column("end", INT),
                    new Column("line", INT),
                    new Column("end_line", INT),
                    new Column("flags", INT),
                    new Column("content", BYTES),
                    new Column("shape", BYTES),
                    new Column("doc", BYTES),
                    new Column("detail", STRING),
                    new Column("version", BYTES)),
            List.of(new Index("by_name", List.of("name")), new Index("by_file", List.of("file"))));

    /**
     * One row for each edge, in the order of its source; {@code edge:rev} in the order of its target. The line and column
     * are those of the first of its sites, 0 where it has none.
     */
    public static final Relation EDGE = new Relation(
            "edge",
            List.of(
                    new Column("src", BYTES),
                    new Column("kind", STRING),
                    new Column("dst", BYTES),
                    new Column("role", STRING)),
            List.of(
                    new Column("found", STRING),
                    new Column("line", INT),
                    new Column("col", INT),
                    new Column("count", INT),
                    new Column("sites", BYTES),
                    new Column("detail", STRING)),
            List.of(new Index("rev", List.of("dst", "kind", "src"))));

    /**
     * The digest of the derived edges whose sources fall into a part of all ids; see {@link EdgeKind#isDerived}. An
     * empty digest says that the part lost edges since; a part without a row has none.
     */
    public static final Relation DERIVED =
            new Relation("derived", List.of(new Column("part", INT)), List.of(new Column("digest", BYTES)), List.of());

    /** The ids of the nodes that derived facts brought; see {@link NodeKind#isConcept}. */
    public static final Relation CONCEPT =
            new Relation("concept", List.of(new Column("id", BYTES)), List.of(), List.of());

    /**
     * What each write since the first state replaced: with it, and with those behind it, a store goes back to where it was
     * before. The rows are packed as the store's code says, and cut into parts; a write without rows has no entry.
     */
    public static final Relation CHANGE = new Relation(
            "change",
            List.of(new Column("number", INT), new Column("part", INT)),
            List.of(new Column("rows", BYTES)),
            List.of());

    /**
     * The states that index runs led to, in their order: behind which change, at which git commit (empty outside of git),
     * since when in milliseconds since 1970, and whether the files were those of the commit.
     */
    public static final Relation STATE = new Relation(
            "state",
            List.of(new Column("number", INT)),
            List.of(
                    new Column("change", INT),
                    new Column("commit", STRING),
                    new Column("instant", INT),
                    new Column("kind", STRING)),
            List.of());

    /** Which vector a text has under a model: the hash of the text that was embedded, to the vector's number. */
    public static final Relation EMBEDDING = new Relation(
            "embedding",
            List.of(new Column("text", BYTES), new Column("model", STRING)),
            List.of(new Column("vid", INT)),
            List.of());

    /** Which text stands for a node: the link from a node to its vector, through {@link #EMBEDDING}. */
    public static final Relation NODE_TEXT = new Relation(
            "node_text",
            List.of(new Column("id", BYTES)),
            List.of(new Column("text", BYTES)),
            List.of(new Index("by_text", List.of("text"))));

    /** The vectors. Kept apart and narrow, because a search in the engine reads each row it meets. */
    public static final Relation VEC =
            new Relation("vec", List.of(new Column("vid", INT)), List.of(new Column("v", VECTOR)), List.of());

    private Relations() {}

    /** All relations of the current version. */
    public static List<Relation> all() {
        return List.of(META, FILE, SOURCE, NODE, EDGE, DERIVED, CONCEPT, CHANGE, STATE, EMBEDDING, NODE_TEXT, VEC);
    }
}
