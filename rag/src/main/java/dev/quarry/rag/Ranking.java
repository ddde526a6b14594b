package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.Candidates.Candidate;
import dev.quarry.rag.SearchResult.Bonus;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.NameCoverage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Orders what the legs have found by what they say and by what else is known of it: what kind of declaration it is, and
 * what its file as a whole has of the query. Used by one thread.
 */
final class Ranking {
    private static final int BEYOND_LIMIT = 60;
    private static final double SAME_FILE = -0.03;

    private final GraphStore graph;
    private final QueryShape shape;
    private final FileEvidence evidence;
    private final NameCoverage said;
    private final Candidates candidates;

    Ranking(GraphStore graph, QueryShape shape, FileEvidence evidence, NameCoverage said, Candidates candidates) {
        this.graph = graph;
        this.shape = shape;
        this.evidence = evidence;
        this.said = said;
        this.candidates = candidates;
    }

    /**
     * The best hits, best first. One that would follow a near-duplicate gives way to the next if that is as good; where
     * names are asked for, all that bear them are wanted.
     */
    List<Hit> best(int limit) {
        boolean byFile = shape == QueryShape.CHANGE;
        List<Candidate> considered = candidates.best(byFile ? Integer.MAX_VALUE : limit + BEYOND_LIMIT);
        List<Ranked> ranked = ranked(considered);
        if (byFile) {
            alternateFiles(ranked);
        }
        boolean byName = shape == QueryShape.NAME || shape == QueryShape.TRACE;
        List<Ranked> shown = byName ? ranked : Diversity.arrange(ranked, hit -> hit.node.node(), hit -> hit.score);
        return shown.stream().limit(limit).map(this::hit).toList();
    }

    /** A candidate that the store knows. */
    private static final class Ranked {
        private final Candidate candidate;
        private final StampedNode node;
        private final String path;
        private final Map<Bonus, Double> bonuses;
        private double score;

        private Ranked(Candidate candidate, StampedNode node, String path, double score, Map<Bonus, Double> bonuses) {
            this.candidate = candidate;
            this.node = node;
            this.path = path;
            this.score = score;
            this.bonuses = bonuses;
        }

        private void add(Bonus bonus, double points) {
            if (points != 0) {
                bonuses.put(bonus, points);
                score += points;
            }
        }
    }

    private List<Ranked> ranked(List<Candidate> considered) {
        Map<NodeId, StampedNode> nodes =
                byId(considered.stream().map(Candidate::id).toList());
        Map<NodeId, StampedNode> files = byId(nodes.values().stream()
                .map(node -> node.node().file())
                .distinct()
                .toList());
        List<Ranked> ranked = new ArrayList<>();
        for (Candidate candidate : considered) {
            StampedNode node = nodes.get(candidate.id());
            if (node != null) {
                StampedNode file = files.get(node.node().file());
                String path = file == null ? "" : file.node().qualifiedName();
                Ranked each =
                        new Ranked(candidate, node, path, candidates.score(candidate), candidates.bonuses(candidate));
                each.add(Bonus.PRIOR, Priors.of(node.node(), shape, said));
                if (node.node().kind().isType() && !Double.isNaN(candidate.cosine())) {
                    evidence.addType(path, candidate.cosine());
                }
                ranked.add(each);
            }
        }
        ranked.forEach(each -> each.add(Bonus.FILE, evidence.of(each.path)));
        sort(ranked);
        return ranked;
    }

    private static void sort(List<Ranked> ranked) {
        ranked.sort(Comparator.comparingDouble((Ranked hit) -> -hit.score).thenComparing(hit -> hit.candidate.id()));
    }

    /** Lets the further hits of a file step back, each by more than the one before, so that other files are seen. */
    private static void alternateFiles(List<Ranked> ranked) {
        Map<String, Integer> before = new HashMap<>();
        for (Ranked hit : ranked) {
            hit.add(Bonus.SAME_FILE, SAME_FILE * (before.merge(hit.path, 1, Integer::sum) - 1));
        }
        sort(ranked);
    }

    private Hit hit(Ranked ranked) {
        return new Hit(ranked.node, ranked.path, ranked.score, candidates.legs(ranked.candidate), ranked.bonuses);
    }

    private Map<NodeId, StampedNode> byId(Collection<NodeId> ids) {
        return graph.nodes(ids).stream()
                .collect(Collectors.toMap(stamped -> stamped.node().id(), Function.identity()));
    }
}
