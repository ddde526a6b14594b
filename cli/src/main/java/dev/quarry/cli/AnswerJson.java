package dev.quarry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes answers as the documents of the HTTP interface ({@code openapi.yaml}). */
final class AnswerJson {
    private AnswerJson() {}

    /** The document of this answer. */
    static String write(Answer answer) {
        return Json.write(tree(answer));
    }

    private static Map<String, @Nullable Object> tree(Answer answer) {
        Map<String, @Nullable Object> tree = switch (answer) {
            case Answer.Rows rows ->
                Json.object("symbol", symbol(rows.start()), "rows", rows(rows.rows()), "truncated", rows.truncated());
            case Answer.Way way ->
                Json.object(
                        "from", symbol(way.from()),
                        "to", symbol(way.to()),
                        "found", way.found(),
                        "steps", rows(way.steps()));
            case Answer.Hits hits ->
                Json.object(
                        "shape", hits.shape(),
                        "hits", hits.hits().stream().map(AnswerJson::hit).toList(),
                        "skipped", skipped(hits.skipped()));
            case Answer.CloneGroups clones ->
                Json.object(
                        "groups",
                        clones.groups().stream().map(AnswerJson::cloneGroup).toList(),
                        "truncated",
                        clones.truncated());
            case Answer.Clones clones ->
                Json.object(
                        "symbol", symbol(clones.symbol()),
                        "clones",
                                clones.clones().stream()
                                        .map(AnswerJson::duplicate)
                                        .toList(),
                        "truncated", clones.truncated());
            case Answer.Packed packed ->
                Json.object(
                        "format", "json",
                        "tokens", packed.tokens(),
                        "budget", packed.budget(),
                        "counter", counter(packed.counter()),
                        "pieces",
                                packed.pieces().stream()
                                        .map(piece ->
                                                piece(piece, packed.standing().commit()))
                                        .toList(),
                        "omitted",
                                packed.omitted().stream()
                                        .map(AnswerJson::omission)
                                        .toList());
            case Answer.Status status -> status(status);
            case Answer.Tree document -> new LinkedHashMap<>(document.members());
            case Answer.Table table ->
                Json.object("headers", table.headers(), "rows", table.rows(), "truncated", table.truncated());
        };
        tree.putAll(standing(answer.standing()));
        return tree;
    }

    private static Map<String, @Nullable Object> status(Answer.Status status) {
        return Json.object(
                "repository", orAbsent(status.repository()),
                "complete", status.standing().complete(),
                "schemaVersion", status.schemaVersion(),
                "nodes", new TreeMap<>(status.nodes()),
                "edges", new TreeMap<>(status.edges()),
                "vectors", status.vectors(),
                "missingArtifacts", status.missingArtifacts(),
                "unread",
                        status.unread().first().stream().map(AnswerJson::unread).toList(),
                "unreadMore", status.unread().more(),
                "heldBy", orAbsent(status.heldBy()));
    }

    private static Map<String, @Nullable Object> unread(Answer.UnreadFile file) {
        return Json.object("file", file.file(), "status", file.status(), "problem", orAbsent(file.problem()));
    }

    /** The members {@code coverage} and {@code freshness}. */
    static Map<String, @Nullable Object> standing(Answer.Standing standing) {
        return Json.object(
                "coverage",
                        Json.object(
                                "files", standing.files(),
                                "calls", standing.calls(),
                                "unresolved", standing.unresolved()),
                "freshness",
                        Json.object(
                                "sequence", standing.sequence(),
                                "indexedAt", orAbsent(standing.indexedAt()),
                                "complete", standing.complete(),
                                "textSequence", standing.textSequence(),
                                "vectorSequence", standing.vectorSequence(),
                                "embedded", standing.embedded(),
                                "embeddable", standing.embeddable(),
                                "instant", standing.instant(),
                                "commit", orAbsent(standing.commit()),
                                "problems", standing.problems().isEmpty() ? null : standing.problems(),
                                "watch", watch(standing.watch())));
    }

    private static Map<String, @Nullable Object> watch(Answer.Watch watch) {
        boolean follows = !watch.mode().equals(Answer.Watch.OFF.mode());
        return Json.object(
                "mode", watch.mode(),
                "dirty", follows ? watch.dirty() : null,
                "files", follows ? watch.files() : null,
                "lagMillis", follows ? watch.lagMillis() : null,
                "problem", orAbsent(watch.problem()));
    }

    /** A symbol with its place. */
    static Map<String, @Nullable Object> symbol(Answer.Symbol symbol) {
        return Json.object(
                "symbol", symbol.symbol(),
                "id", symbol.id(),
                "kind", symbol.kind(),
                "file", orAbsent(symbol.file()),
                "line", symbol.line() == 0 ? null : symbol.line(),
                "declaration", orAbsent(symbol.declaration()));
    }

    private static Map<String, @Nullable Object> symbolWithLines(Answer.Symbol symbol) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(symbol(symbol));
        tree.remove("line");
        if (symbol.line() > 0) {
            tree.put("startLine", symbol.line());
            tree.put("endLine", symbol.endLine());
        }
        return tree;
    }

    private static List<Map<String, @Nullable Object>> rows(List<Answer.Row> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> tree = symbol(row.symbol());
                    tree.put("depth", row.depth());
                    tree.put("via", via(row.via()));
                    tree.put(
                            "sites",
                            row.sites().stream()
                                    .map(site -> Json.object("line", site.line(), "column", site.column()))
                                    .toList());
                    return tree;
                })
                .toList();
    }

    private static Map<String, @Nullable Object> via(Answer.Via via) {
        return Json.object(
                "kind", via.kind(),
                "role", orAbsent(via.role()),
                "from", via.from(),
                "to", via.to(),
                "found", via.found());
    }

    private static Map<String, @Nullable Object> hit(Answer.Hit hit) {
        Map<String, @Nullable Object> tree = symbolWithLines(hit.symbol());
        tree.put("score", hit.score());
        tree.put("legs", hit.legs().stream().map(AnswerJson::leg).toList());
        tree.put("bonuses", hit.bonuses());
        return tree;
    }

    private static Map<String, @Nullable Object> leg(Answer.LegPoints leg) {
        return Json.object(
                "leg", leg.leg(),
                "rank", leg.rank() == 0 ? null : leg.rank(),
                "score", leg.score(),
                "points", leg.points());
    }

    private static Map<String, @Nullable Object> cloneGroup(Answer.CloneGroup group) {
        return Json.object(
                "kind", group.kind(),
                "saving", group.saving(),
                "count", group.count(),
                "members", group.members().stream().map(AnswerJson::duplicate).toList());
    }

    private static Map<String, @Nullable Object> duplicate(Answer.Clone clone) {
        Map<String, @Nullable Object> tree = symbolWithLines(clone.symbol());
        tree.put("alike", clone.alike());
        tree.put("similarity", clone.similarity());
        tree.put("tokens", clone.tokens());
        return tree;
    }

    private static Map<String, @Nullable Object> counter(Answer.Counter counter) {
        return Json.object(
                "model", orAbsent(counter.model()),
                "vocabulary", counter.vocabulary(),
                "marginPercent", counter.marginPercent());
    }

    private static Map<String, @Nullable Object> piece(Answer.Piece piece, String commit) {
        Map<String, @Nullable Object> tree = symbolWithLines(piece.symbol());
        tree.put("commit", orAbsent(commit));
        tree.put("content", orAbsent(piece.content()));
        tree.put("why", orAbsent(piece.why()));
        tree.put("extent", piece.extent());
        tree.put("text", piece.text());
        tree.values().removeIf(java.util.Objects::isNull);
        return tree;
    }

    private static Map<String, @Nullable Object> omission(Answer.Omission omission) {
        return Json.object("symbol", omission.symbol(), "id", omission.id(), "reason", omission.reason());
    }

    private static List<Map<String, @Nullable Object>> skipped(Map<String, String> skipped) {
        return skipped.entrySet().stream()
                .map(leg -> Json.object("leg", leg.getKey(), "reason", leg.getValue()))
                .toList();
    }

    private static @Nullable String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }
}
