package dev.quarry.cli;

import dev.quarry.embed.InstalledModels;
import dev.quarry.embed.ModelManifest;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.ModelDocuments;
import dev.quarry.server.ModelState;
import dev.quarry.server.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code quarry model}: which models there are, and changing over to another. */
final class ModelCommand implements Command {
    private static final Option KEY =
            Option.of("--key", "FILE", "with add: the public key that the model is signed with, which is trusted");

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "model",
                "list embedding models, or change over to another",
                List.of("[use|add|pause|resume]", "[ID|DIR]"),
                List.of(KEY),
                """
                'model' lists what is on this machine and what the store has vectors of. 'model add DIR' copies a signed
                model to Quarry's cache. 'model use ID' embeds with it beside the model that searches use; they switch
                when all vectors are there. The vectors of the other stay, so that going back makes none. 'model pause' has a
                server make no vectors until 'model resume'; what it indexes is found by words and static vectors.""");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        String action = arguments.optionalOperand(0).orElse("list");
        Optional<String> name = arguments.optionalOperand(1);
        return switch (action) {
            case "list" -> list(arguments, terminal);
            case "use" -> use(required(name, "ID"), arguments, terminal);
            case "add" -> add(required(name, "DIR"), arguments, terminal);
            case "pause" -> pause(true, arguments, terminal);
            case "resume" -> pause(false, arguments, terminal);
            default ->
                throw new UsageException(
                        "'" + action + "' is nothing to do with models: say use, add, pause or resume");
        };
    }

    private static String required(Optional<String> name, String what) {
        return name.orElseThrow(() -> new UsageException(what + " is missing: quarry model [use ID|add DIR]"));
    }

    private static Path store(Arguments arguments, Terminal terminal) {
        return StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
    }

    private static ExitCode add(String directory, Arguments arguments, Terminal terminal) {
        Path from = terminal.directory().resolve(directory).normalize();
        if (!Files.isDirectory(from)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND, "there is no directory " + from + ": name the one that holds a signed model");
        }
        Optional<Path> key = arguments.value(KEY).map(terminal.directory()::resolve);
        ModelManifest manifest = InstalledModels.ofUser().add(from, key);
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(Json.object("id", manifest.id())));
        } else {
            terminal.line(manifest.id());
        }
        return ExitCode.OK;
    }

    private static ExitCode list(Arguments arguments, Terminal terminal) {
        JsonObject models = new JsonObject(models(arguments, terminal));
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(models.members()));
        } else {
            models.objects("models", ModelCommand::state)
                    .forEach(model -> terminal.line(model.id() + "\t" + words(model)));
        }
        return ExitCode.OK;
    }

    /** What the interface tells of models; without a server the gateway's names are those that the next one would have. */
    private static Map<String, @Nullable Object> models(Arguments arguments, Terminal terminal) {
        Path store = store(arguments, terminal);
        Optional<ServerAddress> server = ServerAddress.of(store);
        if (server.isPresent()) {
            try (ServerClient client = ServerClient.of(store, server.get(), terminal)) {
                return client.get("/v1/models", "models").members();
            }
        }
        try (Workspace workspace = Stores.reading(store)) {
            return ModelDocuments.list(
                    workspace.models(),
                    arguments.has(CommonOptions.JSON)
                            ? ConfigCommand.file(arguments, terminal).backends()
                            : List.of());
        }
    }

    private static ModelState state(JsonObject model) {
        return new ModelState(
                model.text("id"),
                model.truth("installed"),
                model.truth("served"),
                model.truth("wanted"),
                model.number("vectors"));
    }

    private static String words(ModelState model) {
        List<String> words = new ArrayList<>();
        words.add(String.format(Locale.ROOT, "%,d vectors", model.vectors()));
        if (model.served()) {
            words.add("searched with");
        }
        if (model.wanted() && !model.served()) {
            words.add("to be changed over to");
        }
        if (!model.installed()) {
            words.add("not on this machine");
        }
        return String.join(", ", words);
    }

    private static ExitCode pause(boolean wanted, Arguments arguments, Terminal terminal) {
        Path store = store(arguments, terminal);
        ServerAddress server = ServerAddress.of(store)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.NOT_FOUND,
                        "no server holds the store '" + store
                                + "': end 'quarry index' with Ctrl-C, and the next run goes on with the vectors"));
        try (ServerClient client = ServerClient.of(store, server, terminal)) {
            JsonObject reply = client.post("/v1/vectors", Json.object("paused", wanted), "vectors");
            JsonObject freshness = reply.object("freshness");
            if (arguments.has(CommonOptions.JSON)) {
                terminal.line(Json.write(reply.members()));
            } else {
                terminal.line((wanted ? "no vectors are made until 'quarry model resume'; " : "vectors are made; ")
                        + ReportText.grouped(freshness.number("embedded")) + " of "
                        + ReportText.grouped(freshness.number("embeddable")) + " are there");
            }
        }
        return ExitCode.OK;
    }

    /** Tells that searches use another model, for which so many vectors were made. */
    static void used(String id, long made, boolean json, Terminal terminal) {
        if (json) {
            terminal.line(Json.write(Json.object("id", id, "vectorsWritten", made)));
        } else {
            terminal.line("searches use " + id + "; " + ReportText.grouped(made) + " vectors made");
        }
    }

    private static ExitCode use(String id, Arguments arguments, Terminal terminal) {
        Path store = store(arguments, terminal);
        boolean json = arguments.has(CommonOptions.JSON);
        Optional<ServerAddress> server = ServerAddress.of(store);
        if (server.isPresent()) {
            return RemoteIndex.useModel(store, server.get(), id, json, terminal);
        }
        ProgressLine progress = new ProgressLine(terminal);
        try (Interruption _ = Interruption.calls(progress::cancel);
                Workspace workspace = Stores.changing(store)) {
            workspace.useModel(id);
            long made;
            try (progress) {
                made = workspace.embed(progress);
            }
            used(id, made, json, terminal);
            return ExitCode.OK;
        } catch (CancellationException ended) {
            terminal.note("stopped; searches use the model that they used, and the next index run goes on");
            return ExitCode.INTERRUPTED;
        } catch (QuarryException failure) {
            if (failure.code() == ErrorCode.NOT_FOUND) {
                terminal.note("models are named as 'quarry model' lists them");
            }
            throw failure;
        }
    }
}
