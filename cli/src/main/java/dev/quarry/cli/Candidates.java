package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.List;

/** Says which symbols a name may mean. */
final class Candidates {
    private static final int SHOWN_MAX = 20;

    private Candidates() {}

    /** The failure to tell these symbols apart; lists them in a form that can be given instead. */
    static QuarryException ambiguous(String name, List<Answer.Symbol> candidates, Places places) {
        StringBuilder message = new StringBuilder()
                .append('\'')
                .append(name)
                .append("' fits ")
                .append(candidates.size())
                .append(" symbols: name one of them, or its file and line");
        for (Answer.Symbol candidate : candidates.subList(0, Math.min(SHOWN_MAX, candidates.size()))) {
            String place = places.plain(candidate.file(), candidate.line());
            message.append("\n  ").append(Names.printable(candidate.symbol()));
            if (!place.isEmpty()) {
                message.append("  ").append(place);
            }
        }
        if (candidates.size() > SHOWN_MAX) {
            message.append("\n  and ").append(candidates.size() - SHOWN_MAX).append(" more");
        }
        return new QuarryException(ErrorCode.AMBIGUOUS, message.toString(), new Named(candidates));
    }

    /** Goes with the failure, for who shows them in another way. */
    static final class Named extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Answer.Symbol> candidates;

        Named(List<Answer.Symbol> candidates) {
            super();
            this.candidates = List.copyOf(candidates);
        }

        List<Answer.Symbol> candidates() {
            return candidates;
        }
    }
}
