package dev.quarry.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that were not read whole: first those of which a part is missing, then those that were passed over; last
 * those that are read and have a problem nevertheless, as an encoding that nobody told.
 *
 * @param first the first of them
 * @param more how many there are besides
 */
record UnreadFiles(List<Answer.UnreadFile> first, int more) {
    private static final int SHOWN = 10;
    private static final String READ_WHOLE = "INDEXED";
    private static final String NOTED =
            "?[count(path)] := *file{path, status, problem}, status == '" + READ_WHOLE + "', problem != ''";
    private static final String SCRIPT = "?[rank, path, status, problem] := *file{path, status, problem},"
            + " status != '" + READ_WHOLE + "' || problem != '',"
            + " rank = if(is_in(status, ['FAILED', 'PARTIAL']), 0, if(status == '" + READ_WHOLE + "', 2, 1))"
            + " :order rank, path :limit " + SHOWN;

    UnreadFiles {
        first = List.copyOf(first);
    }

    /** Those of the store that a source has. */
    static UnreadFiles of(Source source, Answer.Standing standing) {
        List<List<@Nullable Object>> noted = source.query(NOTED, 1).rows();
        int all = standing.filesNotWhole()
                + (!noted.isEmpty() && noted.getFirst().getFirst() instanceof Number count ? count.intValue() : 0);
        List<Answer.UnreadFile> first = all == 0
                ? List.of()
                : source.query(SCRIPT, SHOWN).rows().stream()
                        .filter(row -> row.size() > 3)
                        .map(UnreadFiles::file)
                        .toList();
        return new UnreadFiles(first, Math.max(0, all - first.size()));
    }

    private static Answer.UnreadFile file(List<@Nullable Object> row) {
        return new Answer.UnreadFile(
                String.valueOf(row.get(1)), String.valueOf(row.get(2)), String.valueOf(row.get(3)));
    }
}
