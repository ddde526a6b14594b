package dev.quarry.server;

import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the server measures of itself. Safe for use by several threads. */
final class ServerMetrics implements AutoCloseable {
    private record Key(String operation, int status) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    ServerMetrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Watches these parts of the server. */
    void watch(WorkPool pool, Jobs jobs, OpenStreams streams) {
        Gauge.builder("quarry.requests.active", pool, WorkPool::active)
                .description("Requests being answered")
                .register(registry);
        Gauge.builder("quarry.requests.queued", pool, WorkPool::queued)
                .description("Requests that wait for a thread")
                .register(registry);
        Gauge.builder("quarry.jobs.running", jobs, j -> j.running().isPresent() ? 1 : 0)
                .description("Index runs going on")
                .register(registry);
        Gauge.builder("quarry.streams.open", streams, OpenStreams::count)
                .description("Event streams open")
                .register(registry);
    }

    /** Watches the answer cache; {@code quarry.cache.failures} tells that it does not work. */
    void watch(AnswerCache cache) {
        counter("hits", "Questions answered from the cache", cache, CacheStats::hits);
        counter("misses", "Questions that the cache had no answer to", cache, CacheStats::misses);
        counter("stale", "Misses because what an answer cites had changed", cache, CacheStats::stale);
        counter("expired", "Misses because an answer was too old", cache, CacheStats::expired);
        counter("false.hits", "Hits that were judged wrong", cache, CacheStats::falseHits);
        counter("failures", "How often the cache did not work; each was a miss", cache, CacheStats::failures);
        quantiles("embedding", "Embedding a question", cache, CacheStats::embedding);
        quantiles("lookup", "Lookups in the answer cache", cache, CacheStats::lookup);
        quantiles("hit", "Lookups that found an answer", cache, CacheStats::hit);
    }

    /** Watches the export of traces. */
    void watch(TraceExport export) {
        exported("exported", "Traces that the collector has taken", export, TraceExport.Counts::exported);
        exported("failed", "Traces that the collector did not take", export, TraceExport.Counts::failed);
        exported("dropped", "Traces left out because too many waited", export, TraceExport.Counts::dropped);
    }

    private void exported(
            String name, String description, TraceExport export, ToDoubleFunction<TraceExport.Counts> value) {
        FunctionCounter.builder("quarry.telemetry." + name, export, of -> value.applyAsDouble(of.counts()))
                .description(description)
                .register(registry);
    }

    private void counter(String name, String description, AnswerCache cache, ToDoubleFunction<CacheStats> value) {
        FunctionCounter.builder("quarry.cache." + name, cache, of -> value.applyAsDouble(of.stats()))
                .description(description)
                .register(registry);
    }

    private void quantiles(
            String name, String description, AnswerCache cache, Function<CacheStats, CacheStats.Latency> latency) {
        quantile(name, description, "0.5", cache, stats -> latency.apply(stats).p50());
        quantile(name, description, "0.99", cache, stats -> latency.apply(stats).p99());
    }

    private void quantile(
            String name, String description, String share, AnswerCache cache, Function<CacheStats, Duration> time) {
        TimeGauge.builder("quarry.cache." + name, cache, TimeUnit.NANOSECONDS, of ->
                        (double) time.apply(of.stats()).toNanos())
                .description(description)
                .tag("quantile", share)
                .register(registry);
    }

    /** A request of this operation ended with this status. */
    void record(String operation, int status, long nanos) {
        timers.computeIfAbsent(new Key(operation, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** All measurements in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    private Timer timer(Key key) {
        return Timer.builder("quarry.requests")
                .description("Requests by operation and status, from the first byte to the last")
                .tag("operation", key.operation())
                .tag("status", Integer.toString(key.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(30),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
