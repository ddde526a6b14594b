package dev.quarry.ingest;

import static dev.quarry.ingest.StatementWords.keyword;

import dev.quarry.ingest.StatementWords.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keywords of statements. Entities and tables are called {@code Order} or {@code Group} too: a keyword in the place of a
 * name is one, unless what follows is what follows the keyword.
 */
final class StatementKeywords {
    private static final Set<String> OPENS = Set.of("FROM", "JOIN", "INTO", "UPDATE", "USING", "TRUNCATE");
    private static final Set<String> NOT_BEFORE_UPDATE = Set.of("FOR", "KEY", "DO", "ON", "THEN");
    private static final Set<String> ENDS_FROM =
            Set.of("WHERE", "GROUP", "ORDER", "HAVING", "SET", "ON", "UNION", "LIMIT", "VALUES", "SELECT", "WHEN");
    private static final Set<String> NO_ALIAS = Set.of(
            "WHERE", "GROUP", "ORDER", "HAVING", "SET", "ON", "UNION", "LIMIT", "VALUES", "SELECT", "JOIN", "LEFT",
            "RIGHT", "INNER", "OUTER", "CROSS", "FULL", "NATURAL", "USING", "FOR", "WITH", "FETCH", "WHEN", "DEFAULT");

    /** Words between one that opens a place and the name in it, with those that they stand behind. */
    private static final Map<String, Set<String>> FILLERS = Map.of(
            "ONLY", Set.of("FROM", "JOIN", "UPDATE", "INTO", "USING", ","),
            "LATERAL", Set.of("FROM", "JOIN", "USING", ","),
            "FETCH", Set.of("JOIN"),
            "TABLE", Set.of("TRUNCATE", "INTO"),
            "IGNORE", Set.of("UPDATE", "LOW_PRIORITY"),
            "LOW_PRIORITY", Set.of("UPDATE"));

    private static final Set<String> NO_NAMES = Set.of("", ",", ")", "AS");
    private static final Set<String> NEVER_NAMES = Set.of("WHERE", "HAVING", "ON", "SELECT");

    /** What follows keywords; a number is {@code ?}. */
    private static final Map<String, Set<String>> SUCCESSORS = Map.ofEntries(
            Map.entry("ORDER", Set.of("BY", "SIBLINGS")),
            Map.entry("GROUP", Set.of("BY")),
            Map.entry("UNION", Set.of("SELECT", "ALL", "DISTINCT", "VALUES", "WITH", "FROM", "(")),
            Map.entry("VALUES", Set.of("ROW", "(", "?")),
            Map.entry("LIMIT", Set.of("ALL", "(", "?")),
            Map.entry("WHEN", Set.of("MATCHED", "NOT")),
            Map.entry("FOR", Set.of("UPDATE", "SHARE", "KEY", "NO", "READ")),
            Map.entry("LEFT", Set.of("JOIN", "OUTER")),
            Map.entry("RIGHT", Set.of("JOIN", "OUTER")),
            Map.entry("FULL", Set.of("JOIN", "OUTER")),
            Map.entry("INNER", Set.of("JOIN")),
            Map.entry("OUTER", Set.of("JOIN")),
            Map.entry("CROSS", Set.of("JOIN")),
            Map.entry("NATURAL", Set.of("JOIN", "LEFT", "RIGHT", "FULL", "INNER")));

    /** What stands behind a name or its alias; at the end of the statement nothing. */
    private static final Set<String> BEHIND_NAMES =
            Set.of("", ",", ")", "AS", "WHERE", "SET", "ON", "HAVING", "JOIN", "LEFT", "RIGHT", "INNER");

    private StatementKeywords() {}

    /** Whether a place for a name follows; not so in comparisons, as {@code a is distinct from b}. */
    static boolean opens(List<Word> words, int index) {
        String keyword = keyword(words, index);
        if (keyword.equals("FROM") && keyword(words, index - 1).equals("DISTINCT")) {
            String before = keyword(words, index - 2);
            return !before.equals("IS")
                    && !(before.equals("NOT") && keyword(words, index - 3).equals("IS"));
        }
        return OPENS.contains(keyword)
                && !(keyword.equals("UPDATE") && NOT_BEFORE_UPDATE.contains(keyword(words, index - 1)));
    }

    /** Whether no further table follows a comma. */
    static boolean endsFrom(String keyword) {
        return ENDS_FROM.contains(keyword);
    }

    /** Whether a word in the place of a name only stands before the name. */
    static boolean isFiller(List<Word> words, int index) {
        Set<String> before = FILLERS.get(keyword(words, index));
        return before != null
                && before.contains(keyword(words, index - 1))
                && !NO_NAMES.contains(keyword(words, index + 1))
                && isName(words, index + 1);
    }

    /** Whether a word in the place of a name is none of the keywords that may stand there if the name is missing. */
    static boolean isName(List<Word> words, int index) {
        String keyword = keyword(words, index);
        if (keyword.equals("UPDATE")) {
            return keyword(words, index - 1).equals("UPDATE") || (opens(words, index) && !updates(words, index));
        }
        if (OPENS.contains(keyword)) {
            return isBehindName(words, index + 1);
        }
        if (keyword.equals("SET")) {
            return isBehindName(words, index + 1) || isBehindName(words, index + 2);
        }
        return !NEVER_NAMES.contains(keyword) && !precedesItsSuccessor(words, index);
    }

    /** Whether a word behind a name is its alias. */
    static boolean isAlias(List<Word> words, int index) {
        String keyword = keyword(words, index);
        boolean isKeyword = isOrderOrGroup(keyword) ? precedesItsSuccessor(words, index) : NO_ALIAS.contains(keyword);
        return !isKeyword && StatementWords.at(words, index).isName();
    }

    private static boolean isBehindName(List<Word> words, int index) {
        String keyword = keyword(words, index);
        return isOrderOrGroup(keyword) ? precedesItsSuccessor(words, index) : BEHIND_NAMES.contains(keyword);
    }

    private static boolean isOrderOrGroup(String keyword) {
        return keyword.equals("ORDER") || keyword.equals("GROUP");
    }

    private static boolean precedesItsSuccessor(List<Word> words, int index) {
        String next = keyword(words, index + 1);
        boolean isNumber = !next.isEmpty() && Character.isDigit(next.charAt(0));
        return SUCCESSORS.getOrDefault(keyword(words, index), Set.of()).contains(isNumber ? "?" : next);
    }

    /** Whether {@code UPDATE} has a name, perhaps an alias, and {@code SET} behind it. */
    private static boolean updates(List<Word> words, int index) {
        for (int behind = 2; behind <= 4; behind++) {
            if (keyword(words, index + behind).equals("SET")) {
                return true;
            }
        }
        return false;
    }
}
