package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements that Spring Data makes of a method's name, such as {@code findByOwnerNameAndPet}. */
final class DerivedQuery {
    private static final Pattern NAME = Pattern.compile(
            "(find|read|get|query|search|stream|count|exists|delete|remove)((?:\\p{Lu}.*?)??)(?:By(\\p{Lu}.*))?");
    private static final Pattern ORDER = Pattern.compile("OrderBy\\p{Lu}.*$|AllIgnor(e|ing)Case");
    private static final List<String> OPERATORS = List.of(
            "IsNotNull",
            "NotNull",
            "IsNull",
            "Null",
            "IsBetween",
            "Between",
            "IsLessThanEqual",
            "LessThanEqual",
            "IsLessThan",
            "LessThan",
            "IsGreaterThanEqual",
            "GreaterThanEqual",
            "IsGreaterThan",
            "GreaterThan",
            "IsAfter",
            "After",
            "IsBefore",
            "Before",
            "IsNotLike",
            "NotLike",
            "IsLike",
            "Like",
            "IsStartingWith",
            "StartingWith",
            "StartsWith",
            "IsEndingWith",
            "EndingWith",
            "EndsWith",
            "IsNotContaining",
            "NotContaining",
            "NotContains",
            "IsContaining",
            "Containing",
            "Contains",
            "IsNotEmpty",
            "NotEmpty",
            "IsEmpty",
            "Empty",
            "IsNotIn",
            "NotIn",
            "IsIn",
            "In",
            "IsNear",
            "Near",
            "IsWithin",
            "Within",
            "MatchesRegex",
            "Matches",
            "Regex",
            "IsTrue",
            "True",
            "IsFalse",
            "False",
            "Exists",
            "IsNot",
            "Not",
            "Is",
            "Equals",
            "IgnoreCase",
            "IgnoringCase");

    private final QueryGraph queries;
    private final TypeModel entity;

    DerivedQuery(QueryGraph queries, TypeModel entity) {
        this.queries = queries;
        this.entity = entity;
    }

    /** Adds the method's statement, if its name makes one. */
    void add(QueryName name, TypeModel.Method method) {
        Matcher matcher = NAME.matcher(method.name());
        Optional<String> table = queries.entities().table(entity);
        if (!matcher.matches() || table.isEmpty()) {
            return;
        }
        String criteria =
                matcher.group(3) == null ? "" : ORDER.matcher(matcher.group(3)).replaceAll("");
        Set<String> tables = new LinkedHashSet<>(List.of(table.get()));
        List<String> paths = new ArrayList<>();
        if (!criteria.isEmpty()) {
            for (String part : criteria.split("(Or|And)(?=\\p{Lu})")) {
                path(entity, part, tables).ifPresentOrElse(paths::add, () -> paths.add("? " + part));
            }
        }
        boolean writes = matcher.group(1).equals("delete") || matcher.group(1).equals("remove");
        String text = "derived from its name" + (paths.isEmpty() ? "" : ", by " + String.join(", ", paths));
        NodeId query = queries.query(name, text, "");
        String own = table.get();
        tables.forEach(each -> queries.uses(query, queries.table(each), writes && each.equals(own), ""));
        queries.runs(method.id(), query, writes, method.sites(), "");
    }

    /** The path of properties that a part of the name stands for; what it leads through is added to the tables. */
    private Optional<String> path(TypeModel type, String part, Set<String> tables) {
        String rest = part;
        while (!rest.isEmpty()) {
            Optional<String> found = property(type, rest, tables);
            if (found.isPresent()) {
                return found;
            }
            String given = rest;
            String shorter = OPERATORS.stream()
                    .filter(given::endsWith)
                    .findFirst()
                    .map(operator -> given.substring(0, given.length() - operator.length()))
                    .orElse("");
            rest = shorter;
        }
        return Optional.empty();
    }

    /** As Spring Data looks: the whole as one property, else split at the rightmost capital that gives one. */
    private Optional<String> property(TypeModel type, String part, Set<String> tables) {
        String whole = decapitalized(part);
        if (queries.entities().field(type, whole).isPresent()) {
            return Optional.of(whole);
        }
        for (int i = part.length() - 1; i > 0; i--) {
            boolean cut = Character.isUpperCase(part.charAt(i)) || part.charAt(i) == '_';
            String head = cut ? decapitalized(part.substring(0, i)) : "";
            Optional<TypeModel> next = head.isEmpty()
                    ? Optional.empty()
                    : queries.entities().field(type, head).flatMap(queries.entities()::typeOf);
            if (next.isPresent()) {
                String tail = part.charAt(i) == '_' ? part.substring(i + 1) : part.substring(i);
                Optional<String> below = property(next.get(), tail, tables);
                if (below.isPresent()) {
                    queries.entities().table(next.get()).ifPresent(tables::add);
                    return below.map(each -> head + "." + each);
                }
            }
        }
        return Optional.empty();
    }

    static String decapitalized(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
