package dev.quarry.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** The ways in which a person may type the name of a symbol: {@code name}, of a member behind the type that declares it. */
enum SymbolQuery {
    /** As it is. */
    EXACT {
        @Override
        String typed(String owner, String name, SplittableRandom random) {
            return qualified(random.nextBoolean() ? owner : "", name);
        }
    },
    /** Its beginning, half of it or more. */
    PARTIAL {
        @Override
        String typed(String owner, String name, SplittableRandom random) {
            int half = (name.length() + 1) / 2;
            return qualified(owner, name.substring(0, random.nextInt(half, name.length())));
        }
    },
    /** One to three letters of each hump, of the owner's one or two; for names that have several humps. */
    HUMPS {
        @Override
        String typed(String owner, String name, SplittableRandom random) {
            return qualified(humps(owner, 2, random), humps(name, 3, random));
        }
    },
    /** With one letter too many, too few, wrong, or two exchanged; the first letter is right. */
    TYPO {
        @Override
        String typed(String owner, String name, SplittableRandom random) {
            return qualified(owner, misspelled(name, random));
        }
    };

    private static final int LETTERS = 26;

    /** Whether this name can be typed so. */
    boolean fits(String name) {
        return this != HUMPS || split(name).size() > 1;
    }

    /** What is typed; {@code owner} is empty for a type. */
    abstract String typed(String owner, String name, SplittableRandom random);

    private static String qualified(String owner, String name) {
        return owner.isEmpty() ? name : owner + "." + name;
    }

    private static String humps(String name, int most, SplittableRandom random) {
        StringJoiner humps = new StringJoiner("");
        for (String hump : split(name)) {
            humps.add(hump.substring(0, Math.min(hump.length(), random.nextInt(1, most + 1))));
        }
        return humps.toString();
    }

    /** The humps of a name, which begin with capitals or stand between underscores. */
    static List<String> split(String name) {
        return List.of(name.replaceFirst("^_+", "").split("_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"));
    }

    private static String misspelled(String name, SplittableRandom random) {
        int at = random.nextInt(1, name.length() - 1);
        char other = (char) ('a' + random.nextInt(LETTERS));
        String before = name.substring(0, at);
        String after = name.substring(at + 1);
        return switch (random.nextInt(4)) {
            case 0 -> before + after;
            case 1 -> before + other + name.substring(at);
            case 2 -> before + other + after;
            default -> before + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
        };
    }
}
