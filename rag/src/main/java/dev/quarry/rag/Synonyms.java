package dev.quarry.rag;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Words that ask for the same where code is asked about, with the forms that no ending tells. */
final class Synonyms {
    /** A line for each meaning. A word stands in one line, and none of these is an end of a pair of {@link Opposites}. */
    private static final String LINES = """
        change modify alter mutate update edit adjust revise
        cover exercise
        compute calculate derive
        find found locate discover determine obtain lookup search
        build built construct assemble
        expect assume require
        trigger cause lead provoke
        produce generate emit
        call invoke invocation run ran execute perform
        finish terminate complete
        fetch retrieve
        show shown display print render
        convert transform turn translate
        merge combine join concatenate unite unify
        split divide partition separate
        quick fast speed performance rapid
        memory heap ram
        limit restrict bound cap constrain restriction
        trim strip
        contain hold held comprise consist
        link attach
        choose chosen chose choice select selection pick decide decision elect
        recognize recognise detect detection identify notice spot
        argument parameter param
        configuration config configure set setup setting option preference
        replace replacement instead substitute swap
        several multiple concurrent concurrently parallel simultaneous simultaneously
        return result
        store save persist keep kept retain preserve maintain
        affect impact influence break broken broke
        use usage utilize utilise employ
        time runtime duration
        rebuild rebuilt
        ignore ignoring insensitively regardless disregard
        expensive complexity cost costly
        reach sees arrive
        peer remote counterpart
        notify signal inform alert notification
        copy copied clone
        analyze analyse analysis examine inspect
        guarantee ensure assure promise
        avoid prevent
        protect guard
        schedule plan
        retry attempt try tries tried retries
        exception error fault
        directory folder
        documentation docs doc
        identifier id
        database db
        response reply respond
        missing lacking lack
        order sequence ordering
        depend rely dependency dependent
        inherit extend
        deprecated obsolete outdated
        permission privilege authorization
        wrap enclose surround
        iterate loop traverse iteration
        resolve settle solve
        refresh reload renew
        rest remaining remainder
        expire lapse
        empty blank
        default fallback standard
        unit measure
        size length
        decorate adorn
        meaning mean meant signify
        sort sorted
        hide hidden hid
        old former previous
        interval period
        schema layout
        rename renamed
        log logged logging
        buffer
        route routing dispatch
        monitor observe watch
        cancel abort interrupt
        reject refuse decline
        accept take
        count counted
        compare comparison
        divide division
        """;

    private static final Map<String, String> FIRSTS = new HashMap<>();

    private Synonyms() {}

    static {
        UnaryOperator<String> stem = ContentWords::stem;
        LINES.lines().forEach(line -> {
            String[] group = line.split(" ", -1);
            for (String word : group) {
                FIRSTS.putIfAbsent(stem.apply(word), stem.apply(group[0]));
            }
        });
    }

    /** Whether a word of this stem has a meaning here. */
    static boolean isKnown(String stem) {
        return FIRSTS.containsKey(stem);
    }

    /** The word by which a meaning is named, as a stem; the stem itself where it is the only one known. */
    static String first(String stem) {
        return FIRSTS.getOrDefault(stem, stem);
    }
}
