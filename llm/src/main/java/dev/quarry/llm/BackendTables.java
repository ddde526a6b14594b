package dev.quarry.llm;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/** The tables {@code [[backend]]} of the configuration. */
final class BackendTables {
    private static final Set<String> KEYS = Set.of(
            "name",
            "kind",
            "url",
            "model",
            "key_env",
            "key_file",
            "max_output_tokens",
            "first_token_seconds",
            "total_seconds",
            "retries",
            "usd_per_million_input",
            "usd_per_million_output");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int SECONDS_MAX = 3_600;
    private static final int TOKENS_MAX = 1_000_000;
    private static final int RETRIES_MAX = 10;

    private BackendTables() {}

    static List<BackendConfig> read(Path path, List<TomlTable> tables) {
        List<BackendConfig> backends = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TomlTable table : tables) {
            String place = "backend " + (backends.size() + 1);
            BackendConfig backend = backend(new ConfigTable(path.toString(), place, table).allowing(KEYS));
            if (!names.add(backend.name())) {
                throw new ConfigTable(path.toString(), place, table)
                        .wrong("name", "'" + backend.name() + "' is taken by another: give each its own");
            }
            backends.add(backend);
        }
        return backends;
    }

    private static BackendConfig backend(ConfigTable table) {
        String kinds = Arrays.stream(BackendKind.values()).map(BackendKind::key).collect(Collectors.joining(", "));
        String spelled = table.required("kind", "name the wire format that it speaks: " + kinds);
        BackendKind kind =
                BackendKind.of(spelled).orElseThrow(() -> table.wrong("kind", "'" + spelled + "' is none of " + kinds));
        Secret key = table.secret("key", "LLM_KEY");
        if (kind == BackendKind.ANTHROPIC && key instanceof Secret.None) {
            throw table.wrong("key_env", "is missing: name the environment variable that holds the key, or a key_file");
        }
        String name = table.text("name").orElse(kind.key());
        if (!NAME.matcher(name).matches()) {
            throw table.wrong("name", "may have letters, digits, - and _ only, at most 64");
        }
        return new BackendConfig(
                name,
                kind,
                url(table, table.text("url").orElse(kind.defaultUrl())),
                table.required("model", "name the model as the backend calls it"),
                key,
                table.number("max_output_tokens", BackendConfig.MAX_OUTPUT_TOKENS, 1, TOKENS_MAX),
                seconds(table, "first_token_seconds", BackendConfig.FIRST_TOKEN),
                seconds(table, "total_seconds", BackendConfig.TOTAL),
                table.number("retries", BackendConfig.RETRIES, 0, RETRIES_MAX),
                prices(table));
    }

    private static URI url(ConfigTable table, String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (ConfigTable.isServer(url)) {
                return url;
            }
        } catch (URISyntaxException unreadable) {
            throw table.wrong("url", "is no address (" + unreadable.getReason() + "): write http://HOST:PORT/PATH");
        }
        throw table.wrong("url", "must be http:// or https:// with a host, and without user, key or query");
    }

    private static Duration seconds(ConfigTable table, String key, Duration fallback) {
        return Duration.ofSeconds(table.number(key, (int) fallback.toSeconds(), 1, SECONDS_MAX));
    }

    private static Optional<BackendConfig.Prices> prices(ConfigTable table) {
        Optional<Double> input = table.amount("usd_per_million_input");
        Optional<Double> output = table.amount("usd_per_million_output");
        return input.isEmpty() && output.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackendConfig.Prices(input.orElse(0.0), output.orElse(0.0)));
    }

    /** The table of a backend, as a user would write it: what is usual is left out. */
    static String write(BackendConfig backend) {
        StringBuilder text = new StringBuilder("[[backend]]\n");
        line(text, "name", backend.name());
        line(text, "kind", backend.kind().key());
        line(text, "url", backend.url().toString());
        line(text, "model", backend.model());
        switch (backend.key()) {
            case Secret.None() -> {}
            case Secret.Environment(String variable) -> line(text, "key_env", variable);
            case Secret.File(Path path) -> line(text, "key_file", path.toString());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = \"").append(Toml.tomlEscape(value)).append("\"\n");
    }
}
