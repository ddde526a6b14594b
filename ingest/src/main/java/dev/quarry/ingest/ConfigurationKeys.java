package dev.quarry.ingest;

import dev.quarry.ingest.ResourceFile.Kind;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The keys that configuration files of Spring Boot define, from the module that holds the file. Values are left out: they
 * may be secrets.
 */
final class ConfigurationKeys implements FrameworkExtractor {
    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        for (ResourceFile file : model.resources().files(Kind.PROPERTIES)) {
            properties(file).forEach(key -> define(file, key, graph));
        }
        for (ResourceFile file : model.resources().files(Kind.YAML)) {
            yaml(file).forEach(key -> define(file, key, graph));
        }
    }

    /** A key and its line, 1-based. */
    private record Key(String name, int line) {}

    private static void define(ResourceFile file, Key key, ConceptGraph graph) {
        String relaxed = relaxed(key.name());
        String name = graph.has(NodeKind.CONFIG_KEY, key.name()) || !graph.has(NodeKind.CONFIG_KEY, relaxed)
                ? key.name()
                : relaxed;
        graph.edge(
                graph.home(file.path()),
                EdgeKind.DEFINES,
                "",
                graph.concept(NodeKind.CONFIG_KEY, name, "", ""),
                Sites.NONE,
                file.path() + ":" + key.line());
    }

    /** As Spring Boot compares keys: small letters, words apart by hyphens. */
    private static String relaxed(String key) {
        return key.replace('_', '-').replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static List<Key> properties(ResourceFile file) {
        List<Key> keys = new ArrayList<>();
        boolean continues = false;
        int number = 0;
        for (String line : file.text().split("\\R", -1)) {
            number++;
            String text = line.strip();
            boolean begins = !continues && !text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != '!';
            if (begins) {
                String key = text.split("(?<!\\\\)[=:\\s]", 2)[0].replace("\\", "");
                keys.add(new Key(key, number));
            }
            continues = (begins || continues) && text.endsWith("\\") && !text.endsWith("\\\\");
        }
        return keys;
    }

    /** Keys of block mappings, by indentation; those within lists, flow mappings and texts of several lines are not. */
    private static List<Key> yaml(ResourceFile file) {
        List<Key> keys = new ArrayList<>();
        List<String> path = new ArrayList<>();
        List<Integer> indents = new ArrayList<>();
        int blockText = Integer.MAX_VALUE;
        int number = 0;
        for (String line : file.text().split("\\R", -1)) {
            number++;
            String text = line.strip();
            int indent = line.length() - line.stripLeading().length();
            if (text.isEmpty() || text.startsWith("#") || indent > blockText) {
                continue;
            }
            blockText = Integer.MAX_VALUE;
            while (!indents.isEmpty() && indents.getLast() >= indent) {
                indents.removeLast();
                path.removeLast();
            }
            int colon = text.indexOf(':');
            boolean isKey = colon > 0 && (colon + 1 == text.length() || text.charAt(colon + 1) == ' ');
            if (!isKey || text.startsWith("-") || text.startsWith("{")) {
                continue;
            }
            path.add(text.substring(0, colon).strip().replaceAll("^[\"']|[\"']$", ""));
            indents.add(indent);
            String value = text.substring(colon + 1).strip();
            if (!value.isEmpty() && !value.startsWith("#")) {
                keys.add(new Key(String.join(".", path), number));
                blockText = value.startsWith("|") || value.startsWith(">") ? indent : Integer.MAX_VALUE;
            }
        }
        return keys;
    }
}
