package dev.quarry.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Damages sources as accidents do: bits flip, tokens go, come twice or change places, texts end early. */
final class DamagedSources {
    private static final int DAMAGED_OF_A_HUNDRED = 40;
    private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|\"[^\"\\n]*\"|.", Pattern.DOTALL);

    private DamagedSources() {}

    /**
     * Copies sources, some of them damaged.
     *
     * @param limit how many files to damage at most
     * @return the paths of the damaged files
     */
    static Set<String> damage(Path sources, Path root, int limit, SplittableRandom random) {
        Set<String> damaged = new HashSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                Path target = root.resolve(sources.relativize(file));
                if (damaged.size() < limit && random.nextInt(100) < DAMAGED_OF_A_HUNDRED) {
                    damaged.add(sources.relativize(file).toString());
                    content = mutate(content, random);
                }
                Files.createDirectories(target.getParent());
                Files.write(target, content);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return damaged;
    }

    private static byte[] mutate(byte[] original, SplittableRandom random) {
        byte[] bytes = original;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            bytes = random.nextInt(3) == 0 ? flip(bytes.clone(), random) : tokens(bytes, random);
        }
        return bytes;
    }

    /** Flips bits of some bytes. */
    private static byte[] flip(byte[] bytes, SplittableRandom random) {
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** Drops, repeats or swaps tokens, or cuts the text off after one. */
    private static byte[] tokens(byte[] bytes, SplittableRandom random) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        if (tokens.size() < 2) {
            return bytes;
        }
        int at = random.nextInt(tokens.size());
        int other = random.nextInt(tokens.size());
        switch (random.nextInt(6)) {
            case 0, 1 -> tokens.remove(at);
            case 2 -> tokens.add(at, tokens.get(at));
            case 3 -> tokens.add(other, tokens.get(at));
            case 4 -> tokens.set(at, tokens.set(other, tokens.get(at)));
            default -> tokens.subList(at, tokens.size()).clear();
        }
        return String.join("", tokens).getBytes(StandardCharsets.ISO_8859_1);
    }
}
