package dev.quarry.cli;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.UnresolvedReason;
import dev.quarry.server.IndexReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what an index run has done. */
final class ReportText {
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final int ARTIFACTS_SHOWN = 5;

    private final Terminal terminal;

    ReportText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** For people. */
    void write(IndexReport report, Path store) {
        int files = report.files().values().stream().mapToInt(Integer::intValue).sum();
        String nothing = report.statesWritten() > 0 ? "Nothing but the history has changed" : "Nothing has changed";
        int written = report.filesChanged() - report.filesRemoved();
        terminal.line(terminal.styled(Style.GOOD, report.isUnchanged() ? nothing : "Indexed " + grouped(written))
                + (report.isUnchanged() ? " in " : " of ")
                + grouped(files) + " files"
                + (report.filesRemoved() > 0 ? " and removed " + grouped(report.filesRemoved()) : "") + " in "
                + ProgressLine.duration(report.elapsed().toMillis() / MILLIS_PER_SECOND));
        if (!report.isUnchanged()) {
            entry(
                    "written",
                    grouped(report.nodesWritten()) + " nodes, " + grouped(report.edgesWritten()) + " edges, "
                            + grouped(report.vectorsWritten()) + " vectors");
        }
        if (report.statesWritten() > 0) {
            entry(
                    "history",
                    AnswerText.count(report.statesWritten(), "state") + " more, " + grouped(report.states())
                            + " in all");
        }
        entry("files", statuses(report.files()));
        entry("calls", calls(report.coverage()));
        if (!report.coverage().reasons().isEmpty()) {
            entry("unbound", unbound(report.coverage()));
        }
        if (!report.skipped().isEmpty()) {
            entry("skipped", counts(report.skipped()));
        }
        if (!report.missingArtifacts().isEmpty()) {
            entry("missing", missing(report.missingArtifacts()));
        }
        entry("store", terminal.shown(store));
    }

    /** For programs. */
    static Map<String, @Nullable Object> tree(IndexReport report, Path store) {
        Map<String, Integer> files = new LinkedHashMap<>();
        report.files().forEach((status, count) -> files.put(status.name(), count));
        return Json.object(
                "store", store.toString(),
                "sequence", report.sequence(),
                "millis", report.elapsed().toMillis(),
                "filesChanged", report.filesChanged(),
                "filesRemoved", report.filesRemoved(),
                "nodesWritten", report.nodesWritten(),
                "edgesWritten", report.edgesWritten(),
                "vectorsWritten", report.vectorsWritten(),
                "statesWritten", report.states() == 0 ? null : report.statesWritten(),
                "states", report.states() == 0 ? null : report.states(),
                "files", files,
                "skipped", report.skipped(),
                "missingArtifacts", report.missingArtifacts(),
                "coverage",
                        Json.object(
                                "files", files,
                                "calls", callCounts(report.coverage()),
                                "unresolved", reasons(report.coverage())));
    }

    /** What a server says that a job has done, as the reply to it tells that. */
    static IndexReport read(JsonObject reply) {
        JsonObject report = reply.object("job").object("report");
        Map<String, Integer> calls = reply.object("coverage").object("calls").counts();
        return new IndexReport(
                byName(FileStatus.class, report.object("files")),
                report.object("skipped").counts(),
                (int) report.number("filesChanged"),
                (int) report.number("filesRemoved"),
                report.number("nodesWritten"),
                report.number("edgesWritten"),
                report.number("vectorsWritten"),
                (int) report.number("statesWritten"),
                (int) report.number("states"),
                new Coverage(
                        calls.getOrDefault("internal", 0),
                        calls.getOrDefault("library", 0),
                        calls.getOrDefault("jdk", 0),
                        calls.getOrDefault("unresolved", 0),
                        byName(UnresolvedReason.class, reply.object("coverage").object("unresolved"))),
                report.list("missingArtifacts").stream().map(String::valueOf).toList(),
                report.number("sequence"),
                Duration.ofMillis(report.number("millis")));
    }

    private static <E extends Enum<E>> Map<E, Integer> byName(Class<E> type, JsonObject counts) {
        Map<E, Integer> named = new EnumMap<>(type);
        counts.counts().forEach((name, count) -> named.put(Enum.valueOf(type, name), count));
        return named;
    }

    /** Where call sites end, by the names of the HTTP interface. */
    static Map<String, Integer> callCounts(Coverage coverage) {
        Map<String, Integer> calls = new TreeMap<>();
        calls.put("internal", coverage.internal());
        calls.put("library", coverage.library());
        calls.put("jdk", coverage.jdk());
        calls.put("unresolved", coverage.unresolved());
        return calls;
    }

    /** The call sites that are not bound, by reason. */
    static Map<String, Integer> reasons(Coverage coverage) {
        Map<String, Integer> reasons = new TreeMap<>();
        coverage.reasons().forEach((reason, count) -> reasons.put(reason.name(), count));
        return reasons;
    }

    /** The call sites that are not bound, by reason, and what would mend those that lack generated sources. */
    static String unbound(Coverage coverage) {
        return counts(reasons(coverage)) + remedy(reasons(coverage));
    }

    /** What helps against the reasons that sites are not bound for, in parentheses; or nothing. */
    static String remedy(Map<String, Integer> reasons) {
        return reasons.containsKey(UnresolvedReason.GENERATED.name())
                ? " (build the project once and index again: the sources that its annotation processors write are read)"
                : "";
    }

    /** Where call sites end, on one line. */
    static String calls(Coverage coverage) {
        int sites = coverage.sites();
        double bound = sites == 0 ? 100 : 100.0 * (sites - coverage.unresolved()) / sites;
        return String.format(
                Locale.ROOT,
                "%s sites: %s in the repository, %s in libraries, %s in the JDK, %s not bound (%.2f %% bound)",
                grouped(sites),
                grouped(coverage.internal()),
                grouped(coverage.library()),
                grouped(coverage.jdk()),
                grouped(coverage.unresolved()),
                bound);
    }

    /** Files by what became of them, on one line. */
    static String statuses(Map<FileStatus, ? extends Number> files) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().longValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> grouped(entry.getValue().longValue()) + " " + name(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** A number with its thousands apart. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String missing(List<String> artifacts) {
        String some = artifacts.stream().sorted().limit(ARTIFACTS_SHOWN).collect(Collectors.joining(", "));
        int more = artifacts.size() - ARTIFACTS_SHOWN;
        return artifacts.size()
                + " things that the build names are not on this machine, so calls into them are less exact: " + some
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> grouped(entry.getValue()) + " "
                        + entry.getKey().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static String name(FileStatus status) {
        return switch (status) {
            case INDEXED -> "read";
            case PARTIAL -> "read in part";
            case TOO_LARGE -> "too large";
            case BINARY -> "not text";
            case UNREADABLE -> "unreadable";
            case FAILED -> "not understood";
        };
    }

    private void entry(String head, String text) {
        terminal.line("  " + terminal.styled(Style.DIM, String.format(Locale.ROOT, "%-8s", head)) + " " + text);
    }
}
