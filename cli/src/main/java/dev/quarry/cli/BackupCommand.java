package dev.quarry.cli;

import dev.quarry.graphdb.Backup;
import dev.quarry.graphdb.BackupManifest;
import java.nio.file.Path;
import java.util.List;

/** {@code quarry backup DIR}: copies a store as it is at one commit, also while it is in use. */
final class BackupCommand implements Command {
    static final Option REPLACE = Option.toggle("--replace", "replace what is there");
    private static final int MIB_SHIFT = 20;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "backup",
                "copy a store to a directory with a manifest of digests",
                List.of("DIR"),
                List.of(REPLACE),
                """
                Works while a server or an index run has the store: the copy holds all commits up to one, and DIR appears
                when it is whole. The serving index is not copied; 'quarry restore' makes it anew.""");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        Path target = terminal.directory().resolve(arguments.operand(0)).normalize();
        BackupManifest manifest = Backup.make(store, target, arguments.has(REPLACE));
        report("backed up", manifest, store, target, arguments, terminal);
        return ExitCode.OK;
    }

    /** Says what was copied from where to where. */
    static void report(
            String done, BackupManifest manifest, Path store, Path backup, Arguments arguments, Terminal terminal) {
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(Json.object(
                    "store",
                    store.toString(),
                    "backup",
                    backup.toString(),
                    "schema_version",
                    manifest.schemaVersion(),
                    "sequence",
                    manifest.sequence(),
                    "vector_sequence",
                    manifest.vectorSequence(),
                    "files",
                    manifest.parts().size(),
                    "bytes",
                    manifest.bytes())));
        } else {
            terminal.line(
                    done + " commit " + manifest.sequence() + " of schema version " + manifest.schemaVersion() + ", "
                            + AnswerText.count(manifest.parts().size(), "file") + ", "
                            + ReportText.grouped((manifest.bytes() >> MIB_SHIFT) + 1) + " MiB");
            terminal.line("store   " + store);
            terminal.line("backup  " + backup);
        }
    }
}
