package dev.quarry.cli;

import dev.quarry.schema.QuarryException;
import dev.quarry.server.TelemetrySettings;
import dev.quarry.server.TraceExport;
import java.util.Map;
import java.util.Optional;

/** Tries the collector of traces for real: it is sent one that says nothing. */
final class TelemetryCheck {
    private static final String NAME = "telemetry";

    private TelemetryCheck() {}

    /** What a configuration's collector says. */
    static Finding check(Arguments arguments, Terminal terminal, Map<String, String> environment) {
        try {
            TelemetrySettings settings = TelemetrySettings.of(ConfigCommand.file(arguments, terminal), environment);
            if (settings.endpoint().isEmpty()) {
                return Finding.ok(NAME, "traces are not exported");
            }
            String place = settings.endpoint().get().toString();
            Optional<String> failure = TraceExport.probe(settings, environment);
            return failure.isEmpty()
                    ? Finding.ok(NAME, place + " takes traces")
                    : Finding.failure(
                            NAME,
                            place + " takes no traces: " + failure.get(),
                            "start the collector, or correct [telemetry] or OTEL_EXPORTER_OTLP_ENDPOINT");
        } catch (QuarryException wrong) {
            return Finding.failure(NAME, wrong.getMessage(), "correct the configuration");
        }
    }
}
