package dev.quarry.rag;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Questions in the plainest of the ways to put them: "what is the reason that" is "why", "in which class" is "where", and a
 * verb with its particle is one word, so that what is left of a particle is a direction. Names are {@code …} in them.
 */
final class QuestionFrames {
    private record Rule(Pattern pattern, String replacement) {}

    private static final String PEOPLE = "(?:i|we|you|one|they|somebody|someone|people)";
    private static final String SET =
            "(?:configure[sd]?|sets?|specify|specifie[sd]|change[sd]?|override|overrides|overridden|told)";
    private static final String CLAUSE_END = "(?=\\s*(?:[,;?.!]|$))";
    private static final String END = "[?.! ]*$";

    private static final List<Rule> RULES = List.of(
            rule("what's\\b", "what is"),
            rule("(where|how|who)'s\\b", "$1 is"),
            rule(
                    "^(?:(?:please|can you|could you|would you|do you know|tell me|show me|show|give"
                            + " me|give|explain|describe|i want to know|i would like to know|what about|and|so|then|the|to"
                            + " me|walk me through|help me understand|i wonder)[\\s,:]++)++",
                    ""),
            rule("\\bwithout regard to\\b|\\bregardless of\\b", "ignoring"),
            rule("(?:\\bthe )?… (?:method|class|function|interface|annotation|enum|record)\\b", "…"),
            rule("\\b(tests?|builds?|checks?|suites?) (?:passes|passed|passing|pass)\\b", "$1 succeed"),
            rule("\\b(tests?|builds?|checks?|suites?) (?:breaks|break|broke)\\b", "$1 fail"),
            rule(
                    "\\bwhat (?:is|are) (?:the )?(?:same|equal|identical|alike)\\b(?= (?:about|between|for|in|of)\\b)",
                    "what resemblance"),
            rule("\\bvs\\.?(?= )|\\bversus\\b", "differs from"),
            // What holds unless somebody says otherwise.
            rule(
                    "\\bout of the box\\b|\\bunless (?:(?:it|this|that) is |(?:i|we|you) )?(?:otherwise )?" + SET
                            + "(?: otherwise| differently)?" + CLAUSE_END,
                    "by default"),
            rule(
                    "\\b(?:if|when|as long as) (?:" + PEOPLE + " (?:do|does|did)(?: not|n't)|nobody|no one) " + SET
                            + "(?: it| this| that| one| anything| a value| any value| otherwise)?" + CLAUSE_END,
                    "by default"),
            // Verbs with particles.
            rule("\\broll(?:s|ed|ing)? back\\b", "rollback"),
            rule("\\bfall(?:s|ing)? back(?: to| on)?\\b|\\bfell back(?: to| on)?\\b", "use"),
            rule("\\b(?:log|logs|logged|logging|sign|signs|signed) (?:in|on)\\b(?! …)", "login"),
            rule("\\b(?:log|logs|logged|logging|sign|signs|signed) (?:out|off)\\b", "logout"),
            rule("\\b(?:set|sets|setting) up\\b", "configure"),
            rule("\\b(?:turn|turns|turned|switch|switches|switched) off\\b", "disable"),
            rule("\\b(?:turn|turns|turned|switch|switches|switched) on\\b", "enable"),
            rule("\\b(?:turn|turns|turned|switch|switches|switched) ((?:[^ ]+ ){1,3}?)off\\b", "disable $1"),
            rule("\\b(?:turn|turns|turned|switch|switches|switched) ((?:[^ ]+ ){1,3}?)on\\b", "enable $1"),
            rule("\\b(?:shut|shuts|shutting) down\\b", "shutdown"),
            rule("\\b(?:start|starts|started|starting) up\\b", "startup"),
            rule("\\b(?:clean|cleans|cleaned|cleaning) up\\b", "cleanup"),
            rule("\\b(?:look|looks|looked|looking) up\\b", "lookup"),
            rule("\\b(?:find|finds|found|figure|figures) out\\b", "find"),
            rule("\\bcarr(?:y|ies|ied) out\\b", "execute"),
            rule("\\b(?:give|gives|gave|giving) up\\b", "giveup"),
            rule("\\b(?:give|gives|gave|get|gets|got|given|hand|hands|handed) back\\b", "return"),
            rule("\\b(?:get|gets|got) rid of\\b|\\b(?:throw|throws|thrown) away\\b", "remove"),
            rule("\\b(?:make|makes|made) use of\\b", "use"),
            rule("\\b(?:make|makes|made) (?:a |an |any |some )?(copy|change|call)(?: of| to)?\\b", "$1"),
            rule("\\b(?:take|takes|took) care of\\b|\\b(?:cope|copes) with\\b", "handle"),
            rule("\\bin charge of\\b", "responsible for"),
            rule("\\bat once\\b|\\bright away\\b|\\bstraight away\\b|\\binstantly\\b", "immediately"),
            rule("\\bat the same time\\b|\\bin parallel\\b", "concurrently"),
            rule("\\b(\\w+) times\\b", "$1"),
            // Why.
            rule(
                    "^what (?:is|was|are) (?:the"
                            + " )?(?:reason|reasons|rationale|motivation|cause|motive|purpose|point|use|aim|goal)(?:"
                            + " behind| for| of| that| why)?\\b(?: having\\b)?",
                    "why"),
            rule("^(?:the )?(?:reason|rationale|purpose) (?:of|for|behind)\\b", "why"),
            rule("^for (?:what|which) reason\\b|^how come\\b", "why"),
            rule("^what makes\\b", "why is"),
            rule(
                    "^what (?:is|are) (?!.*\\b(?:responsible|known|used|waiting|looking)\\b)(.*?) (?:good |there )?for"
                            + END,
                    "why $1"),
            rule("^what (?:do|does|would|should) " + PEOPLE + " (?:need|use|have|want) (.*) for" + END, "why $1"),
            rule("^what purpose does (.*) (?:serve|have)" + END, "why $1"),
            rule("^why (?:do|does|did|should|would|must) " + PEOPLE + " (?:need|have|want)\\b", "why"),
            // How.
            rule(
                    "^(?:what|which) (?:is|are) (?:the"
                            + " )?(?:way|ways|manner|procedure|process|step|steps|mechanism|means|recipe)(?: in which| by"
                            + " which| that| to| for| of)?\\b",
                    "how"),
            rule(
                    "^(?:in|by|with|through|following) (?:what|which)"
                            + " (?:way|manner|means|step|steps|rule|rules|mechanism|procedure|criterion|criteria)\\b",
                    "how"),
            rule("^what (?:do|does|should|must|would) " + PEOPLE + " (?:have to |need to )?do to\\b", "how"),
            rule("^how (?:do|does|can|could|should|would|might|must|shall) " + PEOPLE + "\\b|^how to\\b", "how"),
            rule(
                    "^(?:how (?:is|are) … (?:implemented|realized|built)|(?:what is )?(?:the )?implementation of …)"
                            + END,
                    "how does … work"),
            rule("^(?:what|which) is (?:the )?(?:number|amount) of\\b|^(?:the )?(?:number|amount) of\\b", "how many"),
            // Where.
            rule(
                    "^(?:in|at) (?:what|which) (?:file|class|place|location|package|module|spot|part of the code)\\b",
                    "where"),
            rule(
                    "^(?:what|which) (?:file|class|place|location|package|module|code|component|part of the code|piece"
                            + " of code)\\b(?! (?:calls?|uses?|invokes?|references?|depends?)\\b)",
                    "where"),
            rule(
                    "^what is the (?:location|place) (?:of|where)\\b|^(?:the )?(?:location|place)"
                            + " (?:of|where)\\b|^from where\\b",
                    "where"),
            rule(
                    "^where (?:can|could|do|does|should|would|might) " + PEOPLE + " (?:find|see|look for|locate)\\b",
                    "where is"),
            // When.
            rule(
                    "^(?:at|from|in|during) (?:what|which) (?:point|moment|time|stage|phase)(?: of| in| during)?\\b",
                    "when"),
            rule("^(?:under|in) (?:what|which) (?:circumstances?|conditions?|cases?|situations?)\\b", "when"),
            // Whether.
            rule("^is it (?:possible|allowed|permitted|ok|okay|legal|true|the case)(?: to| that| for| if)?\\b", "can"),
            rule(
                    "^(?:am|are|is) " + PEOPLE
                            + " allowed to\\b|^is there (?:a|any|some) (?:way|possibility|chance) (?:to|that|of)\\b",
                    "can"),
            rule("^(?:is|are) (.{1,60}?) (?:allowed|permitted|able) to(?: be)?\\b", "can $1"),
            // What happens.
            rule(
                    "^(?:what|how) (?:happens|is done|becomes|goes on|will happen|would happen)(?: to| with| in| of|"
                            + " about)?\\b",
                    "what"),
            rule("^what does the (?:code|program|system|application) do\\b", "what"),
            rule("\\s+", " "));

    private QuestionFrames() {}

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }

    /** A question whose names are left out, in lower case and plain. */
    static String plain(String prose) {
        String plain = prose.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("\\s+", " ")
                .strip();
        for (Rule rule : RULES) {
            plain = rule.pattern().matcher(plain).replaceAll(rule.replacement());
        }
        return plain.strip();
    }
}
