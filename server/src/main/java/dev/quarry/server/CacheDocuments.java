package dev.quarry.server;

import dev.quarry.rag.CacheStats;
import dev.quarry.rag.CachedAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of the answer cache, as documents of the contract. */
public final class CacheDocuments {
    private static final double NANOS_PER_MICRO = 1_000;

    private CacheDocuments() {}

    /** What the cache holds and has done. */
    public static Map<String, @Nullable Object> stats(CacheStats stats) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("entries", stats.entries());
        tree.put("pinned", stats.pinned());
        tree.put("bytes", stats.bytes());
        tree.put("hits", stats.hits());
        tree.put("misses", stats.misses());
        tree.put("stale", stats.stale());
        tree.put("expired", stats.expired());
        tree.put("falseHits", stats.falseHits());
        tree.put("kept", stats.kept());
        tree.put("refused", stats.refused());
        tree.put("evicted", stats.evicted());
        tree.put("failures", stats.failures());
        tree.put("tokensSaved", stats.tokensSaved());
        tree.put("costSaved", stats.costSaved());
        tree.put("embedding", latency(stats.embedding()));
        tree.put("lookup", latency(stats.lookup()));
        tree.put("hit", latency(stats.hit()));
        return tree;
    }

    private static Map<String, Object> latency(CacheStats.Latency latency) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", latency.count());
        tree.put("p50Micros", micros(latency.p50()));
        tree.put("p99Micros", micros(latency.p99()));
        return tree;
    }

    private static double micros(Duration time) {
        return time.toNanos() / NANOS_PER_MICRO;
    }

    /** An entry with its texts. */
    public static Map<String, @Nullable Object> entry(CachedAnswer entry) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", entry.id());
        tree.put("question", entry.question());
        tree.put("answer", entry.answer().text());
        tree.put("tenant", entry.scope().tenant());
        tree.put("repository", entry.scope().repository());
        tree.put("branch", entry.scope().branch());
        tree.put("model", entry.scope().model());
        tree.put("prompt", entry.scope().prompt());
        List<Object> citations = entry.answer().citations().stream()
                .<Object>map(citation -> {
                    Map<String, Object> cited = new LinkedHashMap<>();
                    cited.put("id", citation.id().toString());
                    cited.put("content", citation.content().toString());
                    return cited;
                })
                .toList();
        tree.put("citations", citations);
        tree.put("sequence", entry.sequence());
        tree.put("kept", entry.kept().toString());
        tree.put("hits", entry.hits());
        tree.put("pinned", entry.isPinned());
        tree.put("threshold", entry.threshold());
        tree.put("tokens", entry.answer().tokens());
        tree.put("cost", entry.answer().cost());
        return tree;
    }
}
