package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.FactsSink;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.ingest.ProgressListener;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published sources, damaged: every file ends in facts with a status whatever its text, and the files beside the damaged
 * ones keep what does not depend on these.
 *
 * <p>{@code -Dquarry.test.args=-Dquarry.mutants=10000} damages so many files, {@code -Dquarry.seed} there repeats a run.
 */
class MutatedSourcesTest {
    private static final int DAMAGED_OF_A_HUNDRED = 40;
    private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|\"[^\"\\n]*\"|.", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /** What an index run made of the files, by their paths. */
    private record Run(Map<String, FileFacts> files, Set<NodeId> nodes) {
        private static Run of(Path root) {
            Map<String, FileFacts> files = new TreeMap<>();
            Set<NodeId> nodes = new HashSet<>();
            FactsSink sink = new FactsSink() {
                @Override
                public void file(FileFacts facts) {
                    files.put(facts.file().path(), facts);
                    facts.nodes().forEach(node -> nodes.add(node.id()));
                }

                @Override
                public void shared(SharedFacts facts) {
                    facts.nodes().forEach(node -> nodes.add(node.id()));
                }

                @Override
                public void derived(DerivedFacts facts) {
                    facts.nodes().forEach(node -> nodes.add(node.id()));
                }
            };
            RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults());
            Ingest.run(scan, IngestOptions.defaults().withoutPoms(), sink, ProgressListener.NONE);
            return new Run(files, nodes);
        }
    }

    @Test
    void run_damagedFiles_losesNoneAndLeavesTheOthersAlone() throws IOException {
        int wanted = Integer.getInteger("quarry.mutants", 150);
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        String asked = "-Dquarry.seed=" + seed;
        SplittableRandom random = new SplittableRandom(seed);
        Path sources = Corpus.COMMONS_LANG.unpackSources(folder.resolve("whole"));
        Run whole = Run.of(sources);
        Map<FileStatus, Integer> statuses = new EnumMap<>(FileStatus.class);
        int damaged = 0;
        for (int round = 0; damaged < wanted; round++) {
            Path root = folder.resolve("round" + round);
            Set<String> paths = damage(sources, root, wanted - damaged, random);
            Run run = Run.of(root);
            damaged += paths.size();
            assertThat(run.files.keySet()).as(asked).isEqualTo(whole.files.keySet());
            for (FileFacts facts : run.files.values()) {
                statuses.merge(facts.file().status(), 1, Integer::sum);
                assertSound(facts, run, asked);
                if (!paths.contains(facts.file().path())) {
                    assertUnharmed(
                            Objects.requireNonNull(whole.files.get(facts.file().path())), facts, asked);
                }
            }
        }
        System.err.println(asked + " files=" + damaged + " " + statuses);
        assertThat(statuses.keySet()).as(asked).contains(FileStatus.INDEXED, FileStatus.PARTIAL);
    }

    /** A file with text has declarations or says why not; its edges have both ends. */
    private static void assertSound(FileFacts facts, Run run, String seed) {
        String what = seed + " " + facts.file();
        assertThat(facts.file().problem()).as(what).doesNotContain("failed", "could not be read");
        if (facts.file().status() == FileStatus.PARTIAL) {
            assertThat(facts.file().problem()).as(what).isNotEmpty();
        }
        for (Edge edge : facts.edges()) {
            assertThat(run.nodes).as(what + " " + edge).contains(edge.from(), edge.to());
        }
    }

    /** An intact file is read as before, to the hash, and each of its call sites ends somewhere. */
    private static void assertUnharmed(FileFacts before, FileFacts after, String seed) {
        String what = seed + " " + after.file().path();
        assertThat(after.file().status()).as(what).isEqualTo(before.file().status());
        assertThat(whole(after).content()).as(what).isEqualTo(whole(before).content());
        assertThat(after.file().coverage().sites())
                .as(what)
                .isEqualTo(before.file().coverage().sites());
    }

    private static Node whole(FileFacts facts) {
        return facts.nodes().stream()
                .filter(node -> node.kind() == NodeKind.FILE)
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> damage(Path sources, Path root, int limit, SplittableRandom random) {
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
