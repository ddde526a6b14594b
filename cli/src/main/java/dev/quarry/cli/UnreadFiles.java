package dev.quarry.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that were not read whole: first those of which a part is missing, then those that were passed over. */
final class UnreadFiles {
    private static final int SHOWN = 10;
    private static final String READ_WHOLE = "INDEXED";
    private static final String SCRIPT = "?[part, path, status, problem] := *file{path, status, problem},"
            + " status != '" + READ_WHOLE + "', part = is_in(status, ['FAILED', 'PARTIAL'])"
            + " :order -part, path :limit " + SHOWN;

    private UnreadFiles() {}

    /** The first of them; asks nothing where there are none. */
    static List<Answer.UnreadFile> first(Source source, Answer.Standing standing) {
        return count(standing) == 0
                ? List.of()
                : source.query(SCRIPT, SHOWN).rows().stream()
                        .filter(row -> row.size() > 3)
                        .map(UnreadFiles::file)
                        .toList();
    }

    private static Answer.UnreadFile file(List<@Nullable Object> row) {
        return new Answer.UnreadFile(
                String.valueOf(row.get(1)), String.valueOf(row.get(2)), String.valueOf(row.get(3)));
    }

    /** How many there are. */
    static int count(Answer.Standing standing) {
        return standing.files().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(READ_WHOLE))
                .mapToInt(entry -> entry.getValue())
                .sum();
    }
}
