package dev.quarry.rag;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words of which one in the place of another makes it another question, where all else may be said otherwise. Unlike
 * {@link Opposites} they say nothing where they stand alone. Of a question, none of the same line may stand in the other.
 */
final class Exclusions {
    /** A line for each set of meanings that exclude each other: the forms of each, between bars. */
    private static final String LINES = """
        nanosecond|microsecond|millisecond|second|minute|hour|day|week|month|year
        bit|byte|kilobyte|megabyte|gigabyte
        monday|tuesday|wednesday|thursday|friday|saturday|sunday
        produce produced returned|consume consumed
        over beyond above exceed more most|under below less fewer least
        succeed succeeds success|fail fails failure problem error break breaks
        stay stayed same unchanged remain|change changed differ different
        keep kept retain retained|retire retired evict evicted discard discarded drop dropped
        header|body|footer|trailer
        request|response
        source|target destination
        caller|callee
        implement implements implementing|use uses using
        client|server
        producer|consumer
        reader|writer
        minimum min|maximum max
        encode encoder|decode decoder
        install|uninstall
        """;

    private static final List<List<Set<String>>> ALL = LINES.lines()
            .map(line -> Stream.of(line.split("\\|", -1))
                    .map(forms -> Stream.of(forms.split(" ", -1))
                            .map(ContentWords::stem)
                            .collect(Collectors.toUnmodifiableSet()))
                    .toList())
            .toList();

    private Exclusions() {}

    /** Whether a word of one question excludes what the other says in its place; words as {@link ContentWords} has them. */
    static boolean contradict(Set<String> first, Set<String> second) {
        Set<String> here = stems(first);
        Set<String> there = stems(second);
        return ALL.stream().anyMatch(line -> contradict(line, here, there));
    }

    private static boolean contradict(List<Set<String>> meanings, Set<String> here, Set<String> there) {
        boolean isSaidHere = false;
        boolean isSaidThere = false;
        for (Set<String> meaning : meanings) {
            boolean first = meaning.stream().anyMatch(here::contains);
            boolean second = meaning.stream().anyMatch(there::contains);
            if (first && second) {
                return false;
            }
            isSaidHere |= first;
            isSaidThere |= second;
        }
        return isSaidHere && isSaidThere;
    }

    private static Set<String> stems(Set<String> words) {
        Set<String> stems = new TreeSet<>();
        for (String word : words) {
            stems.add(ContentWords.stem(
                    word.startsWith(ContentWords.END)
                            ? word.substring(ContentWords.END.length())
                            : word.substring(word.indexOf(ContentWords.FORM) + 1)));
        }
        return stems;
    }
}
