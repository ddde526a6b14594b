package dev.quarry.bench;

import dev.quarry.schema.QuarryCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the benchmarks over development sets are told on the command line; each has options of its own besides. */
class EvalArguments {
    private final List<String> wanted = new ArrayList<>();
    private Path work = QuarryCache.directory().resolve("bench-retrieval");
    private String sets = "";
    private String tsv = "";
    private long seed = 1;

    /** Takes an option of its own that has no value; says whether it knows it. */
    boolean toggle(String option) {
        return false;
    }

    /** Takes an option of its own with its value; says whether it knows it. */
    boolean own(String option, String value) {
        return false;
    }

    /** Reads the words; false if they make no sense, or name no folder of sets. */
    private boolean read(String[] words) {
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (!word.startsWith("--")) {
                wanted.add(word);
            } else if (!toggle(word) && (++i == words.length || !option(word, words[i]))) {
                return false;
            }
        }
        return !sets.isEmpty();
    }

    private boolean option(String option, String value) {
        switch (option) {
            case "--sets" -> sets = value;
            case "--work" -> work = Path.of(value);
            case "--tsv" -> tsv = value;
            case "--seed" -> seed = Long.parseLong(value);
            default -> {
                return own(option, value);
            }
        }
        return true;
    }

    /** Reads the words; ends the process where they make no sense. False, and said so, where there are no sets. */
    boolean readOrExplain(String[] words, String usage) {
        if (!read(words)) {
            System.err.print(usage);
            System.exit(2);
        }
        if (!Files.isDirectory(Path.of(sets))) {
            System.err.println("skipped: there are no development sets in '" + sets
                    + "'; --sets names the folder that holds them");
            return false;
        }
        return true;
    }

    /** The development sets. */
    EvalFiles files() {
        return new EvalFiles(Path.of(sets));
    }

    /** Whether a set is to be asked: where none is named, all are. */
    boolean wants(String set) {
        return wanted.isEmpty() || wanted.contains(set);
    }

    /** Where what is indexed stays for the next run. */
    Path work() {
        return work;
    }

    /** The file for the table; empty for none. */
    String tsv() {
        return tsv;
    }

    long seed() {
        return seed;
    }
}
