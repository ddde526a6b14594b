package dev.quarry.graphdb;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;

/** How a file lies in a row of the relation {@code file}. */
final class FileRows {
    /** The relation's columns behind its key, in the order of {@link #read}. */
    static final String COLUMNS = "path, raw, facts, status, problem, bytes, lines, internal, library, jdk, unresolved";

    private FileRows() {}

    static void put(ColumnTable table, StoredFile stored) {
        FileRecord file = stored.file();
        table.id(file.id())
                .text(file.path())
                .hash(file.raw())
                .hash(stored.facts())
                .text(file.status().name())
                .text(file.problem())
                .integer(file.bytes())
                .integer(file.lines())
                .integer(file.coverage().internal())
                .integer(file.coverage().library())
                .integer(file.coverage().jdk())
                .integer(file.coverage().unresolved());
    }

    static StoredFile read(Rows rows, int row) {
        Coverage coverage = new Coverage(
                rows.smallInteger(7, row),
                rows.smallInteger(8, row),
                rows.smallInteger(9, row),
                rows.smallInteger(10, row));
        FileRecord file = new FileRecord(
                rows.text(0, row),
                rows.hash(1, row),
                FileStatus.valueOf(rows.text(3, row)),
                rows.text(4, row),
                rows.integer(5, row),
                rows.smallInteger(6, row),
                coverage);
        return new StoredFile(file, rows.hash(2, row));
    }
}
