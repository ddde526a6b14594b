package dev.quarry.ingest;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The keys of a YAML file's mappings, from the events of a parser: nothing is made of the values. A list is the value of
 * the key that owns it, so the keys within lists are left out, as are those that a merge ({@code <<}) or an alias brings.
 *
 * <p>Builds write values into configuration files, so that these need not be YAML before ({@code @project.version@}): a
 * line that does not follow the grammar loses its value, and the file is read again.
 */
final class YamlKeys {
    /** A text is read until it is nested deeper: no configuration is, and texts that are made to be slow are. */
    private static final int NESTING_MAX = 100;

    /** How many lines may lose their values; a file with more of them is read up to the next one. */
    private static final int REPAIRS_MAX = 20;

    /** What no YAML may hold. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\uFFFE\\uFFFF&&[^\\t\\n\\r]]");

    private static final Pattern VALUE = Pattern.compile("(?<=:) .*");

    private final List<ConfigurationKey> keys = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();

    /** A list, or a mapping with the key whose value is awaited. */
    private static final class Level {
        private final boolean isMapping;
        /** The names of the keys around with dots between; null in what has none. */
        private final @Nullable String path;

        private @Nullable String name;
        private boolean hasKey;
        private boolean isEmpty = true;
        private int line;

        Level(boolean isMapping, @Nullable String path) {
            this.isMapping = isMapping;
            this.path = path;
        }

        /** The path of the key whose value is awaited; null where it has none. */
        @Nullable
        String key() {
            if (!hasKey || path == null || name == null) {
                return null;
            }
            return path.isEmpty() ? name : path + "." + name;
        }
    }

    private YamlKeys() {}

    /** The keys in the order of the text. */
    static List<ConfigurationKey> of(String text) {
        String[] lines = ConfigurationKey.lines(UNPRINTABLE.matcher(text).replaceAll(" "));
        for (int repairs = 0; ; repairs++) {
            YamlKeys reader = new YamlKeys();
            int wrong = reader.read(String.join("\n", lines));
            if (wrong < 0 || wrong >= lines.length || repairs == REPAIRS_MAX || lines[wrong].isBlank()) {
                return reader.keys;
            }
            String valueless = VALUE.matcher(lines[wrong]).replaceFirst(" ''");
            lines[wrong] = valueless.equals(lines[wrong]) ? "" : valueless;
        }
    }

    /** Reads a text; gives the line that is not YAML, 0-based, or a negative number. */
    private int read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
        try {
            Event event = parser.getEvent();
            while (!event.is(Event.ID.StreamEnd) && levels.size() <= NESTING_MAX) {
                take(event);
                event = parser.getEvent();
            }
            return -1;
        } catch (MarkedYAMLException broken) {
            Mark place = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
            return place == null ? -1 : place.getLine();
        } catch (YAMLException _) {
            return -1;
        }
    }

    private void take(Event event) {
        switch (event) {
            case MappingStartEvent _ -> begin(true);
            case SequenceStartEvent _ -> begin(false);
            case CollectionEndEvent _ -> end();
            case ScalarEvent _, AliasEvent _ -> leaf(event);
            default -> {}
        }
    }

    private void begin(boolean isMapping) {
        Level around = levels.peek();
        if (around != null && !isMapping) {
            define(around);
        }
        String path = around == null ? "" : around.key();
        levels.push(new Level(isMapping, isMapping ? path : null));
    }

    private void end() {
        Level ended = levels.pop();
        Level around = levels.peek();
        if (around != null && around.isMapping) {
            if (ended.isMapping && ended.isEmpty) {
                define(around);
            }
            around.hasKey = !around.hasKey; // it was the value, or a key without a name
            around.name = around.hasKey ? null : around.name;
        }
    }

    /** A key, a value or an item without a structure. */
    private void leaf(Event event) {
        Level around = levels.peek();
        if (around == null || !around.isMapping) {
            return;
        }
        String text = event instanceof ScalarEvent scalar ? scalar.getValue() : null;
        if (!around.hasKey) {
            around.name = "<<".equals(text) ? null : text;
            around.line = event.getStartMark().getLine() + 1;
            around.isEmpty = false;
        } else if (text == null || !text.isEmpty() || !((ScalarEvent) event).isPlain()) {
            define(around);
        }
        around.hasKey = !around.hasKey;
    }

    /** Defines the key whose value is awaited, unless it lies in a list. */
    private void define(Level level) {
        String key = level.key();
        if (key != null) {
            keys.add(new ConfigurationKey(key, level.line));
        }
    }
}
