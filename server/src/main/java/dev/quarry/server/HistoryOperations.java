package dev.quarry.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers about former states. */
final class HistoryOperations {
    private static final int DEFAULT_LIMIT = 100;
    private static final int DEFAULT_DEPTH = 3;
    private static final String HEAD = "HEAD";

    private final Backend backend;
    private final SymbolOperations symbols;
    private final ServerLimits limits;

    HistoryOperations(Backend backend, SymbolOperations symbols, ServerLimits limits) {
        this.backend = backend;
        this.symbols = symbols;
        this.limits = limits;
    }

    /** {@code getSymbolLog}. */
    Reply log(Call call) {
        int limit = call.number("limit", DEFAULT_LIMIT, limits.maxRows());
        return reply(backend.log(symbols.formerSymbol(call.path("id")).node(), limit));
    }

    /** {@code getDiff}. */
    Reply diff(Call call) {
        int limit = call.number("limit", DEFAULT_LIMIT, limits.maxRows());
        return reply(backend.diff(call.text("from"), call.optionalText("to").orElse(""), limit));
    }

    /** {@code getDiffImpact}. */
    Reply impact(Call call) {
        return reply(backend.diffImpact(
                call.optionalText("from").orElse(HEAD),
                call.optionalText("to").orElse(""),
                call.number("depth", DEFAULT_DEPTH, limits.maxDepth()),
                call.number("limit", DEFAULT_LIMIT, limits.maxRows())));
    }

    private Reply reply(Map<String, @Nullable Object> tree) {
        return Reply.ok(out -> {
            Render.members(out, tree);
            Render.standing(out, backend.standing());
        });
    }
}
