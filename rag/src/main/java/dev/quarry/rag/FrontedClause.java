package dev.quarry.rag;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clause in front of what is asked: "In C, how does m …?" asks "How does m … in C?". Behind it, the kind of the question
 * shows in its first word, and names stand in the order in which they would otherwise.
 */
final class FrontedClause {
    private static final Pattern FRONTED = Pattern.compile(
            "\\s*+((?:after|as|at|before|between|by|during|for|from|given|if|in|inside|of|on|once|through|to|under|upon|using"
                    + "|via|when|whenever|while|with|within|without)\\b"
                    + "(?!\\s+(?:how|that|this|what|which|whom|whose)\\b)[^,?!;]{1,120}+),\\s++"
                    + "((?:are|can|could|did|do|does|has|have|how|is|may|must|shall|should|was|were|what|when|where|which|who"
                    + "|whom|whose|why|will|would)\\b[^?!]*+)([?!.\\s]*+)",
            Pattern.CASE_INSENSITIVE);

    private FrontedClause() {}

    /** The question with such a clause behind what is asked. */
    static String behind(String question) {
        Matcher fronted = FRONTED.matcher(question);
        if (!fronted.matches()) {
            return question;
        }
        String clause = fronted.group(1);
        String asked = fronted.group(2).strip();
        String end = asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
        return end + " " + clause.substring(0, 1).toLowerCase(Locale.ROOT) + clause.substring(1) + fronted.group(3);
    }
}
