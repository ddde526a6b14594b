package dev.quarry.server;

import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CachePurge;
import dev.quarry.rag.CachedAnswer;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells of the answer cache, and lets it be tended. */
final class CacheOperations {
    private static final int DEFAULT_LIMIT = 20;
    private static final int LIMIT_MAX = 100;

    private final Backend backend;

    CacheOperations(Backend backend) {
        this.backend = backend;
    }

    /** {@code getCache}. */
    Reply stats(Call call) {
        Map<String, @Nullable Object> tree =
                CacheDocuments.stats(backend.answers().stats());
        return Reply.ok(out -> Render.members(out, tree));
    }

    /** {@code getCachedAnswers}. */
    Reply entries(Call call) {
        int limit = call.number("limit", DEFAULT_LIMIT, LIMIT_MAX);
        int skip = call.number("skip", 0, Integer.MAX_VALUE);
        List<CachedAnswer> entries = backend.answers().entries(skip, limit);
        return Reply.ok(out -> {
            out.writeFieldName("answers");
            Render.value(out, entries.stream().map(CacheDocuments::entry).toList());
        });
    }

    /** {@code purgeCache}. */
    Reply purge(Call call) {
        JsonObject body = call.body();
        String name = body.getString("name", "");
        String wanted = body.getString("what", "unusable");
        if (!name.isEmpty() && !wanted.equals("answer") && !wanted.equals("model")) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'name' goes with 'what' answer or model, but 'what' is " + wanted + ": say what is named, or leave"
                            + " 'name' out");
        }
        CachePurge what = switch (wanted) {
            case "all" -> new CachePurge.All();
            case "answer" -> new CachePurge.Entry(named(name));
            case "model" -> new CachePurge.OfModel(named(name));
            default -> new CachePurge.Unusable();
        };
        int dropped = backend.answers().purge(what);
        if (dropped == 0 && what instanceof CachePurge.Entry) {
            throw unknown(name);
        }
        return Reply.ok(out -> out.writeNumberField("dropped", dropped));
    }

    private static QuarryException unknown(String id) {
        return new QuarryException(
                ErrorCode.NOT_FOUND, "the cache has no answer " + id + ": 'quarry cache export' lists them");
    }

    private static String named(String name) {
        if (name.isBlank()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "'name' is missing: give the id of the answer, or the name of the model");
        }
        return name;
    }

    /** {@code judgeAnswer}. */
    Reply judge(Call call) {
        JsonObject body = call.body();
        CacheVerdicts.give(backend.answers(), body.getString("answer"), body.getBoolean("right"));
        return Reply.ok(out -> out.writeStringField("answer", body.getString("answer")));
    }

    /** {@code changeCachedAnswer}. */
    Reply change(Call call) {
        AnswerCache cache = backend.answers();
        String id = call.path("id");
        JsonObject body = call.body();
        boolean known = body.containsKey("pinned")
                || body.containsKey("right")
                || cache.entries(0, Integer.MAX_VALUE).stream()
                        .anyMatch(entry -> entry.id().equals(id));
        if (body.containsKey("pinned")) {
            known = cache.pin(id, body.getBoolean("pinned"));
        }
        if (body.containsKey("right")) {
            known &= cache.judge(id, body.getDouble("similarity", 1.0), body.getBoolean("right"));
        }
        if (!known) {
            throw unknown(id);
        }
        return Reply.ok(out -> out.writeStringField("id", id));
    }
}
