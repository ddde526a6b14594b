package dev.quarry.bench;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which files write the names that others declare, as aider's repository map sees a repository: an edge from a file that
 * uses a name to each file that declares it, heavier the more often it is used and the more particular the name is.
 *
 * <p>Declarations are ranked by a PageRank over the files that begins again at files with many of a question's words.
 */
final class IdentifierGraph {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$]*");
    private static final double DAMPING = 0.85;
    private static final int ITERATIONS = 30;
    private static final double SAID = 9;
    private static final double PARTICULAR = 10;
    private static final double COMMON = 0.1;
    private static final int COMMON_FILES = 5;
    private static final int PARTICULAR_CHARS = 8;
    private static final double ELSEWHERE = 0.01;
    private static final double UNUSED = 0.1;

    private final List<String> paths;
    private final Map<String, Map<Integer, List<Node>>> declared = new TreeMap<>();
    private final Map<String, Map<Integer, Integer>> used = new HashMap<>();

    /** The graph of the types, methods and constructors among these nodes. */
    IdentifierGraph(List<Node> nodes, Map<NodeId, String> paths, Function<String, String> text) {
        this.paths = paths.values().stream().sorted().toList();
        Map<String, Integer> numbers = new HashMap<>();
        this.paths.forEach(path -> numbers.put(path, numbers.size()));
        for (Node node : nodes) {
            Integer file = numbers.get(paths.getOrDefault(node.file(), ""));
            if (file != null) {
                declared.computeIfAbsent(name(node), _ -> new TreeMap<>())
                        .computeIfAbsent(file, _ -> new ArrayList<>())
                        .add(node);
            }
        }
        numbers.forEach((path, file) -> countUses(text.apply(path), file));
    }

    /** A constructor is used by the name of its type. */
    private static String name(Node node) {
        String owner = node.qualifiedName().replaceFirst("#.*", "");
        return node.name().startsWith("<")
                ? owner.substring(1 + Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')))
                : node.name();
    }

    private void countUses(String text, int file) {
        Matcher names = IDENTIFIER.matcher(text);
        while (names.find()) {
            String name = names.group();
            if (declared.containsKey(name)) {
                used.computeIfAbsent(name, _ -> new TreeMap<>()).merge(file, 1, Integer::sum);
            }
        }
        declared.forEach((name, files) -> {
            int declarations = files.getOrDefault(file, List.of()).size();
            Map<Integer, Integer> uses = used.get(name);
            if (declarations > 0 && uses != null) {
                uses.computeIfPresent(file, (_, count) -> count > declarations ? count - declarations : null);
            }
        });
    }

    /** The declarations, the best for these words first. */
    List<Node> ranked(Set<String> words) {
        double[][] weights = new double[paths.size()][paths.size()];
        double[] home = new double[paths.size()];
        Arrays.setAll(home, file -> ELSEWHERE + square(said(simpleName(paths.get(file)), words)));
        forEachEdge(words, (from, to, weight) -> weights[from][to] += weight);
        declared.forEach((name, files) -> {
            double share = square(said(name, words));
            files.forEach((file, nodes) -> home[file] += share * nodes.size());
        });
        double[] ranks = ranks(weights, home);
        double[] out = Arrays.stream(weights)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        Map<Node, Double> points = new HashMap<>();
        declared.forEach((name, files) -> {
            double factor = factor(name, files.size(), words);
            double flow = 0;
            for (Map.Entry<Integer, Double> use : uses(name, files.keySet()).entrySet()) {
                int from = use.getKey();
                flow += out[from] == 0 ? 0 : ranks[from] * factor * use.getValue() / out[from];
            }
            for (List<Node> nodes : files.values()) {
                for (Node node : nodes) {
                    points.put(node, flow);
                }
            }
        });
        ToDoubleFunction<Node> worth = node -> -points.getOrDefault(node, 0.0);
        return points.keySet().stream()
                .sorted(Comparator.comparingDouble(worth).thenComparing(Node::id))
                .toList();
    }

    private interface EdgeConsumer {
        void accept(int from, int to, double weight);
    }

    private void forEachEdge(Set<String> words, EdgeConsumer edges) {
        declared.forEach((name, files) -> {
            double factor = factor(name, files.size(), words);
            uses(name, files.keySet())
                    .forEach((from, uses) -> files.keySet().forEach(to -> edges.accept(from, to, factor * uses)));
        });
    }

    /** How much each file uses a name; what nobody uses is used a little where it is declared. */
    private Map<Integer, Double> uses(String name, Set<Integer> declaring) {
        Map<Integer, Double> uses = new TreeMap<>();
        used.getOrDefault(name, Map.of()).forEach((file, count) -> uses.put(file, Math.sqrt(count)));
        if (uses.isEmpty()) {
            declaring.forEach(file -> uses.put(file, UNUSED));
        }
        return uses;
    }

    private static double factor(String name, int files, Set<String> words) {
        boolean isCompound = name.contains("_") || name.substring(1).chars().anyMatch(Character::isUpperCase);
        return (1 + SAID * said(name, words))
                * (isCompound && name.length() >= PARTICULAR_CHARS ? PARTICULAR : 1)
                * (name.startsWith("_") ? COMMON : 1)
                * (files > COMMON_FILES ? COMMON : 1);
    }

    private static double[] ranks(double[][] weights, double[] home) {
        double all = Arrays.stream(home).sum();
        double[] ranks = Arrays.stream(home).map(share -> share / all).toArray();
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] next = new double[ranks.length];
            double lost = 0;
            for (int from = 0; from < ranks.length; from++) {
                double out = Arrays.stream(weights[from]).sum();
                if (out == 0) {
                    lost += ranks[from];
                    continue;
                }
                for (int to = 0; to < ranks.length; to++) {
                    next[to] += DAMPING * ranks[from] * weights[from][to] / out;
                }
            }
            for (int file = 0; file < ranks.length; file++) {
                next[file] += (1 - DAMPING + DAMPING * lost) * home[file] / all;
            }
            ranks = next;
        }
        return ranks;
    }

    /** The words of a text or name, in lower case and without an {@code s} at their end. */
    static Set<String> words(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\d]+|(?<=\\p{Ll})(?=\\p{Lu})"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> word.length() > 2 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The share of a name's words that are among these. */
    private static double said(String name, Set<String> words) {
        Set<String> own = words(name);
        return own.isEmpty() ? 0 : (double) own.stream().filter(words::contains).count() / own.size();
    }

    private static String simpleName(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
    }

    private static double square(double value) {
        return value * value;
    }
}
