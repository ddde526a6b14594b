package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredAnswerCacheTest {
    private static final CacheScope SCOPE = new CacheScope("t", "r", "main", "model", "1");
    private static final NodeId CITED = NodeId.of(NodeKind.CLASS, "a.B", "");
    private static final ContentHash BEFORE = ContentHash.ofText("before");
    private static final double THRESHOLD = 0.9;
    private static final CacheRules RULES =
            new CacheRules(3, 1_000, Duration.ofHours(1), CacheRules.Eviction.LEAST_RECENTLY, THRESHOLD);

    @TempDir
    private Path folder;

    private final Map<NodeId, ContentHash> contents = new HashMap<>(Map.of(CITED, BEFORE));
    private final MovableClock clock = new MovableClock();
    private final List<String> judged = new ArrayList<>();
    private final Set<String> others = new HashSet<>();
    private final Set<String> same = new HashSet<>();
    private AnswerCache cache = new StoredAnswerCache(Path.of("none"), RULES, _ -> Map.of(), clock);

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void open() {
        cache = opened(RULES);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private AnswerCache opened(CacheRules rules) {
        return new StoredAnswerCache(folder.resolve("answers"), rules, _ -> Map.copyOf(contents), this::judge, clock);
    }

    private OptionalDouble judge(String one, String other) {
        judged.add(one + " / " + other);
        boolean isSame = same.contains(one) || same.contains(other);
        return OptionalDouble.of(isSame ? 9 : others.contains(one) || others.contains(other) ? -9 : 0);
    }

    private void reopen(CacheRules rules) {
        cache.close();
        cache = opened(rules);
    }

    /** A question whose vector is turned by so many degrees. */
    private static CacheQuestion question(String text, double degrees) {
        double angle = Math.toRadians(degrees);
        float[] vector = new float[16];
        vector[0] = (float) Math.cos(angle);
        vector[5] = (float) Math.sin(angle);
        return new CacheQuestion(text, SCOPE, 1, vector);
    }

    private static CacheQuestion at(long sequence, String text) {
        return new CacheQuestion(text, SCOPE, sequence, new float[] {1, 2, 3});
    }

    private static NewAnswer answer(String text) {
        return new NewAnswer(text, List.of(Citation.ofSyntax(CITED, BEFORE)), 100, 0.5, Duration.ofSeconds(2));
    }

    private Optional<String> served(CacheQuestion question) {
        return cache.find(question) instanceof AnswerCache.Lookup.Hit hit
                ? Optional.of(hit.answer().answer().text())
                : Optional.empty();
    }

    private AnswerCache.Reason missed(CacheQuestion question) {
        assertThat(cache.find(question)).isInstanceOf(AnswerCache.Lookup.Miss.class);
        return cache.find(question) instanceof AnswerCache.Lookup.Miss miss ? miss.reason() : AnswerCache.Reason.NONE;
    }

    private String keep(CacheQuestion question, String text) {
        return cache.keep(question, answer(text)).orElseThrow();
    }

    @Test
    void find_closeQuestion_isServed_andFarOneIsNot() {
        keep(question("How does Foo.bar work?", 0), "so");
        assertThat(served(question("Explain how Foo.bar works", 20))).hasValue("so");
        assertThat(served(question("Explain how Foo.bar works", 30))).isEmpty();
        assertThat(served(question("Explain how Foo.baz works", 0))).isEmpty();
        assertThat(served(question("How does Foo.bar not work?", 0))).isEmpty();
    }

    @Test
    void find_otherWordsOrManner_isServedIfTheJudgeIsSure() {
        keep(question("How does Foo.bar decide when to flush?", 0), "so");
        String words = "What makes Foo.bar write its buffer out?";
        assertThat(served(question(words, 20))).isEmpty();
        same.add(words);
        assertThat(served(question(words, 20))).hasValue("so");
        String kept = "How does Foo.bar decide when to flush?";
        assertThat(judged).containsExactly(kept + " / " + words, kept + " / " + words, words + " / " + kept);
    }

    @Test
    void find_sameWords_needsNoJudge() {
        keep(question("How does Foo.bar work?", 0), "so");
        assertThat(served(question("Explain how Foo.bar works", 20))).hasValue("so");
        assertThat(judged).isEmpty();
    }

    @Test
    void find_whatSpeaksAgainstIt_isNotGivenToTheJudge() {
        keep(question("How does Foo.bar retry 3 calls?", 0), "so");
        keep(question("What makes Foo.bar open 7 ms later than Baz.run?", 0), "so");
        for (String other : List.of(
                "Why does Baz.run open 7 ms later than Foo.bar?",
                "Why does Foo.bar close 7 ms later than Baz.run?",
                "How does Foo.bar not retry 3 calls?",
                "How does Foo.baz retry 3 calls?",
                "How does Foo.bar retry 4 calls?",
                "How does Foo.bar retry calls?",
                "How does readAll retry 3 calls?")) {
            same.add(other);
            assertThat(served(question(other, 0))).as(other).isEmpty();
        }
        assertThat(judged).isEmpty();
    }

    @Test
    void find_fewerOrMoreNames_isGivenToTheJudge() {
        keep(question("How does Foo.bar retry 3 calls?", 0), "so");
        for (String other : List.of(
                "What makes Foo#bar in Baz.java try 3 times?", "By what are 3 calls tried again?", "Foo.bar() 3?")) {
            same.add(other);
            assertThat(served(question(other, 0))).as(other).hasValue("so");
        }
        assertThat(judged).hasSize(6);
    }

    @Test
    void find_agreeingWords_areServedUnlessTheJudgeIsSureThatTheyAskForSomethingElse() {
        keep(question("How does Foo.bar restore old entries?", 0), "so");
        String agreeing = "How does Foo.bar recover old entries?";
        assertThat(served(question(agreeing, 1))).hasValue("so");
        others.add(agreeing);
        assertThat(served(question(agreeing, 1))).isEmpty();
        assertThat(served(question("How does Foo.bar restore the old entry?", 1)))
                .hasValue("so");
        assertThat(judged).hasSize(2);
    }

    @Test
    void find_farQuestion_isNotGivenToTheJudge_norMoreThanTheClosest() {
        for (int degrees = 0; degrees < 9; degrees += 3) {
            keep(question("Why does Foo.bar wait " + "very ".repeat(degrees) + "long?", degrees), "so");
        }
        String asked = "What makes Foo.bar slow?";
        same.add(asked);
        assertThat(served(question(asked, 80))).isEmpty();
        assertThat(judged).isEmpty();
        same.clear();
        assertThat(served(question(asked, 1))).isEmpty();
        assertThat(judged)
                .containsExactly(
                        "Why does Foo.bar wait long? / " + asked,
                        "Why does Foo.bar wait very very very long? / " + asked);
    }

    @Test
    void find_askedForTheWholeGraph_holdsForOneState() {
        keep(at(1, "How is Foo.bar used?"), "so");
        String all = "Which classes use Foo.bar?";
        same.add(all);
        assertThat(served(at(1, all))).hasValue("so");
        assertThat(served(at(2, all))).isEmpty();
    }

    @Test
    void find_otherScope_isNotServed() {
        keep(question("How does it work?", 0), "so");
        float[] vector = question("x", 0).vector();
        for (CacheScope other : List.of(
                new CacheScope("u", "r", "main", "model", "1"),
                new CacheScope("t", "s", "main", "model", "1"),
                new CacheScope("t", "r", "next", "model", "1"),
                new CacheScope("t", "r", "main", "other", "1"),
                new CacheScope("t", "r", "main", "model", "2"))) {
            assertThat(served(new CacheQuestion("How does it work?", other, 1, vector)))
                    .isEmpty();
        }
    }

    @Test
    void find_citedDeclarationChangedOrGone_isStaleAndDropped() {
        keep(at(1, "How does it work?"), "so");
        assertThat(served(at(2, "How does it work?"))).hasValue("so");
        contents.put(CITED, ContentHash.ofText("after"));
        assertThat(missedOnce(at(3, "How does it work?"))).isEqualTo(AnswerCache.Reason.STALE);
        contents.put(CITED, BEFORE);
        assertThat(served(at(3, "How does it work?"))).as("it is gone").isEmpty();
        keep(at(3, "How does it work?"), "so");
        contents.clear();
        assertThat(missedOnce(at(4, "How does it work?"))).isEqualTo(AnswerCache.Reason.STALE);
        assertThat(cache.stats().stale()).isEqualTo(2);
    }

    private AnswerCache.Reason missedOnce(CacheQuestion question) {
        return cache.find(question) instanceof AnswerCache.Lookup.Miss miss ? miss.reason() : AnswerCache.Reason.FAILED;
    }

    @Test
    void find_questionOfTheWholeGraph_holdsForOneState() {
        keep(at(1, "Who calls Foo.bar?"), "nobody");
        assertThat(served(at(1, "Which methods call Foo.bar?"))).hasValue("nobody");
        assertThat(missedOnce(at(2, "Who calls Foo.bar?"))).isEqualTo(AnswerCache.Reason.STALE);
    }

    @Test
    void find_answerThatCannotBeShown_isNoHit_andTheNextIsTried() {
        keep(question("How does Foo.bar work?", 0), "broken");
        keep(question("Explain how Foo.bar works", 5), "so");
        assertThat(cache.find(question("How does Foo.bar work?", 0), this::isWhole))
                .isInstanceOfSatisfying(
                        AnswerCache.Lookup.Hit.class,
                        hit -> assertThat(hit.answer().answer().text()).isEqualTo("so"));
        assertThat(cache.stats().hits()).isEqualTo(1);
        assertThat(cache.stats().tokensSaved()).isEqualTo(100);
        assertThat(all()).as("the one that cannot be shown is dropped").hasSize(1);
        keep(question("How does Foo.baz work?", 0), "broken");
        assertThat(cache.find(question("How does Foo.baz work?", 0), this::isWhole))
                .isEqualTo(new AnswerCache.Lookup.Miss(AnswerCache.Reason.STALE));
        assertThat(cache.stats().hits()).isEqualTo(1);
    }

    private boolean isWhole(AnswerCache.Lookup.Hit hit) {
        return !hit.answer().answer().text().equals("broken");
    }

    @Test
    void find_whileTheAnswerIsPurged_isServedOnce() {
        String id = keep(question("How does Foo.bar work?", 0), "so");
        assertThat(cache.find(question("How does Foo.bar work?", 0), _ -> cache.purge(new CachePurge.Entry(id)) == 1))
                .isInstanceOf(AnswerCache.Lookup.Hit.class);
        assertThat(served(question("How does Foo.bar work?", 0))).isEmpty();
        assertThat(cache.stats().failures()).isZero();
    }

    @Test
    void find_tooOld_isExpired_unlessPinned() {
        String pinned = keep(question("How does A.a work?", 0), "a");
        keep(question("How does B.b work?", 0), "b");
        assertThat(cache.pin(pinned, true)).isTrue();
        clock.now = clock.now.plus(Duration.ofHours(2));
        assertThat(served(question("How does A.a work?", 0))).hasValue("a");
        assertThat(missedOnce(question("How does B.b work?", 0))).isEqualTo(AnswerCache.Reason.EXPIRED);
        assertThat(cache.stats().expired()).isEqualTo(1);
    }

    @Test
    void keep_moreThanFit_putsOutTheLeastRecent_neverThePinned() {
        String pinned = keep(question("How does A.a work?", 0), "a");
        cache.pin(pinned, true);
        for (String name : List.of("B.b", "C.c", "D.d")) {
            clock.now = clock.now.plusSeconds(1);
            keep(question("How does " + name + " work?", 0), name);
            served(question("How does B.b work?", 0));
        }
        assertThat(served(question("How does A.a work?", 0))).hasValue("a");
        assertThat(served(question("How does B.b work?", 0))).hasValue("B.b");
        assertThat(served(question("How does C.c work?", 0))).isEmpty();
        assertThat(cache.stats().evicted()).isEqualTo(1);
    }

    @Test
    void keep_leastOften_putsOutWhatIsServedLeast() {
        reopen(new CacheRules(2, 1_000, Duration.ofHours(1), CacheRules.Eviction.LEAST_OFTEN, THRESHOLD));
        keep(question("How does A.a work?", 0), "a");
        served(question("How does A.a work?", 0));
        clock.now = clock.now.plusSeconds(1);
        keep(question("How does B.b work?", 0), "b");
        keep(question("How does C.c work?", 0), "c");
        assertThat(served(question("How does A.a work?", 0))).hasValue("a");
        assertThat(served(question("How does B.b work?", 0))).isEmpty();
    }

    @Test
    void keep_secretsLongAnswersAndThoseThatCiteNothing_areRefused() {
        assertThat(cache.keep(question("Why?", 0), answer("password = 'abc" + "d1234'")))
                .isEmpty();
        assertThat(cache.keep(question("Is ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789 valid?", 0), answer("no")))
                .isEmpty();
        assertThat(cache.keep(question("Why?", 0), answer("x".repeat(1_001)))).isEmpty();
        assertThat(cache.keep(question("Why?", 0), new NewAnswer("so", List.of(), 1, 0, Duration.ZERO)))
                .isEmpty();
        assertThat(cache.stats().refused()).isEqualTo(4);
        assertThat(cache.stats().entries()).isZero();
    }

    @Test
    void judge_wrong_raisesTheThresholdOfThatEntryAlone() {
        String first = keep(question("How does A.a work?", 0), "a");
        keep(question("How does B.b work?", 0), "b");
        assertThat(cache.judge(first, Math.cos(Math.toRadians(15)), false)).isTrue();
        assertThat(served(question("How does A.a work?", 16))).isEmpty();
        assertThat(served(question("How does A.a work?", 3))).hasValue("a");
        assertThat(served(question("How does B.b work?", 16))).hasValue("b");
        assertThat(cache.stats().falseHits()).isEqualTo(1);
        assertThat(cache.judge("nothing", 1, false)).isFalse();
    }

    @Test
    void judge_right_lowersTheThresholdStepByStep_neverToAWrongOne() {
        String id = keep(question("How does A.a work?", 0), "a");
        assertThat(served(question("How does A.a work?", 27))).isEmpty();
        for (int i = 0; i < 20; i++) {
            cache.judge(id, 0.86, true);
        }
        assertThat(served(question("How does A.a work?", 27))).hasValue("a");
        cache.judge(id, 0.88, false);
        assertThat(served(question("How does A.a work?", 27))).isEmpty();
        for (int i = 0; i < 20; i++) {
            cache.judge(id, 0.86, true);
        }
        assertThat(served(question("How does A.a work?", 27))).isEmpty();
    }

    @Test
    void purge_takesWhatIsNamed() {
        String id = keep(question("How does A.a work?", 0), "a");
        keep(question("How does B.b work?", 0), "b");
        keep(at(1, "Who calls Foo.bar?"), "nobody");
        assertThat(cache.purge(new CachePurge.Entry(id))).isEqualTo(1);
        assertThat(cache.purge(new CachePurge.Entry(id))).isZero();
        assertThat(cache.purge(new CachePurge.OfModel("model"))).isEqualTo(2);
        keep(question("How does A.a work?", 0), "a");
        contents.clear();
        assertThat(cache.purge(new CachePurge.Unusable())).isEqualTo(1);
        keep(question("How does A.a work?", 0), "a");
        assertThat(cache.purge(new CachePurge.All())).isEqualTo(1);
        assertThat(cache.stats().entries()).isZero();
    }

    @Test
    void reopen_keepsEntriesUseAndWhatWasLearnt() {
        String id = keep(question("How does A.a work?", 0), "a");
        keep(question("How does A.a work?", 0), "a, better");
        served(question("How does A.a work?", 0));
        cache.pin(id, true);
        cache.judge(id, 0.99, false);
        List<CachedAnswer> before = all();
        reopen(RULES);
        assertThat(all()).isEqualTo(before).singleElement().satisfies(entry -> {
            assertThat(entry.answer()).isEqualTo(answer("a, better"));
            assertThat(entry.hits()).isEqualTo(1);
            assertThat(entry.isPinned()).isTrue();
            assertThat(entry.threshold()).isEqualTo(1.0);
        });
    }

    private List<CachedAnswer> all() {
        return cache.entries(0, 100);
    }

    @Test
    void log_cutOrOverwrittenAnywhere_costsEntriesAndNothingElse() throws IOException {
        Path file = folder.resolve("answers/log");
        for (String name : List.of("A.a", "B.b", "C.c")) {
            keep(question("How does " + name + " work?", 0), name);
        }
        cache.close();
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, i % 2 == 0 ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length)));
            cache = opened(RULES);
            for (CachedAnswer entry : all()) {
                assertThat(entry.question())
                        .isEqualTo("How does " + entry.answer().text() + " work?");
            }
            assertThat(cache.keep(question("How does D.d work?", 0), answer("D.d")))
                    .isPresent();
            assertThat(served(question("How does D.d work?", 0))).hasValue("D.d");
            cache.close();
        }
        cache = opened(RULES);
    }

    @Test
    void log_isRewrittenOnceMostOfItSaysNothing() {
        keep(question("How does A.a work?", 0), "a");
        for (int i = 0; i < 3_000; i++) {
            served(question("How does A.a work?", 0));
        }
        assertThat(cache.stats().bytes()).isLessThan(200_000);
        assertThat(cache.stats().hits()).isEqualTo(3_000);
        reopen(RULES);
        assertThat(served(question("How does A.a work?", 0))).hasValue("a");
    }

    @Test
    void store_thatCannotBeOpened_isAMissAndCounted() throws IOException {
        cache.close();
        Path file = folder.resolve("file");
        Files.writeString(file, "no directory", StandardOpenOption.CREATE);
        cache = new StoredAnswerCache(file, RULES, _ -> Map.of(), clock);
        assertThat(missed(question("How?", 0))).isEqualTo(AnswerCache.Reason.FAILED);
        assertThat(cache.keep(question("How?", 0), answer("so"))).isEmpty();
        assertThat(cache.purge(new CachePurge.All())).isZero();
        assertThat(cache.stats().failures()).isPositive();
    }

    @Test
    void store_thatAnotherHolds_isAMiss() {
        keep(question("How?", 0), "so");
        try (AnswerCache second = opened(RULES)) {
            assertThat(second.find(question("How?", 0)))
                    .isEqualTo(new AnswerCache.Lookup.Miss(AnswerCache.Reason.FAILED));
        }
        assertThat(served(question("How?", 0))).hasValue("so");
    }

    @Test
    void contents_thatCannotBeHad_areAMissAndDropNothing() {
        keep(at(1, "How does it work?"), "so");
        cache.close();
        cache = new StoredAnswerCache(
                folder.resolve("answers"),
                RULES,
                _ -> {
                    throw new IllegalStateException("the graph is away");
                },
                clock);
        assertThat(missed(at(2, "How does it work?"))).isEqualTo(AnswerCache.Reason.FAILED);
        reopen(RULES);
        assertThat(served(at(2, "How does it work?"))).hasValue("so");
    }

    @Test
    void stats_countWhatAHitSaved() {
        keep(question("How?", 0), "so");
        served(question("How?", 0));
        served(question("How?", 1));
        served(question("How?", 80));
        cache.embedded(5_000_000);
        CacheStats stats = cache.stats();
        assertThat(stats.hits()).isEqualTo(2);
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(stats.tokensSaved()).isEqualTo(200);
        assertThat(stats.costSaved()).isEqualTo(1.0);
        assertThat(stats.lookup().count()).isEqualTo(3);
        assertThat(stats.hit().count()).isEqualTo(2);
        assertThat(stats.embedding().p50().toNanos()).isBetween(4_500_000L, 5_500_000L);
    }
}
