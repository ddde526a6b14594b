package dev.quarry.server;

import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.ConfigTable;
import dev.quarry.llm.Secret;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether traces are exported by OpenTelemetry's protocol over HTTP, where to, and what of them; the table {@code
 * [telemetry]} of the configuration. What it leaves open, OpenTelemetry's own variables of the environment say. Nothing is
 * exported unless an endpoint is named.
 *
 * @param endpoint where traces are posted; empty if nothing is exported
 * @param serviceName as what the traces name this program
 * @param content whether questions, answers and the names of the code are exported too
 * @param headers further headers of the requests, {@code name=value,name=value}; they may hold a key
 * @param resource what the environment says of this program
 * @param timeout how long one request may take
 */
public record TelemetrySettings(
        Optional<URI> endpoint,
        String serviceName,
        boolean content,
        Secret headers,
        Map<String, String> resource,
        Duration timeout) {
    /** Nothing is exported. */
    public static final TelemetrySettings OFF = new TelemetrySettings(
            Optional.empty(), "quarry", false, new Secret.None(), Map.of(), Duration.ofSeconds(10));

    private static final Set<String> KEYS =
            Set.of("enabled", "endpoint", "service_name", "content", "headers_env", "headers_file");
    private static final String PATH = "/v1/traces";

    /** Said of an address, which may hold a key and is not repeated. */
    private static final String NO_ADDRESS =
            "is no address: write http://HOST:PORT, without user or query; a key is named by headers_env";

    private static final String OTLP = "OTEL_EXPORTER_OTLP_";
    private static final String OTLP_TRACES = "OTEL_EXPORTER_OTLP_TRACES_";

    /** Copies the map. */
    public TelemetrySettings {
        resource = Map.copyOf(resource);
    }

    /**
     * What the configuration and the environment say.
     *
     * @throws QuarryException BAD_INPUT if an address is none, or the environment asks for another protocol
     */
    public static TelemetrySettings of(ConfigFile file, Map<String, String> environment) {
        ConfigTable table = file.table("telemetry").allowing(KEYS);
        Optional<URI> endpoint = table.text("endpoint")
                .map(text -> url(text, true).orElseThrow(() -> table.wrong("endpoint", NO_ADDRESS)))
                .or(() -> endpoint(environment));
        boolean enabled = table.truth("enabled", !isOff(environment));
        if (!enabled || endpoint.isEmpty()) {
            return OFF;
        }
        if (table.text("endpoint").isEmpty()) {
            refuseOtherProtocols(environment);
        }
        return new TelemetrySettings(
                endpoint,
                table.text("service_name")
                        .orElseGet(() -> named(environment, "OTEL_SERVICE_NAME").orElse(OFF.serviceName)),
                table.truth("content", false),
                headers(table, environment),
                pairs(environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "")),
                timeout(environment));
    }

    private static Optional<String> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** What is said of the exporter of traces, or else of all exporters. */
    private static Optional<String> exporter(Map<String, String> environment, String name) {
        return named(environment, OTLP_TRACES + name).or(() -> named(environment, OTLP + name));
    }

    private static boolean isOff(Map<String, String> environment) {
        return named(environment, "OTEL_SDK_DISABLED")
                        .map("true"::equalsIgnoreCase)
                        .orElse(false)
                || named(environment, "OTEL_TRACES_EXPORTER")
                        .map("none"::equalsIgnoreCase)
                        .orElse(false);
    }

    private static Optional<URI> endpoint(Map<String, String> environment) {
        return named(environment, OTLP_TRACES + "ENDPOINT")
                .map(text -> url(OTLP_TRACES + "ENDPOINT", text, false))
                .or(() -> named(environment, OTLP + "ENDPOINT").map(text -> url(OTLP + "ENDPOINT", text, true)));
    }

    private static URI url(String variable, String text, boolean base) {
        return url(text, base)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.BAD_INPUT, "the environment variable " + variable + " " + NO_ADDRESS));
    }

    private static void refuseOtherProtocols(Map<String, String> environment) {
        Optional<String> protocol = exporter(environment, "PROTOCOL");
        if (protocol.isPresent() && !protocol.get().startsWith("http/")) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the environment asks for traces by " + protocol.get()
                            + ", but Quarry exports by http/protobuf alone:"
                            + " name an endpoint for that in [telemetry], or set its enabled = false");
        }
    }

    private static Secret headers(ConfigTable table, Map<String, String> environment) {
        Secret named = table.secret("headers", "COLLECTOR_HEADERS");
        if (!(named instanceof Secret.None) || table.text("endpoint").isPresent()) {
            // What the environment has is for the place that the environment names, and for no other.
            return named;
        }
        for (String variable : new String[] {OTLP_TRACES + "HEADERS", OTLP + "HEADERS"}) {
            if (named(environment, variable).isPresent()) {
                return new Secret.Environment(variable);
            }
        }
        return new Secret.None();
    }

    private static Duration timeout(Map<String, String> environment) {
        return exporter(environment, "TIMEOUT")
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .orElse(OFF.timeout);
    }

    private static Optional<URI> url(String text, boolean base) {
        try {
            String whole = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            return Optional.of(new URI(base && !whole.endsWith(PATH) ? whole + PATH : whole))
                    .filter(ConfigTable::isServer);
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    /** Names and values as OpenTelemetry writes lists of them; what is none is left out. */
    static Map<String, String> pairs(String list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        decoded(pair.substring(equals + 1).strip()));
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            // A plus sign stands for itself here.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return value;
        }
    }
}
