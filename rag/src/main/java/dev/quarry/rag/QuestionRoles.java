package dev.quarry.rag;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who does what to whom, as far as the order of a question's words tells: whether what is named does something or has
 * something done to it, and which of a client and a server, and of others that face each other, something comes from.
 */
final class QuestionRoles {
    /** What the role of one that does something, and of one to which something is done, begins with. */
    static final char SOURCE = '»';

    static final char TARGET = '«';

    private static final String NAME = "…";
    private static final String AUXILIARY = "(?:does|do|did|will|would|can|could|should|may|must)";
    private static final String NEUTRAL =
            "(?:work|works|happen|mean|means|exist|exists|do|does|behave|behaves|look|looks|is"
                    + "|was|has|react|reacts|and|or|in|of|on|for|with|if|when|to|as|at|from|after|before|instead|not"
                    + "|(?:run|runs|start|starts|end|ends)(?=[?. ]*$| while| when| at| during))";
    private static final String LINKED = "(?:is|are|was|were|be|been|being|gets?|get)";
    private static final String PARTICIPLE =
            "(?:\\p{L}+ly )?(?:\\p{L}+(?:ed|en|wn|nt|lt|und|ept|eld)|set|run|read|put|cut|split)\\b";
    private static final String NO_VERB = "(?:is|are|was|were|does|do|did|in|of|for|by|to|with|at|on|from|inside|behind"
            + "|about|than|within|through|via|between|and|or|after|before|if|when|that|the|a|an)";

    private static final Pattern BY = Pattern.compile("\\bby " + NAME);
    private static final Pattern DONE = Pattern.compile(
            "\\b" + LINKED + " " + NAME + " " + PARTICIPLE + "|" + NAME + " " + LINKED + " " + PARTICIPLE);
    private static final Pattern DOES = Pattern.compile("\\b" + AUXILIARY + " " + NAME + " (?!" + NEUTRAL
            + "\\b)\\p{L}+"
            + "|\\b(?:how|what|why|when|where|if|once|while|that|whether|who|reason|(?:which|what) \\p{L}+) " + NAME
            + " (?!" + NEUTRAL + "\\b)\\p{L}+s\\b");
    private static final Pattern VERB_BEFORE = Pattern.compile("^(?:what|who|which|where|how)(?: \\p{L}+){0,2}? (?!"
            + NO_VERB + "\\b)\\p{L}+ " + NAME
            + "|^(?:what|who|which(?: \\p{L}+){1,2}) (?!" + NO_VERB + "\\b)\\p{L}+s (?:to|on|from|with|at) " + NAME
            + "|\\b(?:instead of|replacement (?:for|of)|successor (?:to|of)) " + NAME
            + "|\\btests? (?:\\p{L}+ )?(?:check|checks|cover|covers|exercise|exercises|verify|verifies|for|of) " + NAME
            + "|\\b(?:callers?|implementations?|implementors?|subclasses|usages?|users?) of " + NAME
            + "|\\b(?:calls?|references?) to " + NAME);

    /** What faces each other; a line for each pair. */
    private static final String PAIRS = """
        client server
        reader writer
        producer consumer
        sender receiver
        parent child
        caller callee
        leader follower
        source target
        master replica
        publisher subscriber
        user administrator
        frontend backend
        main worker
        """;

    private static final Map<String, String> FACING = new HashMap<>();

    static {
        PAIRS.lines().forEach(line -> {
            String[] pair = line.split(" ", -1);
            FACING.put(pair[0], pair[1]);
            FACING.put(pair[1], pair[0]);
        });
    }

    /** What is made into what. */
    private static final Pattern MADE_INTO = Pattern.compile(
            "\\b(\\p{L}+) (?:(?:is|are|be|being|get|gets) )?(?:converted |turned |transformed |translated |mapped"
                    + " |cast |parsed )?(?:in)?to (?:a |an |the )?(\\p{L}+)");

    private static final Pattern MAKES_INTO = Pattern.compile(
            "\\b(?:convert|turn|transform|translate|map|cast|parse)(?:s|ed|t|ing|ped|ping|d)?\\b|\\bconversion\\b");

    private QuestionRoles() {}

    /** The roles in a plain question; that of the name only where there is one alone. */
    static Set<String> of(String plain, int names) {
        Set<String> roles = new TreeSet<>();
        if (names == 1) {
            nameRole(plain, roles);
        }
        for (String noun : FACING.keySet()) {
            if (isSource(plain, noun)) {
                roles.add(SOURCE + noun);
                String other = FACING.getOrDefault(noun, "");
                if (mentions(plain, other) && !isSource(plain, other)) {
                    roles.add(TARGET + other);
                }
            } else if (isTarget(plain, noun)) {
                roles.add(TARGET + noun);
            }
        }
        Matcher made = MADE_INTO.matcher(plain);
        if (MAKES_INTO.matcher(plain).find() && made.find()) {
            roles.add(SOURCE + ContentWords.stem(made.group(1)));
            roles.add(TARGET + ContentWords.stem(made.group(2)));
        }
        return roles;
    }

    private static void nameRole(String plain, Set<String> roles) {
        if (BY.matcher(plain).find()) {
            roles.add(SOURCE + NAME);
        } else if (DONE.matcher(plain).find()) {
            roles.add(TARGET + NAME);
        } else if (DOES.matcher(plain).find()) {
            roles.add(SOURCE + NAME);
        } else if (VERB_BEFORE.matcher(plain).find()) {
            roles.add(TARGET + NAME);
        }
    }

    private static boolean mentions(String plain, String noun) {
        return plain.matches(".*\\b" + noun + "s?\\b.*");
    }

    private static boolean isSource(String plain, String noun) {
        String article = "(?:(?:the|a|an|any|each|another|our|its) )?";
        return plain.matches(".*\\b(?:by|from) " + article + noun + "s?\\b.*")
                || plain.matches(".*\\b(?:" + AUXILIARY + "|how|why|when|if|once|that|whether) " + article + noun
                        + "s?(?!')\\b(?! (?:is|are) ).*");
    }

    private static boolean isTarget(String plain, String noun) {
        String article = "(?:(?:the|a|an|any|each|another|our|its) )?";
        return plain.matches(".*\\bto " + article + noun + "s?\\b.*")
                || plain.matches(".*\\b" + LINKED + " " + article + noun + "s? " + PARTICIPLE + ".*");
    }

    /** Whether nothing that is a source in one is a target in the other. */
    static boolean agree(Set<String> first, Set<String> second) {
        return !conflict(first, second) && !conflict(second, first);
    }

    private static boolean conflict(Set<String> sources, Set<String> targets) {
        Set<String> common = new HashSet<>();
        for (String role : sources) {
            if (role.charAt(0) == SOURCE && targets.contains(TARGET + role.substring(1))) {
                common.add(role);
            }
        }
        return !common.isEmpty();
    }

    /** Whether a word is a role. */
    static boolean isRole(String word) {
        return word.charAt(0) == SOURCE || word.charAt(0) == TARGET;
    }
}
