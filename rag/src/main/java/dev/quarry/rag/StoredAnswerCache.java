package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache in a file of its own beside the graph, so that neither waits for the other. Questions that the gate tells apart
 * lie in different buckets; {@link AnswerCandidates} finds those that ask the same.
 */
public final class StoredAnswerCache implements AnswerCache {
    private static final Logger log = LoggerFactory.getLogger(StoredAnswerCache.class);
    private static final String FILE = "log";
    private static final int ID_DIGITS = 32;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path directory;
    private final CacheRules rules;
    private final Function<Collection<NodeId>, Map<NodeId, ContentHash>> contents;
    private final QuestionJudge judge;
    private final AnswerCandidates candidates;
    private final Clock clock;
    private final CacheCounters counters = new CacheCounters();
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private @Nullable AnswerStore store;
    private boolean closed;
    private boolean tried;
    private long retryAt;

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
        this(directory, rules, contents, new LoadedJudge(), clock);
    }

    /** The same with another judge, which is closed with it. */
    public StoredAnswerCache(
            Path directory,
            CacheRules rules,
            Function<Collection<NodeId>, Map<NodeId, ContentHash>> contents,
            QuestionJudge judge,
            Clock clock) {
        this.directory = directory;
        this.rules = rules;
        this.contents = contents;
        this.judge = judge;
        this.candidates = new AnswerCandidates(rules, new JudgedWords(judge), new LoggedEntries());
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
        T on(AnswerStore open) throws IOException;
    }

    /** Does something with the open log; empty if there is none, or if it fails, and then the cache rests for a while. */
    private <T> Optional<T> with(Work<T> work) {
        lock.lock();
        try {
            AnswerStore open = opened();
            return Optional.of(work.on(open));
        } catch (IOException | RuntimeException failure) {
            counters.failures.increment();
            rest(failure);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private AnswerStore opened() throws IOException {
        AnswerStore open = store;
        if (open != null) {
            return open;
        }
        if (closed || (tried && System.nanoTime() - retryAt < 0)) {
            throw new IOException("the cache is closed, or rests after a failure");
        }
        tried = true;
        retryAt = System.nanoTime() + RETRY_NANOS;
        Files.createDirectories(directory);
        open = AnswerStore.open(directory.resolve(FILE), rules);
        store = open;
        return open;
    }

    private void rest(Exception failure) {
        AnswerStore open = store;
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

    @Override
    public Lookup find(CacheQuestion question, Predicate<Lookup.Hit> showable) {
        long start = System.nanoTime();
        Lookup found = new Lookup.Miss(Reason.FAILED);
        try {
            Optional<List<AnswerCandidates.Candidate>> asked = candidates.of(question);
            if (asked.isPresent()) {
                found = usable(asked.get(), question, showable);
            }
        } catch (RuntimeException defect) {
            counters.failures.increment();
            log.warn("a lookup in the answer cache failed", defect);
        }
        counters.count(found, System.nanoTime() - start);
        return found;
    }

    /** The entries as they lie in the open log; empty if it does not work. */
    private final class LoggedEntries implements AnswerCandidates.Entries {
        @Override
        public Optional<List<CacheEntry>> nearest(CacheEntry.Key key, QuestionVector vector, int most) {
            return with(open -> open.index().nearest(key, vector, most));
        }

        @Override
        public Optional<List<CacheEntry>> nearestLoosely(CacheEntry.Key key, QuestionVector vector, int most) {
            return with(open -> open.index().nearestLoosely(key, vector, most));
        }

        @Override
        public Optional<String> question(CacheEntry entry) {
            return with(open -> open.texts(entry).getFirst());
        }
    }

    /** The first candidate that still holds and can be shown; those that do not are dropped. */
    private Lookup usable(
            List<AnswerCandidates.Candidate> candidates, CacheQuestion question, Predicate<Lookup.Hit> showable) {
        Reason reason = Reason.NONE;
        for (AnswerCandidates.Candidate candidate : candidates) {
            CacheEntry entry = candidate.entry();
            Instant now = clock.instant();
            if (entry.isExpired(now, rules.timeToLive())) {
                reason = Reason.EXPIRED;
                drop(entry.id());
            } else if (!holds(entry, question.sequence(), question.gate().kind().isOfWholeGraph())) {
                reason = Reason.STALE;
                drop(entry.id());
            } else {
                Optional<CachedAnswer> told = told(entry.id(), use -> use.hit(now));
                if (told.isPresent()) {
                    Lookup.Hit hit = new Lookup.Hit(told.get(), candidate.similarity());
                    if (showable.test(hit)) {
                        change(entry.id(), use -> use.hit(now));
                        return hit;
                    }
                }
                reason = Reason.STALE;
                drop(entry.id());
            }
        }
        return new Lookup.Miss(reason);
    }

    /** Whether all that an answer relies on is as it was. */
    private boolean holds(CacheEntry entry, long sequence, boolean asksWholeGraph) {
        if (entry.sequence() == sequence) {
            return true;
        }
        if (entry.isOfWholeGraph() || asksWholeGraph) {
            return false;
        }
        Map<NodeId, ContentHash> now =
                contents.apply(entry.citations().stream().map(Citation::id).toList());
        return entry.citations().stream()
                .allMatch(citation -> citation.content().equals(now.get(citation.id())));
    }

    private void drop(String id) {
        with(open -> open.drop(id));
    }

    /** An entry as it is after a change of its use; empty if it is gone, or the cache does not work. */
    private Optional<CachedAnswer> told(String id, UnaryOperator<CacheEntry.Use> change) {
        return with(open -> {
                    Optional<CacheEntry> entry = open.index().get(id);
                    return entry.isEmpty()
                            ? List.<CachedAnswer>of()
                            : List.of(told(
                                    open,
                                    entry.get().with(change.apply(entry.get().use()))));
                })
                .flatMap(some -> some.stream().findFirst());
    }

    private CachedAnswer told(AnswerStore open, CacheEntry entry) throws IOException {
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
            CacheEntry.Use use = open.index()
                    .get(id)
                    .map(CacheEntry::use)
                    .orElseGet(() -> new CacheEntry.Use(0, now, false, LearntThreshold.NONE));
            CacheEntry entry = new CacheEntry(
                    id,
                    question.scope(),
                    key.text(),
                    question.gate().looseKey(),
                    question.gate().numbers(),
                    question.gate().names(),
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
            open.put(entry, question.text(), answer.text());
            counters.kept.increment();
            evict(open, id);
            return id;
        });
    }

    /** Puts out what goes first until the rest fits; never what is pinned, nor the entry that has just come. */
    private void evict(AnswerStore open, String newest) throws IOException {
        while (open.index().size() > rules.entriesMax()) {
            Optional<CacheEntry> out = open.index().first(newest);
            if (out.isEmpty()) {
                return;
            }
            open.drop(out.get().id());
            counters.evicted.increment();
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

    private boolean change(String id, UnaryOperator<CacheEntry.Use> change) {
        return with(open -> {
                    Optional<CacheEntry> entry = open.index().get(id);
                    if (entry.isPresent()) {
                        open.use(id, change.apply(entry.get().use()));
                    }
                    return entry.isPresent();
                })
                .orElse(false);
    }

    @Override
    public int purge(CachePurge what) {
        List<CacheEntry> all = with(open -> open.index().all()).orElse(List.of());
        Predicate<CacheEntry> goes = switch (what) {
            case CachePurge.All _ -> _ -> true;
            case CachePurge.Entry(String id) -> entry -> entry.id().equals(id);
            case CachePurge.OfModel model -> meant(model, all);
            case CachePurge.Unusable _ ->
                entry -> entry.isExpired(clock.instant(), rules.timeToLive()) || !holds(entry, -1, false);
        };
        int count = 0;
        for (CacheEntry entry : all) {
            if (goes.test(entry)) {
                drop(entry.id());
                count++;
            }
        }
        return count;
    }

    /** Those of a model; a name that fits none is more likely to be misspelled than to mean nothing. */
    private static Predicate<CacheEntry> meant(CachePurge.OfModel what, List<CacheEntry> all) {
        Predicate<CacheEntry> isMeant = entry -> what.isMeant(entry.scope().model());
        if (all.stream().noneMatch(isMeant)) {
            String known = all.stream()
                    .map(entry -> entry.scope().model())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "the cache has no answers of '" + what.name() + "'"
                            + (known.isEmpty() ? ": it is empty" : "; it has those of " + known));
        }
        return isMeant;
    }

    @Override
    public List<CachedAnswer> entries(int skip, int limit) {
        return with(open -> {
                    List<CacheEntry> some = open.index().all().stream()
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
        return with(open -> counters.stats(open.index().size(), open.index().pinned(), open.bytes()))
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
        judge.close();
        lock.lock();
        try {
            closed = true;
            AnswerStore open = store;
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
