package dev.quarry.cli;

import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CachePurge;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.CacheDocuments;
import dev.quarry.server.CacheVerdicts;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code quarry cache}: what the answer cache holds and has done, and what is to go from it. */
final class CacheCommand implements Command {
    private static final Option ALL = Option.toggle("--all", "with purge: drop all answers, pinned ones too");
    private static final Option MODEL = Option.of("--model", "NAME", "with purge: drop the answers of a model");
    private static final Option WRONG = Option.toggle("--wrong", "with feedback: the answer was not for that question");
    private static final Option RIGHT = Option.toggle("--right", "with feedback: it was");
    private static final int PAGE = 50;
    private static final String STATS = "stats";
    private static final String PURGE = "purge";
    private static final String FEEDBACK = "feedback";
    private static final List<String> ACTIONS = List.of(STATS, PURGE, "export", "pin", "unpin", FEEDBACK);

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "cache",
                "show, purge, export or judge the answers that are kept",
                List.of("[" + String.join("|", ACTIONS) + "]", "[ANSWER]"),
                List.of(ALL, MODEL, WRONG, RIGHT),
                """
                'purge' drops answers that are too old and those that cite code which has changed since; 'purge ANSWER'
                one of them, 'purge --model' those of a model: by its name, its backend's, or BACKEND/MODEL. 'export' writes
                each answer as a line of JSON. A pinned answer stays when space is wanted. 'feedback ID' says whether an
                answer was right, by the id that 'ask' prints: what was wrong is not served for a question that far away
                again.\
                """);
    }

    /** The cache, here or behind a server. */
    private interface Access extends AutoCloseable {
        Map<String, @Nullable Object> stats();

        List<Map<String, @Nullable Object>> page(int skip);

        long purge(String what, String name);

        void pin(String id, boolean isPinned);

        void judge(String id, boolean isRight);

        @Override
        void close();
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        String action = arguments.optionalOperand(0).orElse(STATS);
        Optional<String> answer = arguments.optionalOperand(1);
        check(action, answer, arguments);
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        boolean json = arguments.has(CommonOptions.JSON);
        try (Access access = access(store, terminal)) {
            switch (action) {
                case STATS -> stats(access.stats(), arguments, terminal);
                case PURGE -> {
                    long dropped = purge(access, answer, arguments);
                    terminal.line(
                            json
                                    ? Json.write(Json.object("dropped", dropped))
                                    : ReportText.grouped(dropped) + " answers dropped");
                }
                case "export" -> export(access, terminal);
                case FEEDBACK -> {
                    access.judge(required(answer), arguments.has(RIGHT));
                    done("answer", answer, json, terminal);
                }
                default -> {
                    access.pin(required(answer), action.equals("pin"));
                    done("id", answer, json, terminal);
                }
            }
        }
        return ExitCode.OK;
    }

    /** What the interface replies where there is nothing to say but which answer it was. */
    private static void done(String member, Optional<String> answer, boolean json, Terminal terminal) {
        if (json) {
            terminal.line(Json.write(Json.object(member, answer.orElse(""))));
        }
    }

    /** Refuses what does not go together: it would drop, or judge, more or something else than was meant. */
    private static void check(String action, Optional<String> answer, Arguments arguments) {
        if (!ACTIONS.contains(action)) {
            throw new UsageException("'" + action + "' is nothing to do with the cache: say "
                    + String.join(", ", ACTIONS.subList(0, ACTIONS.size() - 1)) + " or " + ACTIONS.getLast());
        }
        refuse(!action.equals(PURGE), arguments, "goes with purge alone", ALL, MODEL);
        refuse(!action.equals(FEEDBACK), arguments, "goes with feedback alone", WRONG, RIGHT);
        if (answer.isPresent() && (action.equals(STATS) || action.equals("export"))) {
            throw new UsageException("'" + action + "' is of all answers: leave '" + answer.get() + "' out");
        }
        if (action.equals(FEEDBACK) && arguments.has(WRONG) == arguments.has(RIGHT)) {
            throw new UsageException("say either --wrong or --right");
        }
        int named = (arguments.has(ALL) ? 1 : 0) + (arguments.has(MODEL) ? 1 : 0) + (answer.isPresent() ? 1 : 0);
        if (action.equals(PURGE) && named > 1) {
            throw new UsageException(
                    "'purge' drops one ANSWER, those of a --model, or --all: say one of them, as each says what goes");
        }
    }

    private static void refuse(boolean isWrong, Arguments arguments, String why, Option... options) {
        for (Option option : options) {
            if (isWrong && arguments.has(option)) {
                throw new UsageException(option.name() + " " + why + ": leave it out");
            }
        }
    }

    private static String required(Optional<String> answer) {
        return answer.orElseThrow(() -> new UsageException("ANSWER is missing: 'quarry cache export' lists their ids"));
    }

    private static long purge(Access access, Optional<String> answer, Arguments arguments) {
        if (arguments.has(ALL)) {
            return access.purge("all", "");
        }
        Optional<String> model = arguments.value(MODEL);
        if (model.isPresent()) {
            return access.purge("model", model.get());
        }
        if (answer.isEmpty()) {
            return access.purge("unusable", "");
        }
        long dropped = access.purge("answer", answer.get());
        if (dropped == 0) {
            throw unknown(answer.get());
        }
        return dropped;
    }

    private static void export(Access access, Terminal terminal) {
        int skip = 0;
        List<Map<String, @Nullable Object>> page = access.page(skip);
        while (!page.isEmpty()) {
            page.forEach(entry -> terminal.line(Json.line(entry)));
            skip += page.size();
            page = access.page(skip);
        }
    }

    private static void stats(Map<String, @Nullable Object> tree, Arguments arguments, Terminal terminal) {
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(tree));
            return;
        }
        JsonObject stats = JsonObject.of(tree);
        terminal.line(ReportText.grouped(stats.number("entries")) + " answers, "
                + ReportText.grouped(stats.number("pinned")) + " pinned, "
                + ReportText.grouped((stats.number("bytes") + 1023) / 1024) + " KiB");
        terminal.line("since the process began:");
        for (String name : List.of(
                "hits",
                "misses",
                "stale",
                "expired",
                "falseHits",
                "kept",
                "refused",
                "evicted",
                "failures",
                "tokensSaved")) {
            terminal.line(String.format(Locale.ROOT, "  %-12s %12s", name, ReportText.grouped(stats.number(name))));
        }
        terminal.line(String.format(Locale.ROOT, "  %-12s %12.2f USD", "costSaved", stats.real("costSaved")));
        for (String name : List.of("embedding", "lookup", "hit")) {
            JsonObject latency = stats.object(name);
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %-12s p50 %.0f µs, p99 %.0f µs",
                    name,
                    latency.real("p50Micros"),
                    latency.real("p99Micros")));
        }
    }

    private static Access access(Path store, Terminal terminal) {
        Optional<ServerAddress> server = ServerAddress.of(store);
        return server.isPresent()
                ? new Remote(ServerClient.of(store, server.get(), terminal))
                : new Local(Stores.reading(store));
    }

    private static QuarryException unknown(String id) {
        return new QuarryException(
                ErrorCode.NOT_FOUND, "the cache has no answer " + id + ": 'quarry cache export' lists them");
    }

    /** Of a store that nobody else holds. */
    private record Local(Workspace workspace) implements Access {
        private AnswerCache cache() {
            return workspace.answers();
        }

        @Override
        public Map<String, @Nullable Object> stats() {
            return CacheDocuments.stats(cache().stats());
        }

        @Override
        public List<Map<String, @Nullable Object>> page(int skip) {
            return cache().entries(skip, PAGE).stream()
                    .map(CacheDocuments::entry)
                    .toList();
        }

        @Override
        public long purge(String what, String name) {
            return cache().purge(
                            switch (what) {
                                case "all" -> new CachePurge.All();
                                case "answer" -> new CachePurge.Entry(name);
                                case "model" -> new CachePurge.OfModel(name);
                                default -> new CachePurge.Unusable();
                            });
        }

        @Override
        public void pin(String id, boolean isPinned) {
            if (!cache().pin(id, isPinned)) {
                throw unknown(id);
            }
        }

        @Override
        public void judge(String id, boolean isRight) {
            CacheVerdicts.give(cache(), id, isRight);
        }

        @Override
        public void close() {
            workspace.close();
        }
    }

    /** Of a store that a server holds. */
    private record Remote(ServerClient client) implements Access {
        @Override
        public Map<String, @Nullable Object> stats() {
            return client.get("/v1/cache", "cache").members();
        }

        @Override
        public List<Map<String, @Nullable Object>> page(int skip) {
            return client.get("/v1/cache/answers?limit=" + PAGE + "&skip=" + skip, "cache")
                    .objects("answers", JsonObject::members);
        }

        @Override
        public long purge(String what, String name) {
            @Nullable String given = name.isEmpty() ? null : name;
            return client.post("/v1/cache/purge", Json.object("what", what, "name", given), "cache")
                    .number("dropped");
        }

        @Override
        public void pin(String id, boolean isPinned) {
            client.post("/v1/cache/answers/" + ServerClient.encoded(id), Json.object("pinned", isPinned), id);
        }

        @Override
        public void judge(String id, boolean isRight) {
            client.post("/v1/cache/feedback", Json.object("answer", id, "right", isRight), id);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
