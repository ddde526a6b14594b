package dev.quarry.ask;

import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.ConfigTable;
import java.util.Set;

/**
 * How questions are answered; the table {@code [ask]} of the configuration.
 *
 * @param contextTokens the budget of the code that a model is given
 * @param historyTurns how many earlier questions of a conversation a model is given
 * @param historyChars how many characters these may have, with their answers
 * @param cache whether answers are kept, and given again to questions that mean the same
 */
public record AskSettings(int contextTokens, int historyTurns, int historyChars, boolean cache) {
    /** What holds unless the configuration says otherwise. */
    public static final AskSettings DEFAULT = new AskSettings(8_000, 6, 12_000, true);

    private static final int TOKENS_MIN = 500;
    private static final int TOKENS_MAX = 200_000;
    private static final int TURNS_MAX = 100;
    private static final int CHARS_MAX = 1_000_000;

    /** What the configuration says. */
    public static AskSettings of(ConfigFile file) {
        ConfigTable table =
                file.table("ask").allowing(Set.of("context_tokens", "history_turns", "history_characters", "cache"));
        return new AskSettings(
                table.number("context_tokens", DEFAULT.contextTokens, TOKENS_MIN, TOKENS_MAX),
                table.number("history_turns", DEFAULT.historyTurns, 0, TURNS_MAX),
                table.number("history_characters", DEFAULT.historyChars, 0, CHARS_MAX),
                table.truth("cache", DEFAULT.cache));
    }
}
