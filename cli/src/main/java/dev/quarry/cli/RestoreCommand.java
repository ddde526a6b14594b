package dev.quarry.cli;

import dev.quarry.graphdb.BackupManifest;
import dev.quarry.server.StoreRestore;
import java.nio.file.Path;
import java.util.List;

/** {@code quarry restore DIR}: makes a store of a backup. */
final class RestoreCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "restore",
                "make a store of a backup, after its digests are compared",
                List.of("DIR"),
                List.of(
                        BackupCommand.REPLACE,
                        Option.of(CommonOptions.STORE.name(), "DIR", "the store; default: .quarry in this directory")),
                """
                The store appears when it is whole, with a serving index made anew; one that is there is kept unless
                --replace is given.""");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Path backup = terminal.directory().resolve(arguments.operand(0)).normalize();
        Path store = StoreLocation.forRepository(
                terminal.directory(), arguments.value(CommonOptions.STORE), terminal.directory());
        Stores.refuseServed(store);
        BackupManifest manifest;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            manifest = StoreRestore.restore(backup, store, arguments.has(BackupCommand.REPLACE), progress);
        }
        StoreLocation.prepare(store);
        BackupCommand.report("restored", manifest, store, backup, arguments, terminal);
        return ExitCode.OK;
    }
}
