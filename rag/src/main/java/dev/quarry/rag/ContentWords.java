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
 * The words of a question that carry its meaning, as stems, words of the same meaning being one, and of opposites the name
 * of their end. Two ways of asking the same
 * differ in at most one of them; what is thrown and what is returned differ in two.
 */
final class ContentWords {
    /** How many stems may stand in one of two questions alone. */
    private static final int UNMATCHED_MAX = 1;

    /** What the name of an end of a pair of opposites begins with, so that it is no other word's stem. */
    private static final String END = "±";

    /** Ends that are often left unsaid: only against their opposite do they decide. */
    private static final Set<String> LOOSE = Set.of(END + "before", END + "after");

    private static final int STEM_MIN = 3;
    private static final Pattern WORD = Pattern.compile("\\p{L}+(?:-\\p{L}+)*");
    private static final List<String> SUFFIXES = List.of(
            "ations", "ation", "ences", "ence", "ities", "ity", "ied", "ments", "ment", "ings", "ing", "ions", "ion",
            "ers", "er", "ies", "ed", "es", "ly", "s", "e", "y");

    private static final Set<String> SILENT = words("""
            a an the this that these those it its they them their there here i we you one me my our your us
            what which who whom whose why how when where if whether
            is are was were be been being am do does did done doing has have had having will would can could should shall may
            might must need needs
            of in on at to for from by with into onto out off up down over under about as than then and or but so also too
            while during through between within via per
            please explain describe tell show give gives given list me name enumerate know see number count many
            happen happens happened work works working worked handle handles handled treat treats treated deal deals
            get gets got take takes taken go goes come comes came put puts make makes made let lets
            way ways manner job role behaviour behavior internally exactly actually really own some any all every each
            code instance instances thing things case point kind sort terms regard part step steps
            exist exists reason purpose responsible responsibility behave behaves possible possibly ever only one object
            objects mechanism immediately right away data behind based underlying actual whole currently normally usually
            java class classes method methods file files place places definition defined define defines declaration declared
            declares located
            pass passes passed passing value values support supports
            not no never none without
            again same other another side
            """);

    private static final Map<String, String> SYNONYMS = synonyms("""
            modify change alter mutate update
            cover exercise
            compute calculate
            discover determine obtain find found
            construct build
            encoding charset
            assume expect require
            trigger cause
            produce generate
            execute run
            terminate finish
            error failure fail
            fetch retrieve load
            display show print
            convert transform turn
            combine merge join
            split divide
            quick fast speed performance
            memory heap
            limit restrict bound
            trim strip
            contain include hold
            link connect
            allow permit
            choose chosen chose decide select pick
            recognise recognize detect identify
            argument parameter
            invoke call
            begin start startup
            configuration config configure set setup
            replace replacement instead substitute
            several multiple concurrent concurrently
            throw thrown
            write written
            send sent
            return result back
            impact affect break
            use used uses using
            runtime time
            rebuild rebuilt
            ignore ignoring insensitively regardless
            validate validation valid
            delete remove
            add insert
            store save keep
            expensive complexity cost
            reach reaches sees
            peer remote
            """);

    private ContentWords() {}

    private static Set<String> words(String text) {
        return Set.copyOf(new HashSet<>(Arrays.asList(text.strip().split("\\s+"))));
    }

    private static Map<String, String> synonyms(String text) {
        Map<String, String> firsts = new HashMap<>();
        text.lines().forEach(line -> {
            String[] group = line.split(" ", -1);
            for (String word : group) {
                firsts.put(stem(word), stem(group[0]));
            }
        });
        return Map.copyOf(firsts);
    }

    /** The stems of a text without its names. */
    static Set<String> of(String prose) {
        Set<String> stems = new TreeSet<>();
        Matcher word = WORD.matcher(prose.toLowerCase(Locale.ROOT));
        while (word.find()) {
            for (String part : word.group().split("-", -1)) {
                Optional<String> pole = Opposites.pole(part);
                if (pole.isPresent()) {
                    stems.add(END + pole.get());
                } else if (!SILENT.contains(part) && part.length() > 1) {
                    String stem = stem(part);
                    stems.add(SYNONYMS.getOrDefault(stem, stem));
                }
            }
        }
        return stems;
    }

    private static String stem(String word) {
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
        return isDoubled ? stem.substring(0, length - 1) : stem;
    }

    /** Whether two questions may mean the same by these words. */
    static boolean agree(Set<String> first, Set<String> second) {
        return unmatched(first, second) + unmatched(second, first) <= UNMATCHED_MAX;
    }

    /** How many stems of the first the second lacks; an end of a pair of opposites is too many by itself. */
    private static int unmatched(Set<String> first, Set<String> second) {
        int unmatched = 0;
        for (String stem : first) {
            if (!second.contains(stem)) {
                boolean decides = stem.startsWith(END)
                        && (!LOOSE.contains(stem) || second.contains(END + Opposites.of(stem.substring(END.length()))));
                unmatched += decides ? UNMATCHED_MAX + 1 : 1;
            }
        }
        return unmatched;
    }
}
