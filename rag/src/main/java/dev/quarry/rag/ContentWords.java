package dev.quarry.rag;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a question that carry its meaning, each as a stem with the form that was written; words of one meaning have
 * one stem, and of opposites the name of their end stands for the word. How far the words of two questions agree is a
 * {@link WordAgreement}.
 */
final class ContentWords {
    /** What the name of an end of a pair of opposites begins with, so that it is no other word's stem. */
    static final String END = "±";

    /** What a verb begins with that mostly says little, but sometimes all: "how is a value put", "how is it taken". */
    static final char QUIET = '°';

    private static final int STEM_MIN = 3;

    /** What stands between a stem and the form that it was written in. */
    static final char FORM = '=';

    /** The longest stem of which "is" at the end is no other spelling of "iz". */
    private static final int BRITISH_MIN = 5;

    /** Where such a verb is a mere auxiliary, begins a request or belongs to a phrase. */
    private static final Pattern AUXILIARY =
            Pattern.compile("\\b(?:gets?|got) (?=\\p{L}++(?<=ed|en|wn|nt|lt|und|ept|eld|ly)\\b)"
                    + "|\\b(?:gets|got) (?=(?:from|to|into)\\b)|^(?:list|count) "
                    + "|\\btakes? (?=(?:place|part|longer)\\b)");

    private static final Pattern WORD = Pattern.compile("\\p{L}++(?:-\\p{L}++)*+");
    private static final List<String> SUFFIXES = List.of(
            "ations", "ation", "ences", "ence", "ities", "ity", "ied", "ments", "ment", "ings", "ing", "ions", "ion",
            "ers", "er", "ies", "ed", "es", "ly", "s", "e", "y");

    private static final Set<String> SILENT = words("""
        a an the this that these those it its they them their there here i we you one me my our your us
        what which who whom whose why how when where if whether
        is are was were be been being am do does did done doing has have had having will would can could should shall may
        might must need needs
        of in on at to for from by with into onto out about as than then and or but so also too
        while during through between within via per
        please explain describe tell show give gives given list me name enumerate know see count many
        happen happens happened work works working worked handle handles handled treat treats treated deal deals
        get gets got take takes taken go goes come comes came put puts make makes made let lets
        way ways manner job role behaviour behavior internally exactly actually really own some any all every each
        code instance instances thing things case point kind sort terms regard part step steps
        exist exists reason purpose responsible responsibility behave behaves possible possibly ever only one object
        objects mechanism immediately right away data behind based underlying actual whole currently normally usually
        java class classes method methods file files place places definition defined define defines declaration declared
        declares located
        pass passes passed passing value values support supports
        react reacts reacted respond responds responded become becomes became available existing certain particular
        specific current simply just still already again perform performs performed occur occurs occurred
        function functions routine routines processed processing software codebase program
        anything something everything going able located situated marked itself themselves
        not no never none without
        again same other another side
        """);

    /** Silent verbs of which one in the place of another may ask for something else, by their forms. */
    private static final Map<String, String> VERBS = verbs("""
        get gets got
        put puts
        take takes taken
        list
        count
        pass passes passed passing
        process processed processing
        support supports
        """);

    private ContentWords() {}

    private static Map<String, String> verbs(String lines) {
        Map<String, String> verbs = new HashMap<>();
        lines.lines().forEach(line -> {
            String[] forms = line.strip().split(" ", -1);
            for (String form : forms) {
                verbs.put(form, forms[0]);
            }
        });
        return Map.copyOf(verbs);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(new HashSet<>(Arrays.asList(text.strip().split("\\s+"))));
    }

    /** The stems of a text without its names. */
    static Set<String> of(String prose) {
        Set<String> stems = new TreeSet<>();
        Matcher word =
                WORD.matcher(AUXILIARY.matcher(prose.toLowerCase(Locale.ROOT)).replaceAll(""));
        while (word.find()) {
            for (String part : word.group().split("-", -1)) {
                Optional<String> pole = Opposites.pole(part);
                String verb = VERBS.get(part);
                if (pole.isPresent()) {
                    stems.add(END + pole.get());
                } else if (verb != null && SILENT.contains(part)) {
                    stems.add(QUIET + verb);
                } else if (!SILENT.contains(part) && part.length() > 1) {
                    String stem = stem(part);
                    stems.add(Opposites.poleOfStem(stem)
                            .map(END::concat)
                            .orElseGet(() -> Synonyms.first(stem) + FORM + part));
                }
            }
        }
        return stems;
    }

    /** Whether a word says too little to be one of these. */
    static boolean isSilent(String word) {
        return SILENT.contains(word);
    }

    /** Whether a list says what a word means. */
    static boolean isKnown(String word) {
        String stem = stem(word);
        return Synonyms.isKnown(stem) || Opposites.poleOfStem(stem).isPresent();
    }

    /** Whether one of these words is a verb that mostly says little. */
    static boolean isQuiet(String word) {
        return word.charAt(0) == QUIET;
    }

    /** What was written for one of these words; the end itself for one of a pair of opposites. */
    static String form(String word) {
        return word.substring(word.indexOf(FORM) + 1);
    }

    /** A word without its endings; not a word itself. */
    static String stem(String word) {
        String stem = word;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (String suffix : SUFFIXES) {
                if (stem.endsWith(suffix) && stem.length() - suffix.length() >= STEM_MIN) {
                    stem = stem.substring(0, stem.length() - suffix.length());
                    shorter = true;
                    break;
                }
            }
        }
        int length = stem.length();
        boolean isDoubled = length > STEM_MIN && stem.charAt(length - 1) == stem.charAt(length - 2);
        String single = isDoubled ? stem.substring(0, length - 1) : stem;
        return single.length() > BRITISH_MIN && single.endsWith("is")
                ? single.substring(0, single.length() - 1) + "z"
                : single;
    }
}
