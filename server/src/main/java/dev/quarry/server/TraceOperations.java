package dev.quarry.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what is kept of questions. */
final class TraceOperations {
    private static final int DEFAULT_LIMIT = 20;

    private final Traces traces;
    private final ServerLimits limits;

    TraceOperations(Traces traces, ServerLimits limits) {
        this.traces = traces;
        this.limits = limits;
    }

    /** {@code getTraces}. */
    Reply list(Call call) {
        List<Map<String, @Nullable Object>> found = traces.find(
                call.optionalText("text").orElse(""), call.number("limit", DEFAULT_LIMIT, limits.maxRows()));
        return Reply.ok(out -> {
            out.writeFieldName("traces");
            Render.value(out, found);
        });
    }

    /** {@code getTrace}. */
    Reply get(Call call) {
        Map<String, @Nullable Object> trace = traces.get(call.path("id"));
        return Reply.ok(out -> {
            for (Map.Entry<String, @Nullable Object> member : trace.entrySet()) {
                out.writeFieldName(member.getKey());
                Render.value(out, member.getValue());
            }
        });
    }
}
