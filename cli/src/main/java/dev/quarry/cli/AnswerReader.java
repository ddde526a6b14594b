package dev.quarry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads answers from the documents of the HTTP interface ({@code openapi.yaml}). */
final class AnswerReader {
    private AnswerReader() {}

    static Answer.Rows rows(JsonObject reply) {
        return new Answer.Rows(
                symbol(reply.object("symbol")),
                reply.objects("rows", AnswerReader::row),
                reply.truth("truncated"),
                standing(reply));
    }

    static Answer.Way way(JsonObject reply) {
        return new Answer.Way(
                symbol(reply.object("from")),
                symbol(reply.object("to")),
                reply.truth("found"),
                reply.objects("steps", AnswerReader::row),
                standing(reply));
    }

    static Answer.Hits hits(JsonObject reply) {
        Map<String, String> skipped = new LinkedHashMap<>();
        reply.objects("skipped", leg -> skipped.put(leg.text("leg"), leg.text("reason")));
        return new Answer.Hits(
                reply.text("shape"),
                reply.objects(
                        "hits",
                        hit -> new Answer.Hit(
                                symbol(hit),
                                hit.real("score"),
                                hit.objects("legs", AnswerReader::leg),
                                hit.object("bonuses").reals())),
                skipped,
                standing(reply));
    }

    private static Answer.LegPoints leg(JsonObject leg) {
        return new Answer.LegPoints(leg.text("leg"), (int) leg.number("rank"), leg.real("score"), leg.real("points"));
    }

    static Answer.CloneGroups cloneGroups(JsonObject reply) {
        return new Answer.CloneGroups(
                reply.objects(
                        "groups",
                        group -> new Answer.CloneGroup(
                                group.text("kind"),
                                (int) group.number("saving"),
                                (int) group.number("count"),
                                group.objects("members", AnswerReader::duplicate))),
                reply.truth("truncated"),
                standing(reply));
    }

    static Answer.Clones clones(JsonObject reply) {
        return new Answer.Clones(
                symbol(reply.object("symbol")),
                reply.objects("clones", AnswerReader::duplicate),
                reply.truth("truncated"),
                standing(reply));
    }

    private static Answer.Clone duplicate(JsonObject clone) {
        return new Answer.Clone(
                symbol(clone), clone.text("alike"), clone.real("similarity"), (int) clone.number("tokens"));
    }

    static Answer.Packed packed(JsonObject reply) {
        return new Answer.Packed(
                reply.objects(
                        "pieces",
                        piece -> new Answer.Piece(
                                symbol(piece),
                                piece.text("content"),
                                piece.text("extent"),
                                piece.text("why"),
                                piece.text("text"))),
                reply.objects(
                        "omitted",
                        each -> new Answer.Omission(each.text("symbol"), each.text("id"), each.text("reason"))),
                (int) reply.number("tokens"),
                (int) reply.number("budget"),
                counter(reply.object("counter")),
                reply.text("markdown"),
                standing(reply));
    }

    private static Answer.Counter counter(JsonObject counter) {
        return new Answer.Counter(
                counter.text("model"), counter.text("vocabulary"), (int) counter.number("marginPercent"));
    }

    static Answer.Table table(JsonObject reply) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object row : reply.list("rows")) {
            List<@Nullable Object> values = new ArrayList<>();
            if (row instanceof List<?> list) {
                values.addAll(list);
            }
            rows.add(values);
        }
        return new Answer.Table(
                reply.list("headers").stream().map(String::valueOf).toList(),
                rows,
                reply.truth("truncated"),
                standing(reply));
    }

    static Answer.Tree tree(JsonObject reply) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(reply.members());
        members.remove("coverage");
        members.remove("freshness");
        return new Answer.Tree(members, standing(reply));
    }

    static Answer.Symbol symbol(JsonObject symbol) {
        int line = (int) Math.max(symbol.number("line"), symbol.number("startLine"));
        return new Answer.Symbol(
                symbol.text("symbol"),
                symbol.text("id"),
                symbol.text("kind"),
                symbol.text("file"),
                line,
                (int) Math.max(line, symbol.number("endLine")),
                symbol.text("declaration"));
    }

    static Answer.Standing standing(JsonObject reply) {
        JsonObject coverage = reply.object("coverage");
        JsonObject freshness = reply.object("freshness");
        return new Answer.Standing(
                coverage.object("files").counts(),
                coverage.object("calls").counts(),
                coverage.object("unresolved").counts(),
                freshness.number("sequence"),
                freshness.text("indexedAt"),
                !Boolean.FALSE.equals(freshness.members().get("complete")),
                freshness.number("textSequence"),
                freshness.number("vectorSequence"),
                freshness.number("embedded"),
                freshness.number("embeddable"),
                freshness.number("instant"),
                freshness.text("commit"),
                freshness.list("problems").stream().map(String::valueOf).toList(),
                watch(freshness.object("watch")));
    }

    private static Answer.Watch watch(JsonObject watch) {
        return new Answer.Watch(
                watch.text("mode").isEmpty() ? Answer.Watch.OFF.mode() : watch.text("mode"),
                (int) watch.number("dirty"),
                watch.list("files").stream().map(String::valueOf).toList(),
                watch.number("lagMillis"),
                watch.text("problem"));
    }

    private static Answer.Row row(JsonObject row) {
        JsonObject via = row.object("via");
        return new Answer.Row(
                symbol(row),
                (int) row.number("depth"),
                new Answer.Via(via.text("kind"), via.text("role"), via.text("from"), via.text("to"), via.text("found")),
                row.objects("sites", site -> new Answer.Site((int) site.number("line"), (int) site.number("column"))));
    }
}
