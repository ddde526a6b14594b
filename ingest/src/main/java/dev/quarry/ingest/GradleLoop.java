package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Items;
import dev.quarry.ingest.GradleToken.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A loop over values that a script holds: {@code ['a', 'b'].each { include it }}, {@code listOf("a").forEach { x -> … }}.
 *
 * @param parameter what a value is called in the block
 * @param values none where they cannot be told
 */
record GradleLoop(String parameter, Optional<List<BuildValue>> values, List<GradleStatement> block) {
    private static final Set<String> CALLS = Set.of("each", "forEach");
    private static final int TAIL = 3;

    /** The loop that a statement is; empty where it is none. */
    static Optional<GradleLoop> of(GradleStatement statement, GradleScope scope) {
        List<GradleToken> tokens = statement.tokens();
        int call = tokens.size() - 2;
        boolean isLoop = tokens.size() > TAIL
                && tokens.getLast().is(Kind.BLOCK)
                && CALLS.contains(tokens.get(call).text())
                && tokens.get(call - 1).isSign(".");
        if (!isLoop) {
            return Optional.empty();
        }
        List<GradleStatement> block = statement.block();
        List<String> parameters = block.isEmpty() ? List.of() : block.getFirst().parameters();
        Optional<List<BuildValue>> values = GradleExpression.value(tokens.subList(0, call - 1), scope)
                .filter(Items.class::isInstance)
                .map(BuildValue::asList);
        return Optional.of(new GradleLoop(parameters.isEmpty() ? "it" : parameters.getFirst(), values, block));
    }

    /** Does something for each value, which has its name in the meantime. */
    void run(GradleScope scope, Runnable body) {
        for (BuildValue value : values.orElse(List.of())) {
            scope.put(parameter, value);
            body.run();
        }
        scope.remove(parameter);
    }
}
