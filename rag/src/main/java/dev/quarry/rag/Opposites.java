package dev.quarry.rag;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Words whose opposites stand in the same places, so that vectors can hardly tell them apart. */
final class Opposites {
    /** A line for each pair: the forms of one end, a bar, the forms of the other. */
    private static final String PAIRS = """
        first earliest|last latest final
        before prior|after once
        open opens opened opening|close closes closed closing
        read reads reading reader|write writes written writing writer
        start starts started starting begin begins startup|stop stops stopped stopping ends ended shutdown
        enable enables enabled enabling|disable disables disabled disabling
        allow allows allowed permitted|forbid forbids forbidden deny denies denied disallow disallowed
        encode encodes encoded encoding charset|decode decodes decoded
        encrypt encrypts encrypted encryption|decrypt decrypts decrypted decryption
        serialize serializes serialized serialization|deserialize deserializes deserialized deserialization
        compress compresses compressed|decompress decompresses decompressed
        lock locks locked locking|unlock unlocks unlocked unlocking
        push pushes pushed|pop pops popped
        add adds added adding insert inserts inserted|remove removes removed removing delete deletes deleted \
        deleting discard erase clear drop drops dropped evict eviction purge
        increase increases increased increment|decrease decreases decreased decrement
        minimum min smallest least|maximum max largest greatest
        left|right
        leading beginning|trailing end
        upper uppercase|lower lowercase
        ascending|descending
        synchronous synchronously sync|asynchronous asynchronously async
        mutable|immutable
        create creates created creating instantiate instantiates instantiated|destroy destroys destroyed
        check checks checked checking enforce enforces enforced verify verifies verified validate validates \
        validated validation|skip skips skipped skipping
        grow grows growth grew|shrink shrinks shrank
        wrong broken buggy bug|correct correctly
        positive|negative
        small|large big huge
        fast faster|slow slower
        login|logout
        online|offline
        local|remote
        full|partial
        manual manually|automatic automatically
        explicit explicitly|implicit implicitly
        load loaded loading|unload unloads unloaded
        public|private
        input inputs|output outputs
        parent superclass supertype base|child subclass subtype subclasses subtypes
        include includes included including|exclude excludes excluded
        success succeed succeeds successful successfully succeeded normally|failure failures fail fails failed \
        failing crash
        valid|invalid
        present|absent gone
        true|false
        always|sometimes
        send sends sent sending|receive receives received receiving
        connect connects connected|disconnect disconnects disconnected
        register registers registered|unregister unregisters unregistered
        acquire acquires acquired allocate allocates allocated allocation|release releases released free frees \
        freed freeing reclaim
        append appends appended|prepend prepends prepended
        incoming|outgoing
        shallow|deep
        even|odd
        above|below
        up|down
        more|less fewer
        hit|miss
        accept accepts accepted|reject rejects rejected refuse
        sorted|unsorted
        safe|unsafe
        known|unknown
        visible|hidden invisible
        static|dynamic
        inside|outside
        head|tail
        top|bottom
        hot|cold
        pause paused suspend|resume resumed
        attach attaches attached|detach detaches detached
        mount mounted|unmount unmounted
        install installed|uninstall uninstalled
        upgrade upgraded|downgrade downgraded
        horizontal|vertical
        row rows|column columns
        signed|unsigned
        throw throws thrown threw throwing raise raises raised|catch catches caught catching
        optional|mandatory required
        """;

    private Opposites() {}

    private static final Map<String, String> POLES = new HashMap<>();
    private static final Map<String, String> OTHERS = new HashMap<>();
    private static final Map<String, String> BY_STEM = new HashMap<>();

    static {
        PAIRS.lines().forEach(line -> {
            String[] ends = line.split("\\|", -1);
            for (String end : ends) {
                String[] forms = end.split(" ", -1);
                for (String form : forms) {
                    POLES.put(form, forms[0]);
                    BY_STEM.putIfAbsent(ContentWords.stem(form), forms[0]);
                }
            }
            OTHERS.put(ends[0].split(" ", -1)[0], ends[1].split(" ", -1)[0]);
            OTHERS.put(ends[1].split(" ", -1)[0], ends[0].split(" ", -1)[0]);
        });
    }

    /** The name of the end that a word stands for, if it is one of a pair. */
    static Optional<String> pole(String word) {
        return Optional.ofNullable(POLES.get(word));
    }

    /** The name of the end that a word of this stem stands for, if it is one of a pair. */
    static Optional<String> poleOfStem(String stem) {
        return Optional.ofNullable(BY_STEM.get(stem));
    }

    /** The name of the other end; empty if this is the name of none. */
    static String of(String pole) {
        return OTHERS.getOrDefault(pole, "");
    }
}
