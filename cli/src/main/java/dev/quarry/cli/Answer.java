package dev.quarry.cli;

import dev.quarry.schema.FileStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store, or the server that holds it, says to a question. The names are those of the HTTP interface, and {@code
 * --json} writes them so: a program reads the same document from either.
 */
sealed interface Answer {
    /** How complete and how current the graph behind an answer is. */
    Standing standing();

    /**
     * A declaration, or a leaf outside of the repository.
     *
     * @param symbol the qualified name with the signature
     * @param file below the repository's root; empty for what has none
     * @param line where it begins; 0 for what has no file
     * @param endLine where it ends
     */
    record Symbol(String symbol, String id, String kind, String file, int line, int endLine, String declaration) {}

    /** A place in a file; both count from 1. */
    record Site(int line, int column) {}

    /** The edge that led to a symbol. */
    record Via(String kind, String role, String from, String to, String found) {}

    /** A symbol that was reached, and where the edge to it is written in the file of the edge's start. */
    record Row(Symbol symbol, int depth, Via via, List<Site> sites) {
        /** Copies the list. */
        public Row {
            sites = List.copyOf(sites);
        }
    }

    /** What a leg of a search says of a hit: its rank there, 0 if another leg has found it, and what its score adds. */
    record LegPoints(String leg, int rank, double score, double points) {}

    /** A symbol that was found; its score is the sum of what the legs and the bonuses give. */
    record Hit(Symbol symbol, double score, List<LegPoints> legs, Map<String, Double> bonuses) {
        /** Copies the list. */
        public Hit {
            legs = List.copyOf(legs);
        }
    }

    /** A piece of a packed context; {@code extent} says how much of the declaration it holds. */
    record Piece(Symbol symbol, String content, String extent, String why, String text) {}

    /**
     * How a server follows the files of the repository.
     *
     * @param mode {@code OFF}, {@code EVENTS} or {@code POLL}
     * @param dirty how many files are seen changed and not yet in the graph
     * @param files the first of them
     * @param lagMillis how long ago the oldest change was seen that the graph may lack; 0 if there is none
     * @param problem why the graph does not follow; empty if all is well
     */
    record Watch(String mode, int dirty, List<String> files, long lagMillis, String problem) {
        /** No server follows them. */
        static final Watch OFF = new Watch("OFF", 0, List.of(), 0, "");

        /** Copies the list. */
        public Watch {
            files = List.copyOf(files);
        }
    }

    /**
     * How complete and how current the graph is.
     *
     * @param files how many files ended in each status
     * @param calls where call sites end: {@code internal}, {@code library}, {@code jdk}, {@code unresolved}
     * @param unresolved the call sites that are not bound, by reason
     * @param indexedAt when the last index run ended; empty before the first
     * @param complete whether it came to its end; if not, files may be missing
     * @param embedded how many of {@code embeddable} texts have their vector
     * @param instant how many have a vector of the instant tier
     * @param commit the git commit that was checked out when it began; empty outside of git
     * @param problems what of the store cannot be read or is gone, with what helps
     * @param watch how a server follows the files
     */
    record Standing(
            Map<String, Integer> files,
            Map<String, Integer> calls,
            Map<String, Integer> unresolved,
            long sequence,
            String indexedAt,
            boolean complete,
            long textSequence,
            long vectorSequence,
            long embedded,
            long embeddable,
            long instant,
            String commit,
            List<String> problems,
            Watch watch) {
        /** Copies maps and list; equal ones are written in the same order. */
        public Standing {
            problems = List.copyOf(problems);
            files = sorted(files);
            calls = sorted(calls);
            unresolved = sorted(unresolved);
        }

        private static Map<String, Integer> sorted(Map<String, Integer> counts) {
            return Collections.unmodifiableMap(new TreeMap<>(counts));
        }

        /** How many files were not read whole: in part, or not at all. */
        int filesNotWhole() {
            return files.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(FileStatus.INDEXED.name()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** How many call sites there are. */
        int callSites() {
            return calls.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** How many of them are not bound. */
        int callsNotBound() {
            return calls.getOrDefault("unresolved", 0);
        }
    }

    /** The symbols in some relationship to one, nearest first. */
    record Rows(Symbol start, List<Row> rows, boolean truncated, Standing standing) implements Answer {
        /** Copies the list. */
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /** A way of calls; each step is a symbol behind the first with the edge that leads to it. */
    record Way(Symbol from, Symbol to, boolean found, List<Row> steps, Standing standing) implements Answer {
        /** Copies the list. */
        public Way {
            steps = List.copyOf(steps);
        }
    }

    /** The hits of a search, best first, what the text was taken for, and the legs that did not run with the reason. */
    record Hits(String shape, List<Hit> hits, Map<String, String> skipped, Standing standing) implements Answer {
        /** Copies the list. */
        public Hits {
            hits = List.copyOf(hits);
        }
    }

    /** A declaration that is like another: {@code exact}, {@code renamed} or {@code near}, 0 to 1. */
    record Clone(Symbol symbol, String alike, double similarity, int tokens) {}

    /** Declarations that are alike, {@code count} in all; each says how like the first it is. */
    record CloneGroup(String kind, int saving, int count, List<Clone> members) {
        /** Copies the list. */
        public CloneGroup {
            members = List.copyOf(members);
        }
    }

    /** Groups of declarations that are alike, the largest saving of lines first. */
    record CloneGroups(List<CloneGroup> groups, boolean truncated, Standing standing) implements Answer {
        /** Copies the list. */
        public CloneGroups {
            groups = List.copyOf(groups);
        }
    }

    /** What is like a symbol, the most alike first. */
    record Clones(Symbol symbol, List<Clone> clones, boolean truncated, Standing standing) implements Answer {
        /** Copies the list. */
        public Clones {
            clones = List.copyOf(clones);
        }
    }

    /** How tokens are counted: for which model, if one was named, by which vocabulary, and how much is added. */
    record Counter(String model, String vocabulary, int marginPercent) {}

    /** A declaration that was found and left out of a context, and why. */
    record Omission(String symbol, String id, String reason) {}

    /** Code packed under a budget of tokens, as pieces or as one Markdown text. */
    record Packed(
            List<Piece> pieces,
            List<Omission> omitted,
            int tokens,
            int budget,
            Counter counter,
            String markdown,
            Standing standing)
            implements Answer {
        /** Copies the lists. */
        public Packed {
            pieces = List.copyOf(pieces);
            omitted = List.copyOf(omitted);
        }
    }

    /** A file that was not read whole, what became of it, and why; the reason is empty if that says it. */
    record UnreadFile(String file, String status, String problem) {}

    /**
     * What a store holds.
     *
     * @param repository the root of what was indexed last; empty if that is not known
     * @param nodes how many there are of each kind
     * @param edges the same for edges
     * @param vectors how many vectors there are
     * @param missingArtifacts coordinates that the repository names and this machine lacked, and declarations not
     *     understood
     * @param unread the files that were not read whole
     * @param heldBy the address of the server that holds the store; empty if none does
     */
    record Status(
            String repository,
            int schemaVersion,
            Map<String, Long> nodes,
            Map<String, Long> edges,
            long vectors,
            List<String> missingArtifacts,
            UnreadFiles unread,
            String heldBy,
            Standing standing)
            implements Answer {
        /** Copies the collections. */
        public Status {
            nodes = Map.copyOf(nodes);
            edges = Map.copyOf(edges);
            missingArtifacts = List.copyOf(missingArtifacts);
        }
    }

    /** A document of the HTTP interface as it is, without what it says of the graph. */
    record Tree(Map<String, @Nullable Object> members, Standing standing) implements Answer {}

    /** The rows of a script; values are text, numbers, truth values, lists and null, and bytes as hexadecimal digits. */
    record Table(List<String> headers, List<List<@Nullable Object>> rows, boolean truncated, Standing standing)
            implements Answer {}
}
