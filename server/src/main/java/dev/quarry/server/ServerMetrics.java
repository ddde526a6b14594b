package dev.quarry.server;

import io.micrometer.core.instrument.Gauge;
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
import java.util.concurrent.atomic.AtomicInteger;

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
    void watch(WorkPool pool, Jobs jobs, AtomicInteger streams) {
        Gauge.builder("quarry.requests.active", pool, WorkPool::active)
                .description("Requests being answered")
                .register(registry);
        Gauge.builder("quarry.requests.queued", pool, WorkPool::queued)
                .description("Requests that wait for a thread")
                .register(registry);
        Gauge.builder("quarry.jobs.running", jobs, j -> j.running().isPresent() ? 1 : 0)
                .description("Index runs going on")
                .register(registry);
        Gauge.builder("quarry.streams.open", streams, AtomicInteger::get)
                .description("Event streams open")
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
