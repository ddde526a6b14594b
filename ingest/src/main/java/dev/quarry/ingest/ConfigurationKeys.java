package dev.quarry.ingest;

import dev.quarry.ingest.ResourceFile.Kind;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys that configuration files of Spring Boot define, from the module that holds the file. A list belongs to the
 * key that owns it, without its indexes; what lies below a key that is bound as a whole defines that key too. Values are
 * left out: they may be secrets.
 */
final class ConfigurationKeys implements FrameworkExtractor {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        new Run(model, graph).run();
    }

    /** One extraction. */
    private static final class Run {
        private final FrameworkModel model;
        private final ConceptGraph graph;
        private final Set<String> known;
        private final Set<String> bound;
        private final int longest;

        Run(FrameworkModel model, ConceptGraph graph) {
            this.model = model;
            this.graph = graph;
            this.known = Set.copyOf(graph.names(NodeKind.CONFIG_KEY));
            this.bound = BoundProperties.of(model).stream()
                    .map(BoundProperties.Bound::key)
                    .collect(Collectors.toSet());
            this.longest = bound.stream().mapToInt(String::length).max().orElse(0);
        }

        void run() {
            for (ResourceFile file : model.resources().files(Kind.PROPERTIES)) {
                properties(file).forEach(key -> define(file, key));
            }
            for (ResourceFile file : model.resources().files(Kind.YAML)) {
                YamlKeys.of(file.text()).forEach(key -> define(file, key));
            }
        }

        private void define(ResourceFile file, ConfigurationKey key) {
            Set<String> names = fitting(key.name());
            if (names.isEmpty()) {
                names.add(withoutIndex(key.name()));
            }
            names.addAll(above(relaxed(key.name())));
            for (String name : names) {
                graph.edge(
                        graph.home(file.path()),
                        EdgeKind.DEFINES,
                        "",
                        graph.concept(NodeKind.CONFIG_KEY, name, "", ""),
                        Sites.NONE,
                        file.path() + ":" + key.line());
            }
        }

        /** The keys that code binds or looks up and that a file may write like this. */
        private Set<String> fitting(String key) {
            Set<String> names = new TreeSet<>();
            for (String written : List.of(key, withoutIndex(key))) {
                names.add(written);
                names.add(relaxed(written));
            }
            names.retainAll(known);
            return names;
        }

        /** The keys above this one that are bound with all that is below them. */
        private Set<String> above(String key) {
            Set<String> names = new HashSet<>();
            for (int i = 1; i < Math.min(key.length(), longest + 1); i++) {
                String name = key.charAt(i) == '.' || key.charAt(i) == '[' ? key.substring(0, i) : "";
                if (bound.contains(name)) {
                    names.add(name);
                }
            }
            return names;
        }
    }

    /** The key of the list that a key leads into; else the key itself. */
    private static String withoutIndex(String key) {
        Matcher index = INDEX.matcher(key);
        return index.find() && index.start() > 0 ? key.substring(0, index.start()) : key;
    }

    /** As Spring Boot compares keys: small letters, words apart by hyphens. */
    private static String relaxed(String key) {
        return key.replace('_', '-').replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static List<ConfigurationKey> properties(ResourceFile file) {
        List<ConfigurationKey> keys = new ArrayList<>();
        boolean continues = false;
        int number = 0;
        for (String line : ConfigurationKey.lines(file.text())) {
            number++;
            String text = line.stripLeading();
            boolean begins = !continues && !text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != '!';
            if (begins) {
                keys.add(new ConfigurationKey(propertyName(text), number));
            }
            continues = (begins || continues) && endsInEscape(text);
        }
        return keys;
    }

    /** Whether the end of a line belongs to its text: an odd number of backslashes stands before it. */
    private static boolean endsInEscape(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    /** The text up to the first separator that no backslash takes its meaning from. */
    private static String propertyName(String line) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (next == '\\' && i + 1 < line.length()) {
                name.append(line.charAt(++i));
            } else if (next == '=' || next == ':' || Character.isWhitespace(next)) {
                break;
            } else if (next != '\\') {
                name.append(next);
            }
        }
        return name.toString();
    }
}
