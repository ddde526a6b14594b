package dev.quarry.ingest;

import dev.quarry.ingest.StatementWords.Word;
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
    private static final Set<String> DELETE_OPTIONS = Set.of("LOW_PRIORITY", "QUICK", "IGNORE");

    private final List<Word> words;
    private final Set<String> local = new HashSet<>();
    private final List<Found> found = new ArrayList<>();

    /** A name, as written without quotes, the name that the statement gives it, and whether the statement changes it. */
    record Use(String name, String alias, boolean writes) {}

    /**
     * A use on its level.
     *
     * @param target whether {@code UPDATE} or {@code DELETE FROM} names it without an alias: it may be one itself
     */
    private record Found(Use use, Level level, boolean target) {}

    /** A level of parentheses. Names in its sets are in capitals. */
    private static final class Level {
        private final boolean query;
        private boolean from;
        private boolean expects;
        private boolean writes;
        private boolean target;
        private boolean deletes;
        private final Set<String> deleted = new HashSet<>();
        private final Set<String> targets = new HashSet<>();
        private final Set<String> aliases = new HashSet<>();

        Level(boolean query) {
            this.query = query;
        }
    }

    private StatementTables(List<Word> words) {
        this.words = words;
    }

    /** The uses in the order of the text. */
    static List<Use> of(String statement) {
        StatementTables reader = new StatementTables(StatementWords.of(statement));
        reader.findLocalNames();
        reader.read();
        return reader.uses();
    }

    /** Whether a statement changes anything, by its first words. */
    static boolean writes(String statement) {
        for (Word word : StatementWords.of(statement)) {
            switch (word.keyword()) {
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

    private Word word(int index) {
        return StatementWords.at(words, index);
    }

    private String keyword(int index) {
        return word(index).keyword();
    }

    private static String capitals(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** Names that WITH gives to queries of the statement itself. */
    private void findLocalNames() {
        if (words.stream().noneMatch(word -> word.keyword().equals("WITH"))) {
            return;
        }
        for (int i = 0; i < words.size(); i++) {
            if (keyword(i).equals("AS") && keyword(i + 1).equals("(")) {
                int name = i - 1;
                if (keyword(name).equals(")")) {
                    while (name > 0 && !keyword(name).equals("(")) {
                        name--;
                    }
                    name--;
                }
                local.add(capitals(word(name).text()));
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
        if (keyword.equals(",")) {
            level.expects = level.from;
            return index;
        }
        if (level.expects) {
            if (StatementKeywords.isFiller(words, index)) {
                return index;
            }
            level.expects = false;
            if (StatementKeywords.isName(words, index)) {
                return name(level, index);
            }
        }
        if (keyword.equals("DELETE")) {
            return delete(level, index);
        }
        if (StatementKeywords.opens(words, index)) {
            open(level, keyword);
        } else if (StatementKeywords.endsFrom(keyword)) {
            level.from = false;
        }
        return index;
    }

    private static void open(Level level, String keyword) {
        boolean from = keyword.equals("FROM");
        level.expects = true;
        level.target = keyword.equals("UPDATE") || (from && level.deletes);
        level.from = from || keyword.equals("UPDATE");
        level.writes = level.target || keyword.equals("INTO") || keyword.equals("TRUNCATE");
        level.deletes = false;
    }

    /** {@code delete from Owner}; {@code delete Owner o where …} of JPQL; {@code delete o from owners o …} of MySQL. */
    private int delete(Level level, int index) {
        int next = index + 1;
        while (DELETE_OPTIONS.contains(keyword(next))) {
            next++;
        }
        int end = next;
        while (!keyword(end).equals("FROM") && word(end).isName()) {
            end++;
            if (!keyword(end).equals(",")) {
                break;
            }
            end++;
        }
        if (keyword(end).equals("FROM")) {
            words.subList(next, end).stream()
                    .filter(Word::isName)
                    .map(each -> capitals(each.text()))
                    .forEach(each ->
                            level.deleted.add(each.endsWith(".") ? each.substring(0, each.length() - 1) : each));
            level.deletes = end == next;
            return end - 1;
        }
        if (index == 0) {
            open(level, "UPDATE");
        }
        return index;
    }

    private int name(Level level, int index) {
        Word name = word(index);
        boolean call = keyword(index + 1).equals("(") && !level.writes;
        int next = index + 1;
        String alias = "";
        if (keyword(next).equals("AS")) {
            alias = word(++next).text();
        } else if (StatementKeywords.isAlias(words, next)) {
            alias = word(next).text();
        }
        boolean known = local.contains(capitals(name.text())) || name.text().equalsIgnoreCase("dual");
        if (name.isName() && !call && !known) {
            add(level, name.text(), alias);
        }
        return alias.isEmpty() || call ? index : next;
    }

    private void add(Level level, String name, String alias) {
        boolean target = level.target && alias.isEmpty();
        found.add(new Found(new Use(name, alias, level.writes), level, target));
        if (target) {
            level.targets.add(capitals(name));
        } else if (!level.target) {
            level.aliases.add(capitals(alias));
        }
    }

    /** What was found, where what is changed by the alias of another one on its level stands for that one. */
    private List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        for (Found each : found) {
            Use use = each.use();
            if (!each.target() || !each.level().aliases.contains(capitals(use.name()))) {
                uses.add(new Use(use.name(), use.alias(), use.writes() || isChanged(each)));
            }
        }
        return uses;
    }

    private static boolean isChanged(Found found) {
        Level level = found.level();
        String name = capitals(found.use().name());
        String alias = capitals(found.use().alias());
        return level.targets.contains(alias)
                || level.deleted.contains(alias)
                || level.deleted.contains(name)
                || level.deleted.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
