package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells clients, in their own configuration, how to start Quarry for a store. Does nothing where they know it already. */
final class McpInstall {
    private static final String NAME = "quarry";
    private static final String BACKUP = ".quarry-backup";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Place place;
    private final Path store;
    private final boolean isDryRun;

    McpInstall(Place place, Path store, boolean isDryRun) {
        this.place = place;
        this.store = store;
        this.isDryRun = isDryRun;
    }

    /**
     * Where configurations are.
     *
     * @param applications where the system keeps the settings of applications
     */
    record Place(Path project, Path home, Path applications) {
        /** Of the user who runs the process. */
        static Place ofUser(Path project) {
            Path home = Path.of(System.getProperty("user.home"));
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            Path applications = home.resolve(".config");
            if (system.contains("mac")) {
                applications = home.resolve("Library/Application Support");
            } else if (system.contains("windows")) {
                applications = home.resolve("AppData/Roaming");
            }
            return new Place(project, home, applications);
        }
    }

    /**
     * What became of a client's file.
     *
     * @param entry what the file says of Quarry, or would say
     * @param problem why it could not be set up; empty if it could
     */
    record Outcome(String client, String what, Path file, String entry, Optional<String> problem) {
        Map<String, @Nullable Object> tree() {
            return Json.object(
                    "client", client,
                    "what", what,
                    "file", file.toString(),
                    "entry", entry,
                    "problem", problem.orElse(null));
        }
    }

    /**
     * Sets up the client of this name, or all that are on this machine. Of these, one that cannot be set up keeps no
     * other from it.
     *
     * @throws QuarryException BAD_INPUT or STORAGE if the one that is named cannot be set up
     */
    List<Outcome> run(Optional<String> name) {
        if (name.isPresent()) {
            return List.of(install(McpClient.named(name.get())));
        }
        List<McpClient> clients = Stream.of(McpClient.values())
                .filter(client -> client.isThere(place))
                .toList();
        if (clients.isEmpty()) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "no known client is on this machine: name the one to set up, one of "
                            + String.join(", ", McpClient.names()));
        }
        return clients.stream().map(this::tried).toList();
    }

    private Outcome tried(McpClient client) {
        try {
            return install(client);
        } catch (QuarryException failure) {
            return new Outcome(
                    client.clientName(),
                    "cannot be set up",
                    client.file(place),
                    entry(client),
                    Optional.of(String.valueOf(failure.getMessage())));
        }
    }

    private Outcome install(McpClient client) {
        Path file = client.file(place);
        String before = read(file);
        String name = client.isOfProject() ? NAME : NAME + "-" + repositoryName();
        String after;
        try {
            after = edited(client, name, before);
        } catch (IllegalArgumentException unreadable) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    file + " cannot be edited (" + unreadable.getMessage() + "): mend it, or add to '" + client.member()
                            + "' by hand under the name " + name + ": "
                            + entry(client).strip(),
                    unreadable);
        }
        boolean isThere = after.equals(before);
        if (!isThere && !isDryRun) {
            write(file, before, after);
        }
        String what = isThere ? "is set up already in" : isDryRun ? "would be set up in" : "is set up in";
        return new Outcome(client.clientName(), what, file, entry(client), Optional.empty());
    }

    /** The text of a file in which the client knows Quarry; a mark of the byte order at its begin stays. */
    private String edited(McpClient client, String name, String before) {
        String mark = before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        String text = before.substring(mark.length());
        return mark
                + (client.isToml()
                        ? TomlEdit.withKeys(text, List.of(client.member(), name), members(client))
                        : JsonEdit.withMembers(text, client.member(), name, members(client)));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (CharacterCodingException foreign) {
            throw new QuarryException(ErrorCode.BAD_INPUT, file + " is no text in UTF-8: save it as that", foreign);
        } catch (IOException failure) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    file + " cannot be read (" + failure.getMessage() + "): check its owner",
                    failure);
        }
    }

    /** Replaces the file as a whole, also behind a link, and keeps what it was. */
    private static void write(Path file, String before, String after) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = target.resolveSibling(target.getFileName() + ".quarry-new");
            if (!before.isEmpty()) {
                Files.copy(
                        target,
                        target.resolveSibling(target.getFileName() + BACKUP),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                Files.copy(target, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.writeString(fresh, after);
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    file + " cannot be written (" + failure.getMessage() + "): check its owner, or use --dry-run and"
                            + " write it by hand",
                    failure);
        }
    }

    private String repositoryName() {
        Path name = place.project().getFileName();
        String text = name == null ? "" : name.toString().replaceAll("[^A-Za-z0-9_-]+", "-");
        return text.isEmpty() ? "root" : text;
    }

    /** The launcher where the process was started by it; else what the path finds. */
    private static String launcher() {
        String home = System.getProperty("quarry.home", "");
        return home.isEmpty() ? NAME : Path.of(home, NAME).toString();
    }

    private String entry(McpClient client) {
        return client.isToml() ? TomlEdit.lines(members(client)) : Json.write(members(client));
    }

    /** What a client must know; what else its file says of Quarry is the user's. */
    private Map<String, Object> members(McpClient client) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!client.isToml()) {
            members.put("type", "stdio");
        }
        members.put("command", launcher());
        members.put("args", List.of("mcp", "--store", store.toString()));
        return members;
    }
}
