package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The tables that a statement in SQL, or the entities that one in JPQL, reads and writes: the names where its grammar puts
 * tables. No dialect is parsed; what a name means is the reader's business.
 */
final class StatementTables {
    private static final Set<String> OPENS = Set.of("FROM", "JOIN", "INTO", "UPDATE", "USING", "TRUNCATE");
    private static final Set<String> NOT_BEFORE_UPDATE = Set.of("FOR", "KEY", "DO", "ON", "THEN");
    private static final Set<String> FILLERS = Set.of("ONLY", "LATERAL", "FETCH", "TABLE", "IGNORE", "LOW_PRIORITY");
    private static final Set<String> ENDS_FROM =
            Set.of("WHERE", "GROUP", "ORDER", "HAVING", "SET", "ON", "UNION", "LIMIT", "VALUES", "SELECT", "WHEN");
    private static final Set<String> NO_ALIAS = Set.of(
            "WHERE", "GROUP", "ORDER", "HAVING", "SET", "ON", "UNION", "LIMIT", "VALUES", "SELECT", "JOIN", "LEFT",
            "RIGHT", "INNER", "OUTER", "CROSS", "FULL", "NATURAL", "USING", "FOR", "WITH", "FETCH", "WHEN", "DEFAULT");

    private final List<String> words;
    private final Set<String> local = new HashSet<>();
    private final List<Use> uses = new ArrayList<>();

    /** A name, as written without quotes, the name that the statement gives it, and whether the statement changes it. */
    record Use(String name, String alias, boolean writes) {}

    /** A level of parentheses. */
    private static final class Level {
        private final boolean query;
        private boolean from;
        private boolean expects;
        private boolean writes;

        Level(boolean query) {
            this.query = query;
        }
    }

    private StatementTables(List<String> words) {
        this.words = words;
    }

    /** The uses in the order of the text. */
    static List<Use> of(String statement) {
        StatementTables reader = new StatementTables(StatementWords.of(statement));
        reader.findLocalNames();
        reader.read();
        return reader.uses;
    }

    /** Whether a statement changes anything, by its first words. */
    static boolean writes(String statement) {
        for (String word : StatementWords.of(statement)) {
            switch (word.toUpperCase(Locale.ROOT)) {
                case "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "REPLACE" -> {
                    return true;
                }
                case "SELECT", "FROM" -> {
                    return false;
                }
                default -> {
                    // WITH and what belongs to it
                }
            }
        }
        return false;
    }

    private String word(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    private String keyword(int index) {
        return word(index).toUpperCase(Locale.ROOT);
    }

    /** Names that WITH gives to queries of the statement itself. */
    private void findLocalNames() {
        if (words.stream().noneMatch(word -> word.equalsIgnoreCase("WITH"))) {
            return;
        }
        for (int i = 0; i < words.size(); i++) {
            if (keyword(i).equals("AS") && word(i + 1).equals("(")) {
                int name = i - 1;
                if (word(name).equals(")")) {
                    while (name > 0 && !word(name).equals("(")) {
                        name--;
                    }
                    name--;
                }
                local.add(keyword(name));
            }
        }
    }

    private void read() {
        Deque<Level> levels = new ArrayDeque<>();
        levels.push(new Level(true));
        for (int i = 0; i < words.size(); i++) {
            Level level = levels.getFirst();
            String keyword = keyword(i);
            if (keyword.equals("(")) {
                level.expects = false;
                String first = keyword(i + 1);
                levels.push(new Level(first.equals("SELECT") || first.equals("WITH") || first.equals("(")));
            } else if (keyword.equals(")")) {
                if (levels.size() > 1) {
                    levels.pop();
                }
            } else if (level.query) {
                i = step(level, keyword, i);
            }
        }
    }

    /** Reads one word, or more, and tells the last that was read. */
    private int step(Level level, String keyword, int index) {
        if (isDeleteWithoutFrom(keyword, index)) {
            level.expects = true;
            level.writes = true;
        } else if (OPENS.contains(keyword) && !(level.expects && index + 1 == words.size())) {
            boolean updates = keyword.equals("UPDATE");
            level.expects = !updates || !NOT_BEFORE_UPDATE.contains(keyword(index - 1));
            level.from = keyword.equals("FROM") || (updates && level.expects);
            level.writes = updates
                    || keyword.equals("INTO")
                    || keyword.equals("TRUNCATE")
                    || (keyword.equals("FROM") && keyword(index - 1).equals("DELETE"));
        } else if (keyword.equals(",")) {
            level.expects = level.from;
        } else if (ENDS_FROM.contains(keyword)) {
            level.from = false;
            level.expects = false;
        } else if (level.expects && !FILLERS.contains(keyword)) {
            level.expects = false;
            return name(level, index);
        }
        return index;
    }

    /** {@code delete Owner o where …}, as JPQL allows it. */
    private boolean isDeleteWithoutFrom(String keyword, int index) {
        return keyword.equals("DELETE")
                && index == 0
                && !keyword(1).equals("FROM")
                && !keyword(2).equals("FROM")
                && !word(1).equals("*");
    }

    private int name(Level level, int index) {
        String name = word(index);
        boolean call = word(index + 1).equals("(") && !level.writes;
        int next = index + 1;
        String alias = "";
        if (keyword(next).equals("AS")) {
            alias = word(++next);
        } else if (!NO_ALIAS.contains(keyword(next)) && isName(word(next))) {
            alias = word(next);
        }
        boolean known = local.contains(name.toUpperCase(Locale.ROOT)) || name.equalsIgnoreCase("dual");
        if (isName(name) && !call && !known) {
            uses.add(new Use(name, alias, level.writes));
        }
        return alias.isEmpty() || call ? index : next;
    }

    private static boolean isName(String word) {
        return !word.isEmpty() && (Character.isLetter(word.charAt(0)) || word.charAt(0) == '_');
    }
}
