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
        minimum|maximum limit limited cap capped
        size length|weight
        encode encoder|decode decoder
        install|uninstall
        resemblance equal identical alike common|differ differs different difference
        optimistic|pessimistic
        parse parses parsed parsing|format formats formatted formatting
        extend extends extended|implement implements implemented implementation
        eager eagerly|lazy lazily
        internal|external
        abstract|concrete
        primary|secondary
        strong|weak
        high higher highest|low lower lowest
        short shorter shortest|long longer longest
        old older oldest|new newer newest
        previous|next
        import imports imported|export exports exported
        upload uploads uploaded|download downloads downloaded
        subscribe subscribes subscribed|unsubscribe unsubscribes unsubscribed
        commit commits committed|rollback rollbacks
        merge merges merged merging|split splits splitting
        assign assigns assigned|revoke revokes revoked
        expand expands expanded|collapse collapses collapsed
        escape escapes escaped|unescape unescapes unescaped
        wrap wraps wrapped|unwrap unwraps unwrapped
        bind binds bound|unbind unbinds unbound
        pack packs packed|unpack unpacks unpacked
        inbound|outbound
        upstream|downstream
        memory|disk|network
        credit|debit
        hourly|daily|weekly|monthly|yearly
        json|xml|yaml|csv|html|pdf
        string|integer|float|double|boolean|character
        getter|setter
        sum|average|median
        add|update updates updated updating|remove
        get|put|set|take|add|remove
        """;

    private static final List<List<Set<String>>> ALL = LINES.lines()
            .map(line -> Stream.of(line.split("\\|", -1))
                    .map(forms -> Stream.of(forms.split(" ", -1))
                            .map(ContentWords::stem)
                            .collect(Collectors.toUnmodifiableSet()))
                    .toList())
            .toList();

    private final Set<String> here;
    /** The lines of which something is said here; of most questions there is none. */
    private final List<List<Set<String>>> lines;

    /** What a question excludes by these words, as {@link ContentWords} has them. */
    Exclusions(Set<String> words) {
        here = stems(words);
        lines = ALL.stream()
                .filter(line -> line.stream().anyMatch(meaning -> isSaid(meaning, here)))
                .toList();
    }

    /** Whether a word of it excludes what another question says in its place. */
    boolean contradicts(Set<String> words) {
        if (lines.isEmpty()) {
            return false;
        }
        Set<String> there = stems(words);
        return lines.stream().anyMatch(line -> contradict(line, here, there));
    }

    private static boolean isSaid(Set<String> meaning, Set<String> stems) {
        return meaning.stream().anyMatch(stems::contains);
    }

    private static boolean contradict(List<Set<String>> meanings, Set<String> here, Set<String> there) {
        boolean isSaidHere = false;
        boolean isSaidThere = false;
        for (Set<String> meaning : meanings) {
            boolean first = isSaid(meaning, here);
            boolean second = isSaid(meaning, there);
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
            String form = ContentWords.form(word);
            boolean isMarked = form.startsWith(ContentWords.END) || ContentWords.isQuiet(form);
            stems.add(ContentWords.stem(isMarked ? form.substring(1) : form));
        }
        return stems;
    }
}
