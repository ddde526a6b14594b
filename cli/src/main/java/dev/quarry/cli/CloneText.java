package dev.quarry.cli;

import java.util.Locale;

/** Writes duplicates for people: a line for each, and between groups what they have in common. */
final class CloneText {
    /** How many members of a group are shown; {@code --json} has all. */
    private static final int SHOWN = 20;

    private final AnswerText text;

    CloneText(AnswerText text) {
        this.text = text;
    }

    /** Writes groups, each under a line that says how alike its members are and what they cost; so many were asked for. */
    void groups(Answer.CloneGroups answer, int limit) {
        for (Answer.CloneGroup group : answer.groups()) {
            text.heading(
                    group.count() + " " + group.kind() + ", " + AnswerText.count(group.saving(), "line") + " to save");
            group.members().stream().limit(SHOWN).forEach(this::duplicate);
            if (group.count() > SHOWN) {
                text.heading("  and " + (group.count() - SHOWN) + " more");
            }
        }
        text.note(AnswerText.count(answer.groups().size(), "group") + text.more(answer.truncated(), limit));
        text.noteStanding(answer.standing());
    }

    /** Writes what is like one symbol; so many were asked for. */
    void duplicates(Answer.Clones answer, int limit) {
        answer.clones().forEach(this::duplicate);
        text.note(AnswerText.count(answer.clones().size(), "duplicate") + " of "
                + Names.shown(answer.symbol().symbol())
                + text.more(answer.truncated(), limit));
        text.noteStanding(answer.standing());
    }

    private void duplicate(Answer.Clone clone) {
        text.write(
                clone.symbol(),
                clone.symbol().line(),
                "",
                String.format(Locale.ROOT, "  %s %.2f", clone.alike(), clone.similarity()));
    }
}
