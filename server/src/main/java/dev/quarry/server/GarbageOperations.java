package dev.quarry.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Removes what a store holds for nothing. */
final class GarbageOperations {
    private final Backend backend;

    GarbageOperations(Backend backend) {
        this.backend = backend;
    }

    /** {@code collectGarbage}. */
    Reply collect(Call call) {
        JsonObject body = call.body();
        Set<String> models = new HashSet<>();
        JsonArray named = body.getJsonArray("dropModels", new JsonArray());
        named.forEach(model -> models.add(String.valueOf(model)));
        GarbageReport report = backend.collectGarbage(new GarbageOptions(
                body.getBoolean("dryRun", false),
                body.getInteger("keepVectors", GarbageOptions.KEEP_VECTORS),
                models,
                states(body)));
        return Reply.ok(out -> {
            out.writeBooleanField("dryRun", report.dryRun());
            out.writeArrayFieldStart("garbage");
            for (GarbageReport.Item item : report.items()) {
                out.writeStartObject();
                out.writeStringField("kind", item.kind().name().toLowerCase(Locale.ROOT));
                out.writeNumberField("count", item.count());
                out.writeNumberField("bytes", item.bytes());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeNumberField("kept", report.kept());
        });
    }

    private static Retention states(JsonObject body) {
        Integer states = body.getInteger("keepStates");
        return new Retention(
                states == null ? OptionalInt.empty() : OptionalInt.of(states),
                Optional.ofNullable(body.getString("keepSince")).map(Retention::instant));
    }
}
