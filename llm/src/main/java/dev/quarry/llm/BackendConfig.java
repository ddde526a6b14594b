package dev.quarry.llm;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model and how to reach it.
 *
 * @param name how the user calls it
 * @param kind the wire format that it speaks
 * @param url where it is, without the path of an operation
 * @param model the model's name at the backend
 * @param key where its key is
 * @param maxOutputTokens the most tokens of a reply, unless a request says less
 * @param firstToken how long it may take to the first sign of a reply
 * @param total how long a reply may take as a whole
 * @param retries how often a try that failed for a passing reason is repeated
 * @param prices what tokens cost, where that is configured
 */
public record BackendConfig(
        String name,
        BackendKind kind,
        URI url,
        String model,
        Secret key,
        int maxOutputTokens,
        Duration firstToken,
        Duration total,
        int retries,
        Optional<Prices> prices) {
    /** The most tokens of a reply, unless the configuration says otherwise. */
    public static final int MAX_OUTPUT_TOKENS = 2_048;

    /** The time to the first token, unless the configuration says otherwise: a local model may have to be loaded. */
    public static final Duration FIRST_TOKEN = Duration.ofSeconds(60);

    /** The time of a whole reply, unless the configuration says otherwise. */
    public static final Duration TOTAL = Duration.ofMinutes(5);

    /** The repeats, unless the configuration says otherwise. */
    public static final int RETRIES = 2;

    /** US dollars for a million tokens read and written. */
    public record Prices(double inputUsd, double outputUsd) {}

    /** A backend with the usual limits, without key and prices. */
    public static BackendConfig of(String name, BackendKind kind, URI url, String model) {
        return new BackendConfig(
                name,
                kind,
                url,
                model,
                new Secret.None(),
                MAX_OUTPUT_TOKENS,
                FIRST_TOKEN,
                TOTAL,
                RETRIES,
                Optional.empty());
    }

    /** The same with other times. */
    public BackendConfig withTimes(Duration first, Duration whole) {
        return new BackendConfig(name, kind, url, model, key, maxOutputTokens, first, whole, retries, prices);
    }

    /** The same, repeated so often. */
    public BackendConfig withRetries(int times) {
        return new BackendConfig(name, kind, url, model, key, maxOutputTokens, firstToken, total, times, prices);
    }

    /** The same with this key. */
    public BackendConfig withKey(Secret secret) {
        return new BackendConfig(name, kind, url, model, secret, maxOutputTokens, firstToken, total, retries, prices);
    }

    /** The same with these prices. */
    public BackendConfig withPrices(Prices other) {
        return new BackendConfig(
                name, kind, url, model, key, maxOutputTokens, firstToken, total, retries, Optional.of(other));
    }

    /** What so many tokens cost in US dollars; empty without prices. */
    OptionalDouble cost(Usage usage) {
        double million = 1_000_000;
        return prices.map(price -> OptionalDouble.of(
                        (usage.inputTokens() * price.inputUsd() + usage.outputTokens() * price.outputUsd()) / million))
                .orElse(OptionalDouble.empty());
    }
}
