package dev.quarry.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The HTTP interface's contract, {@code openapi.yaml}, from which routes and validation are made.
 *
 * <p>The router refuses contracts with media types that it cannot validate. Replies are not validated by it, so the two
 * that it does not know are read here under names that it does; the file says what is sent.
 */
final class Contract {
    /** The media types that the router does not know, and what they are like. */
    static final Map<String, String> UNDERSTOOD = Map.of(Reply.PROBLEM_JSON, Reply.JSON, Reply.EVENTS, "text/plain");

    private static final String RESOURCE = "/openapi.yaml";

    private Contract() {}

    /** Reads and checks it. */
    static Future<OpenAPIContract> load(Vertx vertx) {
        return OpenAPIContract.from(vertx, read());
    }

    private static JsonObject read() {
        try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the server's jar");
            }
            Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return new JsonObject(understood(contract));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    private static Map<String, Object> understood(Map<?, ?> map) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            renamed.put(
                    UNDERSTOOD.getOrDefault(name, name), value instanceof Map<?, ?> inner ? understood(inner) : value);
        });
        return renamed;
    }
}
