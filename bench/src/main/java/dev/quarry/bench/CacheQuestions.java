package dev.quarry.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pairs of questions for the benchmark of the answer cache, made of written blocks and of real symbols.
 *
 * @param words ways to ask the same, with placeholders
 * @param others what is close and asks something else, with the same placeholders
 */
record CacheQuestions(List<String> words, List<String> others) {
    private static final int NUMBER_MAX = 60;

    /** Copies the lists. */
    CacheQuestions {
        words = List.copyOf(words);
        others = List.copyOf(others);
    }

    /** How the second question of a pair relates to the first. */
    enum Sort {
        /** It asks the same in other words. */
        PARAPHRASE,
        /** It is negated, asks the opposite or another thing of the same words. */
        OTHER_MEANING,
        /** It asks the same of another symbol. */
        OTHER_NAME,
        /** It asks the same with another number. */
        OTHER_NUMBER,
        /** It asks the same on another branch. */
        OTHER_BRANCH
    }

    /** Two questions. */
    record Pair(Sort sort, String kept, String asked) {}

    /** The blocks by which rules and the threshold are chosen. */
    static List<CacheQuestions> choosing() {
        return read("cache-questions.txt");
    }

    /** The blocks by which they are judged. */
    static List<CacheQuestions> judging() {
        return read("cache-questions-judged.txt");
    }

    /** The blocks that were written last; what they showed has changed the rules, so that they judge nothing any more. */
    static List<CacheQuestions> fresh() {
        return read("cache-questions-fresh.txt");
    }

    /** Blocks over other libraries, written without a look at the rules; for improving these. */
    static List<CacheQuestions> open() {
        return read("cache-questions-open.txt");
    }

    /** More of the same, by which rules are judged that were made without a look at them. */
    static List<CacheQuestions> sealed() {
        return read("cache-questions-sealed.txt");
    }

    /** Blocks as people type them; for improving the rules. */
    static List<CacheQuestions> typed() {
        return read("cache-questions-typed.txt");
    }

    /** More of the same, by which rules are judged that were made without a look at them. */
    static List<CacheQuestions> asked() {
        return read("cache-questions-asked.txt");
    }

    private static List<CacheQuestions> read(String file) {
        List<CacheQuestions> blocks = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.isBlank()) {
                if (!words.isEmpty()) {
                    blocks.add(new CacheQuestions(words, others));
                    words.clear();
                    others.clear();
                }
            } else if (line.startsWith("~")) {
                others.add(line.substring(1));
            } else if (!line.startsWith("#")) {
                words.add(line);
            }
        }
        return blocks;
    }

    private static List<String> lines(String file) {
        try (InputStream in = CacheQuestions.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the benchmarks' jar");
            }
            List<String> lines = new ArrayList<>();
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            lines.add("");
            return lines;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean has(String placeholder) {
        return words.getFirst().contains(placeholder);
    }

    /** All pairs of this block, filled in {@code times} times where it has placeholders. */
    List<Pair> pairs(SymbolPool symbols, int times, SplittableRandom random) {
        List<Pair> pairs = new ArrayList<>();
        int repeats = has("{X}") ? times : 1;
        for (int i = 0; i < repeats; i++) {
            Filling filling = Filling.of(symbols, random);
            Filling otherName = filling.withName(symbols.near(filling.second(), random));
            Filling otherNumber = filling.withNumber(filling.number() + 1 + random.nextInt(9));
            for (int first = 0; first < words.size(); first++) {
                int second = (first + 1 + random.nextInt(words.size() - 1)) % words.size();
                String kept = filling.in(words.get(first));
                String same = words.get(second);
                pairs.add(new Pair(Sort.PARAPHRASE, kept, filling.in(same)));
                pairs.add(new Pair(Sort.OTHER_BRANCH, kept, filling.in(same)));
                if (has("{X}")) {
                    pairs.add(new Pair(
                            Sort.OTHER_NAME, kept, otherName.in(random.nextBoolean() ? same : words.get(first))));
                }
                if (has("{N}")) {
                    pairs.add(new Pair(Sort.OTHER_NUMBER, kept, otherNumber.in(same)));
                }
                for (String other : others) {
                    pairs.add(new Pair(Sort.OTHER_MEANING, kept, filling.in(other)));
                }
            }
        }
        return pairs;
    }

    /** Each way to ask with each other way and with each near miss; for a block without placeholders. */
    List<Pair> allPairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String kept : words) {
            for (String asked : words) {
                if (!asked.equals(kept)) {
                    pairs.add(new Pair(Sort.PARAPHRASE, kept, asked));
                }
            }
            others.forEach(other -> pairs.add(new Pair(Sort.OTHER_MEANING, kept, other)));
            pairs.add(new Pair(Sort.OTHER_BRANCH, kept, words.get(pairs.size() % words.size())));
        }
        return pairs;
    }

    /** What stands for the placeholders. */
    private record Filling(String first, String second, int number) {
        static Filling of(SymbolPool symbols, SplittableRandom random) {
            String first = symbols.any(random);
            return new Filling(first, symbols.near(first, random), 2 + random.nextInt(NUMBER_MAX));
        }

        Filling withName(String other) {
            return new Filling(other, second, number);
        }

        Filling withNumber(int other) {
            return new Filling(first, second, other);
        }

        String in(String text) {
            return text.replace("{X}", first).replace("{Y}", second).replace("{N}", Integer.toString(number));
        }
    }
}
