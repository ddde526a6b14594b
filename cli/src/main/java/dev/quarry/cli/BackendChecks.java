package dev.quarry.cli;

import dev.quarry.llm.Attempt;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.ConfigFile;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Map;

/** Tries language models for real: each is asked to say a word. */
final class BackendChecks {
    private BackendChecks() {}

    /** A finding for each backend of a configuration. */
    static List<Finding> all(Arguments arguments, Terminal terminal, Map<String, String> environment) {
        try {
            ConfigFile file = ConfigCommand.file(arguments, terminal);
            List<BackendConfig> backends = file.backends();
            return backends.isEmpty()
                    ? List.of(Finding.ok("backend", "none in " + file.path() + "; 'quarry config' adds one"))
                    : backends.stream()
                            .map(backend -> check(backend, environment))
                            .toList();
        } catch (QuarryException wrong) {
            return List.of(Finding.failure("backend", wrong.getMessage(), "correct the configuration"));
        }
    }

    /** Tries one. */
    static Finding check(BackendConfig backend, Map<String, String> environment) {
        try (BackendPool pool = new BackendPool(List.of(backend), environment)) {
            ChatResult result = pool.probe(backend.name());
            Attempt attempt = result.attempts().getLast();
            String subject = "'" + backend.name() + "' (" + backend.model() + " at " + backend.url() + ") ";
            return attempt.outcome() == Attempt.Outcome.ANSWERED
                    ? Finding.ok("backend", subject + "replies, first token after " + result.firstTokenMillis() + " ms")
                    : Finding.failure("backend", subject + attempt.detail(), remedy(attempt.outcome()));
        }
    }

    private static String remedy(Attempt.Outcome outcome) {
        return switch (outcome) {
            case SKIPPED -> "make its key readable as the message says";
            case REFUSED -> "check its key, its address and the model's name in the configuration";
            case RATE_LIMITED -> "wait, or raise the limit at the provider";
            case TIMED_OUT -> "see whether it is loading, or raise first_token_seconds";
            case FAILED, BROKEN_OFF -> "start it, and check its address and wire format in the configuration";
            case ANSWERED, CANCELLED -> "try again";
        };
    }
}
