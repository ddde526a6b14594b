package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Secrets;
import dev.quarry.schema.StampedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache in a file of its own beside the graph, so that neither waits for the other. Questions that the gate tells apart
 * lie in different buckets; within one, sketches of the vectors rule out most, and cosines decide.
 */
public final class StoredAnswerCache implements AnswerCache {
    private static final Logger log = LoggerFactory.getLogger(StoredAnswerCache.class);
    private static final String FILE = "log";
    private static final int CANDIDATES_MAX = 8;
    private static final int COMPARED_MAX = 256;
    private static final int ID_DIGITS = 32;
    private static final int RECORDS_FREE = 1_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path directory;
    private final CacheRules rules;
    private final Function<Collection<NodeId>, Map<NodeId, ContentHash>> contents;
    private final Clock clock;
    private final CacheCounters counters = new CacheCounters();
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final Map<String, CacheEntry> byId = new HashMap<>();
    private final Map<CacheEntry.Key, List<CacheEntry>> buckets = new HashMap<>();
    private @Nullable AnswerLog store;
    private boolean closed;
    private boolean tried;
    private long retryAt;
    private long records;

    /**
     * A cache in this directory, opened when it is first used.
     *
     * @param contents the content that declarations have now; those that are gone are left out
     */
    public StoredAnswerCache(
            Path directory,
            CacheRules rules,
            Function<Collection<NodeId>, Map<NodeId, ContentHash>> contents,
            Clock clock) {
        this.directory = directory;
        this.rules = rules;
        this.contents = contents;
        this.clock = clock;
    }

    /** A cache in this directory for answers about this graph. */
    public static StoredAnswerCache of(Path directory, CacheRules rules, GraphStore graph) {
        return new StoredAnswerCache(directory, rules, ids -> contents(graph, ids), Clock.systemUTC());
    }

    private static Map<NodeId, ContentHash> contents(GraphStore graph, Collection<NodeId> ids) {
        Map<NodeId, ContentHash> contents = new HashMap<>();
        for (StampedNode node : graph.nodes(ids)) {
            contents.put(node.node().id(), node.node().content());
        }
        return contents;
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(AnswerLog open) throws IOException;
    }

    /** Does something with the open log; empty if there is none, or if it fails, and then the cache rests for a while. */
    private <T> Optional<T> with(Work<T> work) {
        lock.lock();
        try {
            AnswerLog open = opened();
            return Optional.of(work.on(open));
        } catch (IOException | RuntimeException failure) {
            counters.failures.increment();
            rest(failure);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private AnswerLog opened() throws IOException {
        AnswerLog open = store;
        if (open != null) {
            return open;
        }
        if (closed || (tried && System.nanoTime() - retryAt < 0)) {
            throw new IOException("the cache is closed, or rests after a failure");
        }
        tried = true;
        retryAt = System.nanoTime() + RETRY_NANOS;
        Files.createDirectories(directory);
        byId.clear();
        buckets.clear();
        records = 0;
        open = AnswerLog.open(directory.resolve(FILE), this::replay);
        store = open;
        return open;
    }

    private void replay(AnswerLog.Event event) {
        records++;
        switch (event) {
            case AnswerLog.Event.Put(CacheEntry entry) -> enter(entry);
            case AnswerLog.Event.Mark(String id, CacheEntry.Use use) -> {
                CacheEntry entry = byId.get(id);
                if (entry != null) {
                    enter(entry.with(use));
                }
            }
            case AnswerLog.Event.Drop(String id) -> leave(id);
        }
    }

    private void rest(Exception failure) {
        AnswerLog open = store;
        if (open != null) {
            log.warn("the answer cache in {} does not work and rests", directory, failure);
            store = null;
            retryAt = System.nanoTime() + RETRY_NANOS;
            try {
                open.close();
            } catch (IOException ignored) {
                log.debug("the log of the answer cache cannot be closed", ignored);
            }
        }
    }

    private void enter(CacheEntry entry) {
        leave(entry.id());
        byId.put(entry.id(), entry);
        buckets.computeIfAbsent(entry.key(), _ -> new ArrayList<>()).add(entry);
    }

    private boolean leave(String id) {
        CacheEntry gone = byId.remove(id);
        if (gone == null) {
            return false;
        }
        List<CacheEntry> bucket = buckets.get(gone.key());
        if (bucket != null && bucket.removeIf(entry -> entry.id().equals(id)) && bucket.isEmpty()) {
            buckets.remove(gone.key());
        }
        return true;
    }

    @Override
    public Lookup find(CacheQuestion question) {
        long start = System.nanoTime();
        Lookup found = new Lookup.Miss(Reason.FAILED);
        try {
            QuestionVector vector = QuestionVector.of(question.vector());
            CacheEntry.Key key =
                    new CacheEntry.Key(question.scope(), question.gate().key());
            Set<String> words = question.gate().words();
            Optional<List<Candidate>> candidates = with(_ -> candidates(key, words, vector));
            if (candidates.isPresent()) {
                found = usable(candidates.get(), question);
            }
        } catch (RuntimeException defect) {
            counters.failures.increment();
            log.warn("a lookup in the answer cache failed", defect);
        }
        counters.count(found, System.nanoTime() - start);
        return found;
    }

    private record Candidate(CacheEntry entry, double similarity) {}

    /** The entries of a bucket that are close enough, the closest first. */
    private List<Candidate> candidates(CacheEntry.Key key, Set<String> words, QuestionVector vector) {
        List<Candidate> close = new ArrayList<>();
        for (CacheEntry entry : buckets.getOrDefault(key, List.of())) {
            double threshold = entry.use().learnt().value(rules.threshold());
            if (vector.planesBetween(entry.vector()) <= QuestionVector.planesMax(threshold)) {
                double similarity = vector.cosine(entry.vector());
                if (similarity >= threshold) {
                    close.add(new Candidate(entry, similarity));
                }
            }
        }
        close.sort(Comparator.comparingDouble(Candidate::similarity)
                .reversed()
                .thenComparing(candidate -> candidate.entry().id()));
        return close.stream()
                .limit(COMPARED_MAX)
                .filter(candidate -> agrees(candidate, words))
                .limit(CANDIDATES_MAX)
                .toList();
    }

    /** Whether a candidate is as close as the words that it shares with the question ask for. */
    private boolean agrees(Candidate candidate, Set<String> words) {
        CacheEntry entry = candidate.entry();
        OptionalDouble surcharge = WordAgreement.of(words, entry.words()).surcharge();
        double threshold = entry.use().learnt().value(rules.threshold());
        return surcharge.isPresent() && candidate.similarity() >= Math.min(1, threshold + surcharge.getAsDouble());
    }

    /** The first candidate that still holds; those that do not are dropped. */
    private Lookup usable(List<Candidate> candidates, CacheQuestion question) {
        Reason reason = Reason.NONE;
        for (Candidate candidate : candidates) {
            CacheEntry entry = candidate.entry();
            Instant now = clock.instant();
            if (entry.isExpired(now, rules.timeToLive())) {
                reason = Reason.EXPIRED;
                drop(entry);
            } else if (!holds(entry, question.sequence())) {
                reason = Reason.STALE;
                drop(entry);
            } else {
                Optional<CachedAnswer> answer = with(open -> {
                    CacheEntry served = entry.with(entry.use().hit(now));
                    CachedAnswer told = told(open, served);
                    if (byId.containsKey(entry.id())) {
                        mark(open, served);
                    }
                    return told;
                });
                return answer.<Lookup>map(told -> new Lookup.Hit(told, candidate.similarity()))
                        .orElseGet(() -> new Lookup.Miss(Reason.FAILED));
            }
        }
        return new Lookup.Miss(reason);
    }

    /** Whether all that an answer relies on is as it was. */
    private boolean holds(CacheEntry entry, long sequence) {
        if (entry.sequence() == sequence) {
            return true;
        }
        if (entry.isOfWholeGraph()) {
            return false;
        }
        Map<NodeId, ContentHash> now =
                contents.apply(entry.citations().stream().map(Citation::id).toList());
        return entry.citations().stream()
                .allMatch(citation -> citation.content().equals(now.get(citation.id())));
    }

    private void drop(CacheEntry entry) {
        with(open -> {
            if (byId.get(entry.id()) != null && leave(entry.id())) {
                open.drop(entry.id());
                records++;
            }
            return true;
        });
    }

    private void mark(AnswerLog open, CacheEntry entry) throws IOException {
        enter(entry);
        open.mark(entry.id(), entry.use());
        records++;
        tidy(open);
    }

    private CachedAnswer told(AnswerLog open, CacheEntry entry) throws IOException {
        List<String> texts = open.texts(entry);
        return new CachedAnswer(
                entry.id(),
                texts.getFirst(),
                entry.scope(),
                new NewAnswer(texts.getLast(), entry.citations(), entry.tokens(), entry.cost(), entry.time()),
                entry.sequence(),
                entry.kept(),
                entry.use().hits(),
                entry.use().isPinned(),
                entry.use().learnt().value(rules.threshold()));
    }

    @Override
    public Optional<String> keep(CacheQuestion question, NewAnswer answer) {
        if (answer.text().length() > rules.answerCharsMax()
                || answer.citations().isEmpty()
                || Secrets.isIn(question.text())
                || Secrets.isIn(answer.text())) {
            counters.refused.increment();
            return Optional.empty();
        }
        CacheEntry.Key key =
                new CacheEntry.Key(question.scope(), question.gate().key());
        String id = ContentHash.ofText(key + "\n" + question.text()).toString().substring(0, ID_DIGITS);
        return with(open -> {
            Instant now = clock.instant();
            CacheEntry before = byId.get(id);
            CacheEntry.Use use =
                    before == null ? new CacheEntry.Use(0, now, false, LearntThreshold.NONE) : before.use();
            CacheEntry entry = new CacheEntry(
                    id,
                    question.scope(),
                    key.gate(),
                    question.gate().words(),
                    question.sequence(),
                    question.gate().kind().isOfWholeGraph(),
                    now,
                    answer.tokens(),
                    answer.cost(),
                    answer.time(),
                    use,
                    QuestionVector.of(question.vector()),
                    answer.citations(),
                    0);
            enter(open.put(entry, question.text(), answer));
            records++;
            counters.kept.increment();
            evict(open, id);
            tidy(open);
            return id;
        });
    }

    /** Puts out what goes first until the rest fits; never what is pinned, nor the entry that has just come. */
    private void evict(AnswerLog open, String newest) throws IOException {
        Comparator<CacheEntry> first = Comparator.comparing(entry -> entry.use().last());
        if (rules.eviction() == CacheRules.Eviction.LEAST_OFTEN) {
            first = Comparator.comparingLong((CacheEntry entry) -> entry.use().hits())
                    .thenComparing(first);
        }
        while (byId.size() > rules.entriesMax()) {
            Optional<CacheEntry> out = byId.values().stream()
                    .filter(entry -> !entry.use().isPinned() && !entry.id().equals(newest))
                    .min(first.thenComparing(CacheEntry::id));
            if (out.isEmpty()) {
                return;
            }
            leave(out.get().id());
            open.drop(out.get().id());
            records++;
            counters.evicted.increment();
        }
    }

    /** Writes the log anew once most of its records say nothing any more. */
    private void tidy(AnswerLog open) throws IOException {
        if (records > 2L * byId.size() + RECORDS_FREE) {
            List<CacheEntry> moved = open.rewrite(List.copyOf(byId.values()));
            moved.forEach(this::enter);
            records = moved.size();
        }
    }

    @Override
    public boolean judge(String id, double similarity, boolean isRight) {
        boolean known = change(id, use -> use.judged(similarity, isRight));
        if (known && !isRight) {
            counters.falseHits.increment();
        }
        return known;
    }

    @Override
    public boolean pin(String id, boolean isPinned) {
        return change(id, use -> use.pinned(isPinned));
    }

    private boolean change(String id, Function<CacheEntry.Use, CacheEntry.Use> change) {
        return with(open -> {
                    CacheEntry entry = byId.get(id);
                    if (entry == null) {
                        return false;
                    }
                    mark(open, entry.with(change.apply(entry.use())));
                    return true;
                })
                .orElse(false);
    }

    @Override
    public int purge(CachePurge what) {
        List<CacheEntry> all = with(_ -> List.copyOf(byId.values())).orElse(List.of());
        Predicate<CacheEntry> goes = switch (what) {
            case CachePurge.All _ -> _ -> true;
            case CachePurge.Entry(String id) -> entry -> entry.id().equals(id);
            case CachePurge.OfModel(String model) ->
                entry -> entry.scope().model().equals(model);
            case CachePurge.Unusable _ ->
                entry -> entry.isExpired(clock.instant(), rules.timeToLive()) || !holds(entry, -1);
        };
        int count = 0;
        for (CacheEntry entry : all) {
            if (goes.test(entry)) {
                drop(entry);
                count++;
            }
        }
        with(open -> {
            tidy(open);
            return true;
        });
        return count;
    }

    @Override
    public List<CachedAnswer> entries(int skip, int limit) {
        return with(open -> {
                    List<CacheEntry> some = byId.values().stream()
                            .sorted(Comparator.comparing(CacheEntry::kept)
                                    .reversed()
                                    .thenComparing(CacheEntry::id))
                            .skip(skip)
                            .limit(limit)
                            .toList();
                    List<CachedAnswer> told = new ArrayList<>();
                    for (CacheEntry entry : some) {
                        told.add(told(open, entry));
                    }
                    return told;
                })
                .orElse(List.of());
    }

    @Override
    public CacheStats stats() {
        return with(open -> counters.stats(
                        byId.size(),
                        (int) byId.values().stream()
                                .filter(entry -> entry.use().isPinned())
                                .count(),
                        open.bytes()))
                .orElseGet(() -> counters.stats(0, 0, 0));
    }

    @Override
    public void embedded(long nanos) {
        counters.embedding.add(nanos);
    }

    @Override
    public void failed() {
        counters.failures.increment();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            AnswerLog open = store;
            store = null;
            if (open != null) {
                open.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }
}
