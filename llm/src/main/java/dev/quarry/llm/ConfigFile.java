package dev.quarry.llm;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.MutableTomlTable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The user's configuration, a TOML file. One that is not there is an empty one. It holds no secrets: keys are named by a
 * variable of the environment or a file.
 */
public final class ConfigFile {
    /** The variable of the environment that names the file. */
    public static final String VARIABLE = "QUARRY_CONFIG";

    private static final String BACKEND = "backend";
    private static final Set<String> SECTIONS = new TreeSet<>(Set.of(BACKEND, "ask", "server", "telemetry", "traces"));

    private final Path path;
    private final boolean present;
    private final MutableTomlTable root;

    private ConfigFile(Path path, boolean present, MutableTomlTable root) {
        this.path = path;
        this.present = present;
        this.root = root;
    }

    /**
     * Where the file is: what was named, else what {@code QUARRY_CONFIG} names, else {@code quarry/config.toml} in the
     * user's directory of configurations.
     */
    public static Path location(Optional<Path> named, Map<String, String> environment) {
        String variable = environment.getOrDefault(VARIABLE, "");
        if (named.isPresent() || !variable.isEmpty()) {
            return named.orElseGet(() -> Path.of(variable)).toAbsolutePath();
        }
        String home = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path directory = home.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(home);
        return directory.resolve("quarry").resolve("config.toml").toAbsolutePath();
    }

    /**
     * Reads a file.
     *
     * @throws QuarryException BAD_INPUT, with the place, if it is not as it should be
     */
    public static ConfigFile read(Path path) {
        if (!Files.exists(path)) {
            return new ConfigFile(path, false, MutableTomlTable.create());
        }
        try {
            return parse(path, Files.readString(path));
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the configuration " + path + " cannot be read: make it a readable text file in UTF-8",
                    e);
        }
    }

    static ConfigFile parse(Path path, String text) {
        TomlParseResult parsed = Toml.parse(text);
        if (parsed.hasErrors()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    path + " is no TOML: " + parsed.errors().getFirst().toString() + "; correct that line");
        }
        ConfigFile file = new ConfigFile(path, true, parsed);
        for (String section : parsed.keySet()) {
            if (!SECTIONS.contains(section)) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        path + ": [" + section + "] is not known: the tables are " + String.join(", ", SECTIONS));
            }
        }
        return file;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Whether there is such a file. */
    public boolean present() {
        return present;
    }

    /** The table of this name; an empty one if it is not there. */
    public ConfigTable table(String name) {
        Object value = root.toMap().get(name);
        if (value != null && !(value instanceof TomlTable)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, path + ": " + name + " must be a table: write [" + name + "]");
        }
        return new ConfigTable(path.toString(), name, (TomlTable) value);
    }

    /** The backends, the preferred one first; checked. */
    public List<BackendConfig> backends() {
        return BackendTables.read(path, backendTables());
    }

    private List<TomlTable> backendTables() {
        Object value = root.toMap().get(BACKEND);
        List<TomlTable> tables = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (Object element : array.toList()) {
                if (element instanceof TomlTable table) {
                    tables.add(table);
                }
            }
            if (tables.size() == array.size()) {
                return tables;
            }
        }
        if (value == null) {
            return tables;
        }
        throw new QuarryException(
                ErrorCode.BAD_INPUT, path + ": backend must be a list of tables: begin each with [[backend]]");
    }

    /** The file with another backend behind those that it has. */
    public ConfigFile withBackend(BackendConfig backend) {
        String text =
                present ? text() : "# Quarry's configuration. It holds no secrets: keys are named, not written.\n";
        return parse(path, text + (text.endsWith("\n") ? "" : "\n") + "\n" + BackendTables.write(backend));
    }

    /**
     * The file with another value at a key: {@code ask.KEY} and the like, or {@code backend.NAME.KEY}. Comments stay.
     *
     * @throws QuarryException NOT_FOUND if there is no such backend, BAD_INPUT if the file would not be as it should be
     */
    public ConfigFile with(String key, String value) {
        ConfigFile copy = parse(path, text());
        int last = key.lastIndexOf('.');
        if (last <= 0 || last == key.length() - 1) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the key '" + key + "' has no table: write ask.KEY or backend.NAME.KEY");
        }
        copy.tableFor(key.substring(0, last)).set(List.of(key.substring(last + 1)), literal(value));
        ConfigFile changed = parse(path, copy.text());
        changed.backends();
        return changed;
    }

    private MutableTomlTable tableFor(String name) {
        if (!name.startsWith(BACKEND + ".")) {
            return root.getOrCreateTable(List.of(name));
        }
        String wanted = name.substring(BACKEND.length() + 1);
        List<String> names = backends().stream().map(BackendConfig::name).toList();
        int index = names.indexOf(wanted);
        if (index >= 0 && backendTables().get(index) instanceof MutableTomlTable found) {
            return found;
        }
        throw new QuarryException(
                ErrorCode.NOT_FOUND, path + " has no backend '" + wanted + "': its backends are " + names);
    }

    /** A value as TOML has it; what is none is a text. */
    private static Object literal(String value) {
        TomlParseResult parsed = Toml.parse("value = " + value);
        Object read = parsed.hasErrors() ? null : parsed.toMap().get("value");
        return read instanceof Long || read instanceof Double || read instanceof Boolean || read instanceof String
                ? read
                : value;
    }

    /** The file's text. */
    public String text() {
        return root.toToml();
    }

    /**
     * Writes it, for its owner's eyes only, whole or not at all.
     *
     * @throws QuarryException STORAGE if it cannot be written
     */
    public void write() {
        ConfigWriter.write(path, text());
    }
}
