package dev.quarry.rag;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that are common verbs, where they stand as no verb does: "what does put return?", "who calls get?". */
final class BareNames {
    private static final String VERB =
            "(?:get|put|take|list|count|pass|process|support|make|give|show|perform|handle|let)";
    private static final String TOLD =
            "(?:called|invoked|used|overridden|overloaded|declared|defined|implemented|tested"
                    + "|deprecated|safe|thread-?safe|atomic|synchronized)";

    /** What calls or is about something, where no sentence goes on behind it. */
    private static final String ABOUT =
            "(?:calls?|called|calling|invok(?:e|es|ed|ing)|covers?|callers of|usages? of|use|using"
                    + "|tests? of|of|by|behind|inside|before|after)";

    private static final Pattern BARE = Pattern.compile(
            "\\b(?:does|did|doesn't|didn't) " + VERB + "\\b(?! for\\b)"
                    + "|\\b" + ABOUT + " " + VERB + "(?=\\s*(?:[?.!,]|$)"
                    + "|\\s(?:with|on|in|when|if|twice|and|or|is|are|returns?|throws?)\\b)"
                    + "|\\b(?:the|in|of|a) " + VERB + "(?= (?:method|function|operation)\\b)"
                    + "|\\b(?:is|are|was|when|if|where|why|how) " + VERB
                    + "(?= (?:(?:is|be|was) )?(?:" + TOLD + "|returns|throws)\\b)",
            Pattern.CASE_INSENSITIVE);

    private BareNames() {}

    /** The question with such names in quotes. */
    static String quoted(String question) {
        return BARE.matcher(question).replaceAll(bare -> {
            String text = bare.group();
            int name = text.lastIndexOf(' ') + 1;
            return Matcher.quoteReplacement(text.substring(0, name) + "`" + text.substring(name) + "`");
        });
    }
}
