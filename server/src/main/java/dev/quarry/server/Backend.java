package dev.quarry.server;

import dev.quarry.ask.Retrieval;
import dev.quarry.graphdb.CloneGroups;
import dev.quarry.graphdb.CloneRequest;
import dev.quarry.graphdb.Duplicate;
import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.RepositoryMap;
import dev.quarry.rag.TokenCounter;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP interface asks of a workspace. All calls block and may be made by several threads; failures that a user
 * can cause are {@link dev.quarry.schema.QuarryException}s.
 */
public interface Backend {
    /** What a workspace answers. */
    static Backend of(Workspace workspace) {
        return new WorkspaceBackend(workspace);
    }

    /** What can be asked of a symbol's surroundings. */
    enum Relationship {
        CALLERS,
        CALLEES,
        IMPLEMENTATIONS,
        SUBTYPES,
        IMPACT
    }

    /** How complete and how current the graph is. */
    record Standing(Map<FileStatus, Integer> files, Coverage calls, Freshness freshness, WorkingTree tree) {}

    /** What answers: the engine's name, the store's schema version, the model's id if one is loaded. */
    record Engine(String name, int schemaVersion, Optional<String> model) {}

    /** A symbol reached, how far away, and the edge that led to it. */
    record Row(StampedNode node, int depth, Edge via) {}

    /** What was reached, nearest first; {@code truncated} if there is more. */
    record Rows(List<Row> rows, boolean truncated) {
        /** Copies the collections. */
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * What may be found, as people say it; all conditions must hold, and an empty one lets all through.
     *
     * @param kinds any of these
     * @param path a file, or a folder around it: below the repository's root, or absolute
     * @param module a module, by its folder or the last name of that; {@code .} is the root's
     * @param packageName a package or one above it
     * @param annotation the simple or qualified name of an annotation that the declaration bears
     * @param visibilities any of these
     * @param code whether of tests or not
     * @param since a commit or an instant: only what was added or changed since then
     */
    record Filter(
            Set<NodeKind> kinds,
            String path,
            String module,
            String packageName,
            String annotation,
            Set<Visibility> visibilities,
            SearchFilter.Code code,
            String since) {
        /** Lets all through. */
        public static final Filter NONE = new Filter(Set.of(), "", "", "", "", Set.of(), SearchFilter.Code.ALL, "");

        /** Copies the collections. */
        public Filter {
            kinds = Set.copyOf(kinds);
            visibilities = Set.copyOf(visibilities);
        }

        /** Lets through what is of one of the kinds and lies there; code of tests if it is wanted too. */
        public static Filter of(Set<NodeKind> kinds, String path, String packageName, boolean withTests) {
            SearchFilter.Code code = withTests ? SearchFilter.Code.ALL : SearchFilter.Code.MAIN;
            return new Filter(kinds, path, "", packageName, "", Set.of(), code, "");
        }
    }

    /** A question for at most so many hits. */
    record Question(String text, int limit, Filter filter) {}

    /** What a leg says of a hit: its rank there, 0 if another leg has found it, and the points that its score gives. */
    record LegPoints(String leg, int rank, double score, double points) {}

    /** A node found; its score is the sum of all points. */
    record Hit(Node node, double score, List<LegPoints> legs, Map<String, Double> bonuses) {
        /** Copies the list. */
        public Hit {
            legs = List.copyOf(legs);
        }

        /** Its rank, from 1, on each leg that has found it. */
        public Map<String, Integer> ranks() {
            return legs.stream()
                    .filter(leg -> leg.rank() > 0)
                    .collect(Collectors.toMap(LegPoints::leg, LegPoints::rank));
        }
    }

    /**
     * Hits, best first, what kind of text the question was taken for, the legs that did not run with the reason, and what
     * each leg did.
     */
    record Hits(String shape, List<Hit> hits, Map<String, String> skipped, List<Retrieval.LegRun> legs) {
        /** Copies the collections. */
        public Hits {
            hits = List.copyOf(hits);
            legs = List.copyOf(legs);
        }
    }

    /**
     * What to pack: a question with what may be found by it, symbols, or both; tokens are counted for the model, which is
     * empty for no certain one.
     */
    record ContextQuestion(
            Optional<String> text, List<NodeId> symbols, int tokens, boolean markdown, Filter filter, String model) {
        /** Copies the collections. */
        public ContextQuestion {
            symbols = List.copyOf(symbols);
        }

        /** For no certain model. */
        public ContextQuestion(
                Optional<String> text, List<NodeId> symbols, int tokens, boolean markdown, Filter filter) {
            this(text, symbols, tokens, markdown, filter, "");
        }
    }

    /** A piece of a packed context; {@code extent} says how much of the declaration it holds. */
    record Piece(
            NodeId id,
            NodeKind kind,
            String symbol,
            String file,
            int startLine,
            int endLine,
            String extent,
            String why,
            ContentHash content,
            String text) {}

    /** A declaration found and left out of a context, with the reason. */
    record Omission(NodeId id, String symbol, String reason) {}

    /** How tokens are counted: for which model, if one was named, by which vocabulary, and how much is added. */
    record Counter(String model, String vocabulary, int marginPercent) {
        /** Counts for this model; empty for no certain one. */
        public static Counter of(String model) {
            TokenCounter counter = TokenCounter.of(model);
            return new Counter(counter.model(), counter.vocabulary(), counter.marginPercent());
        }
    }

    /** A packed context of so many tokens, also as one Markdown text if that was wanted. */
    record Packed(List<Piece> pieces, List<Omission> omitted, int tokens, String markdown) {
        /** Copies the collections. */
        public Packed {
            pieces = List.copyOf(pieces);
            omitted = List.copyOf(omitted);
        }
    }

    /** What a script may use. */
    record QueryBounds(int rows, Duration time) {}

    /** A script's result; values are text, numbers, truth values, bytes, lists and null. */
    record Table(List<String> headers, List<List<@Nullable Object>> rows, boolean truncated) {}

    /** The directory of the store. */
    Path storeDirectory();

    /** The repository indexed last. */
    Optional<Path> repositoryRoot();

    /** How complete and how current the graph is; quick. */
    Standing standing();

    /** The commit sequence of the graph, which {@link #standing} has as well and takes longer to tell. */
    long sequence();

    /** Somebody follows the files: from now on the standing says what this gives. */
    void watchedBy(Supplier<WorkingTree> watcher);

    /** What answers. */
    Engine engine();

    /** The node of this id. */
    Optional<StampedNode> node(NodeId id);

    /** What a name, as people write it, stands for. */
    Resolution resolve(String name);

    /** The paths of these files, below the repository's root; unknown ones are left out. */
    Map<NodeId, String> paths(Collection<NodeId> files);

    /** The text of this file, by its path below the repository's root, as it was indexed. */
    Optional<String> text(String path);

    /** What this file declares. */
    List<StampedNode> declaredIn(NodeId file);

    /** What stands in this relationship to a symbol. */
    Rows related(Relationship relationship, StampedNode start, int depth, int limit);

    /** A shortest way of calls; empty if there is none of at most {@code depth} steps. */
    Optional<List<Row>> way(NodeId from, NodeId to, int depth);

    /** Groups of declarations that are alike. */
    CloneGroups clones(CloneRequest request);

    /** What is like a declaration, the most alike first. */
    List<Duplicate> clonesOf(NodeId id);

    /** Searches. */
    Hits search(Question question);

    /** Packs a context. */
    Packed pack(ContextQuestion question);

    /** The source of these declarations, each for itself; without what is gone or has no text. */
    List<Piece> quote(List<NodeId> symbols);

    /** An overview of the repository under a budget of tokens. */
    RepositoryMap map(int tokens);

    /** Runs a read-only script. */
    Table query(String script, Map<String, @Nullable Object> params, QueryBounds bounds);

    /** When a symbol, or what calls it, changed, the newest state first, as the document of the contract. */
    Map<String, @Nullable Object> log(Node symbol, int limit);

    /** The last that is known of the symbols that this name may mean and that are gone by now. */
    List<StampedNode> gone(String name);

    /** What differs between two states, as the document of the contract; an empty {@code to} is now. */
    Map<String, @Nullable Object> diff(String from, String to, int limit);

    /** What the difference of two states reaches, as the document of the contract; an empty {@code to} is now. */
    Map<String, @Nullable Object> diffImpact(String from, String to, int depth, int limit);

    /**
     * Asks what this backend was at a commit or an instant.
     *
     * @param searches whether words are asked for
     * @throws dev.quarry.schema.QuarryException NOT_FOUND if the history has no such state
     */
    <T> T at(String revision, boolean searches, Function<Backend, T> question);

    /**
     * Indexes a repository; blocks until the run has ended.
     *
     * @throws java.util.concurrent.CancellationException if the progress said so
     */
    IndexReport index(Path root, IndexOptions options, IndexProgress progress);

    /** What the model that searches use makes of a question; empty without one. */
    Optional<float[]> vector(String question);

    /** Answers that were given about the graph. */
    AnswerCache answers();

    /** The models on this machine, and those of which the store has vectors. */
    List<ModelState> models();

    /** Has index runs embed with this model from now on. */
    void useModel(String id);

    /**
     * Removes what the store holds for nothing; blocks until that is done.
     *
     * @throws dev.quarry.schema.QuarryException BUSY if an index run is at work
     */
    GarbageReport collectGarbage(GarbageOptions options);
}
