package dev.quarry.cli;

import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.Visibility;
import dev.quarry.server.Backend;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The options that say what a search may find; several together must all hold. */
final class FilterOptions {
    private static final Option KIND = Option.of("--kind", "KINDS", "only these kinds: method,class,…");
    private static final Option PATH =
            Option.of("--path", "PATH", "only this file, or what is below this folder; from here or the root");
    private static final Option MODULE =
            Option.of("--module", "DIR", "only this module, by its folder or the last name of it; . is the root's");
    private static final Option PACKAGE = Option.of("--package", "NAME", "only this package and those below it");
    private static final Option ANNOTATION = Option.of("--annotation", "NAME", "only what bears this annotation");
    private static final Option VISIBILITY =
            Option.of("--visibility", "LIST", "only these of public,protected,package,private");
    private static final Option CODE = Option.of("--code", "WHICH", "main: no tests; test: nothing else; default: all");
    private static final Option SINCE =
            Option.of("--since", "REV", "only what was added or changed since a commit or instant of the history");

    private FilterOptions() {}

    /** These options behind others. */
    static List<Option> behind(Option... others) {
        List<Option> options = new ArrayList<>(List.of(others));
        options.addAll(List.of(KIND, PATH, MODULE, PACKAGE, ANNOTATION, VISIBILITY, CODE, SINCE));
        return options;
    }

    /**
     * What was asked for of a source.
     *
     * @throws UsageException if a kind, a visibility or what code is meant is not known
     */
    static Backend.Filter of(Arguments arguments, Source source) {
        Set<NodeKind> kinds = constants(arguments, KIND, NodeKind.class, NodeKind::isSearchable);
        Set<SearchFilter.Code> code = constants(arguments, CODE, SearchFilter.Code.class, _ -> true);
        if (code.size() > 1) {
            throw new UsageException("--code takes one of all, main and test");
        }
        return new Backend.Filter(
                kinds,
                PathCondition.of(arguments.value(PATH).orElse(""), source),
                arguments.value(MODULE).orElse(""),
                arguments.value(PACKAGE).orElse(""),
                arguments.value(ANNOTATION).orElse(""),
                constants(arguments, VISIBILITY, Visibility.class, _ -> true),
                code.stream().findFirst().orElse(SearchFilter.Code.ALL),
                arguments.value(SINCE).orElse(""));
    }

    private static <T extends Enum<T>> Set<T> constants(
            Arguments arguments, Option option, Class<T> type, Predicate<T> isMeant) {
        Set<T> found = EnumSet.noneOf(type);
        List<T> known = EnumSet.allOf(type).stream().filter(isMeant).toList();
        for (String name : arguments.value(option).orElse("").split(",")) {
            if (!name.isBlank()) {
                String wanted = name.strip().replace('-', '_');
                found.add(known.stream()
                        .filter(each -> each.name().equalsIgnoreCase(wanted))
                        .findFirst()
                        .orElseThrow(() -> new UsageException(option.name() + " does not know '" + name.strip()
                                + "': it takes " + String.join(", ", names(known)))));
            }
        }
        return found;
    }

    private static <T extends Enum<T>> List<String> names(List<T> constants) {
        return constants.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The conditions as a member of a request over HTTP; nothing where there are none. */
    static Map<String, @Nullable Object> tree(Backend.Filter filter) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        if (!filter.kinds().isEmpty()) {
            tree.put("kinds", filter.kinds().stream().sorted().map(Enum::name).toList());
        }
        put(tree, "path", filter.path());
        put(tree, "module", filter.module());
        put(tree, "package", filter.packageName());
        put(tree, "annotation", filter.annotation());
        if (!filter.visibilities().isEmpty()) {
            tree.put(
                    "visibilities",
                    filter.visibilities().stream().sorted().map(Enum::name).toList());
        }
        if (filter.code() != SearchFilter.Code.ALL) {
            tree.put("code", filter.code().name());
        }
        put(tree, "since", filter.since());
        return tree.isEmpty() ? Map.of() : Json.object("filter", tree);
    }

    private static void put(Map<String, @Nullable Object> tree, String name, String value) {
        if (!value.isEmpty()) {
            tree.put(name, value);
        }
    }
}
