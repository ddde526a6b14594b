package dev.quarry.rag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far the words of two questions agree. The vectors of questions cannot tell a word that means the same from one that
 * means something else in its place; static vectors of the two words can.
 *
 * @param common how many words both have
 * @param close for how many words of one the other has a word that is close in meaning
 * @param lone how many words stand in one of them alone
 * @param hasSameVerbs whether those that mostly say little are the same
 */
record WordAgreement(int common, int close, int lone, boolean hasSameVerbs) {
    private static final WordAgreement NONE = new WordAgreement(0, 0, Integer.MAX_VALUE, false);

    /** An end of a pair of opposites that other words say as well: it decides only against its opposite. */
    private static final String LOOSE = ContentWords.END + "after";

    /** The least cosine of two words' static vectors at which one may stand for the other. */
    private static final double CLOSE_MIN = 0.35;

    /** How much closer than with the same words questions must be with words that are close. */
    private static final double CLOSE_SURCHARGE = 0.08;

    /** The same where one word stands alone. */
    private static final double LONE_SURCHARGE = 0.135;

    /** How many words may stand in one of the questions alone. */
    private static final int LONE_MAX = 1;

    /** Words in whose place each other one means something else. */
    private static final Set<String> HARD = stems("""
        nanosecond microsecond millisecond second minute hour day week month year bit byte kilobyte megabyte gigabyte
        percent monday tuesday wednesday thursday friday saturday sunday north south east west
        client server reader writer producer consumer sender receiver parent child leader follower source target
        publisher subscriber user administrator frontend backend
        string integer long float double boolean char character
        """);

    private static final List<String> PREFIXES =
            List.of("un", "in", "im", "ir", "non", "dis", "de", "re", "mis", "anti");

    private static Set<String> stems(String text) {
        return Set.of(text.strip().split("\\s+")).stream()
                .map(ContentWords::stem)
                .collect(Collectors.toUnmodifiableSet());
    }

    static WordAgreement of(Set<String> first, Set<String> second) {
        if (!QuestionRoles.agree(first, second)) {
            return NONE;
        }
        Set<String> firstStems = stems(first);
        Set<String> secondStems = stems(second);
        List<String> here = lone(first, secondStems);
        List<String> there = lone(second, firstStems);
        if (decide(here, secondStems) || decide(there, firstStems)) {
            return NONE;
        }
        // Each close pair takes one from both sides, so that these cannot agree: no word needs to be compared.
        if (Math.abs(here.size() - there.size()) > LONE_MAX) {
            return NONE;
        }
        int close = closePairs(here, there);
        firstStems.retainAll(secondStems);
        return new WordAgreement(
                firstStems.size(),
                close,
                here.size() + there.size() - 2 * close,
                verbs(first).equals(verbs(second)));
    }

    /** Whether something has other roles in two questions, or one has the opposite of a word of the other. */
    static boolean contradict(Set<String> first, Set<String> second) {
        return !QuestionRoles.agree(first, second) || isOpposed(first, second) || isOpposed(second, first);
    }

    /** Whether the second has the opposite of a word in its place. */
    private static boolean isOpposed(Set<String> first, Set<String> second) {
        return first.stream()
                .filter(word -> word.startsWith(ContentWords.END) && !second.contains(word))
                .map(word -> ContentWords.END + Opposites.of(word.substring(ContentWords.END.length())))
                .anyMatch(opposite -> second.contains(opposite) && !first.contains(opposite));
    }

    /** Whether both have the same words, in whatever forms. */
    boolean isSame() {
        return close == 0 && lone == 0 && hasSameVerbs;
    }

    /** How much closer than the same words ask for two questions must be; empty if they ask for different things. */
    OptionalDouble surcharge() {
        if (lone > LONE_MAX || (lone == 1 && common + close == 0)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(lone == 1 ? LONE_SURCHARGE : close > 0 ? CLOSE_SURCHARGE : 0);
    }

    private static Set<String> stems(Set<String> words) {
        Set<String> stems = new HashSet<>();
        for (String word : words) {
            if (isCompared(word)) {
                stems.add(stem(word));
            }
        }
        return stems;
    }

    private static boolean isCompared(String word) {
        return !QuestionRoles.isRole(word) && !ContentWords.isQuiet(word);
    }

    private static Set<String> verbs(Set<String> words) {
        return words.stream().filter(ContentWords::isQuiet).collect(Collectors.toSet());
    }

    private static String stem(String word) {
        int end = word.indexOf(ContentWords.FORM);
        return end < 0 ? word : word.substring(0, end);
    }

    /** Whether one of the words that the other question lacks makes it another question. */
    private static boolean decide(List<String> lone, Set<String> others) {
        return lone.stream()
                .anyMatch(word -> word.startsWith(ContentWords.END)
                        && (!word.equals(LOOSE) || others.contains(ContentWords.END + Opposites.of("after"))));
    }

    /** The words whose stems the other question lacks. */
    private static List<String> lone(Set<String> words, Set<String> others) {
        return words.stream()
                .filter(word -> isCompared(word) && !others.contains(stem(word)))
                .sorted()
                .toList();
    }

    /** How many words of the first have a word of the second for themselves that is close in meaning. */
    private static int closePairs(List<String> first, List<String> second) {
        List<String> left = new ArrayList<>(second);
        int pairs = 0;
        for (String word : first) {
            Optional<String> closest = left.stream().max(Comparator.comparingDouble(other -> closeness(word, other)));
            if (closest.isPresent() && closeness(word, closest.get()) >= CLOSE_MIN) {
                left.remove(closest.get());
                pairs++;
            }
        }
        return pairs;
    }

    /** The cosine of two words' static vectors; 0 where one may never stand for the other. */
    static double closeness(String word, String other) {
        String stem = ContentWords.stem(ContentWords.form(word));
        String otherStem = ContentWords.stem(ContentWords.form(other));
        boolean isEnd = word.startsWith(ContentWords.END) || other.startsWith(ContentWords.END);
        boolean isTurned = PREFIXES.stream()
                .anyMatch(prefix -> stem.equals(prefix + otherStem) || otherStem.equals(prefix + stem));
        if (isEnd || isTurned || HARD.contains(stem) || HARD.contains(otherStem)) {
            return 0;
        }
        return WordVectors.cosine(ContentWords.form(word), ContentWords.form(other));
    }
}
