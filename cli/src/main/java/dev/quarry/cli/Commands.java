package dev.quarry.cli;

import java.util.List;
import java.util.stream.Stream;

/** All commands, in the order in which the help shows them. */
final class Commands {
    private Commands() {}

    /** The command of this name. */
    static Command named(String name) {
        List<Command> all =
                Stream.concat(visible().stream(), Stream.of(new TrainCommand())).toList();
        for (Command command : all) {
            if (command.spec().name().equals(name)) {
                return command;
            }
        }
        List<String> names =
                visible().stream().map(command -> command.spec().name()).toList();
        throw new UsageException("there is no command '" + name + "'"
                + Suggestions.near(name, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }

    /** What the help shows. */
    static List<CommandSpec> visibleSpecs() {
        return visible().stream().map(Command::spec).toList();
    }

    private static List<Command> visible() {
        return List.of(
                new IndexCommand(),
                new ServeCommand(),
                new McpCommand(),
                new SearchCommand(),
                new AskCommand(),
                new TraceCommand(),
                new RelationCommand(Source.Relationship.CALLERS),
                new RelationCommand(Source.Relationship.CALLEES),
                new RelationCommand(Source.Relationship.IMPLEMENTATIONS),
                new RelationCommand(Source.Relationship.SUBTYPES),
                new ImpactCommand(),
                new PathCommand(),
                new ClonesCommand(),
                new ContextCommand(),
                new MapCommand(),
                new QueryCommand(),
                new ExportCommand(),
                new LogCommand(),
                new DiffCommand(),
                new StatusCommand(),
                new ModelCommand(),
                new CacheCommand(),
                new ConfigCommand(),
                new GcCommand(),
                new VerifyCommand(),
                new BackupCommand(),
                new RestoreCommand(),
                new DoctorCommand());
    }
}
