package dev.quarry.schema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * From version 1 to 2: an edge has the column of its first site beside the line, so that scripts can show
 * {@code file:line:column} without taking {@code sites} apart.
 *
 * <p>The script spells out the relation as it is in version 2: a migration does not follow later versions. The engine
 * cannot add a column, so the rows are copied, and indexes go first because renaming an indexed relation breaks it.
 */
final class EdgeColumn {
    private static final String REST = "src, kind, dst, role, found, line, count, sites, detail";

    static final Migration STEP = new Migration(
            1,
            "edges get the column of their first site",
            List.of(
                    "::index drop edge:rev",
                    "?[" + REST + ", col] := *edge{" + REST + "}, bits = unpack_bits(sites), col = " + column()
                            + " :create edge_2 {src: Bytes, kind: String, dst: Bytes, role: String =>"
                            + " found: String, line: Int, col: Int, count: Int, sites: Bytes, detail: String}",
                    "::remove edge",
                    "::rename edge_2 -> edge",
                    "::index create edge:rev {dst, kind, src}"));

    private EdgeColumn() {}

    /** The column is in the last 12 of the first 32 bits of {@code sites}, the most significant first. */
    private static String column() {
        return IntStream.range(0, 12)
                .mapToObj(bit -> (1 << (11 - bit)) + " * to_int(get(bits, " + (20 + bit) + ", false))")
                .collect(Collectors.joining(" + "));
    }
}
