package dev.quarry.rag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the entries whose question asks the same: sketches of the vectors choose the closest, cosines and words decide, and
 * where words differ a judge besides. Whether their answers still hold is not asked here. Safe for use by several threads if
 * the entries are.
 */
final class AnswerCandidates {
    /** Of how many entries the vectors are compared, of how many of these the words, and how many of those are tried. */
    private static final int NEAR_MAX = 1_024;

    private static final int COMPARED_MAX = 96;
    private static final int CANDIDATES_MAX = 8;

    /** With how many entries of other words the judge compares the question: it takes as long as an embedding. */
    private static final int JUDGED_MAX = 2;

    private final CacheRules rules;
    private final JudgedWords judged;
    private final Entries entries;

    /** Where the entries lie; each answer is empty if the cache does not work. */
    interface Entries {
        /** Entries that may be close enough to a question of this key, the closest; at most so many. */
        Optional<List<CacheEntry>> nearest(CacheEntry.Key key, QuestionVector vector, int most);

        /** The same of a loose key. */
        Optional<List<CacheEntry>> nearestLoosely(CacheEntry.Key key, QuestionVector vector, int most);

        /** The question of an entry. */
        Optional<String> question(CacheEntry entry);
    }

    AnswerCandidates(CacheRules rules, JudgedWords judged, Entries entries) {
        this.rules = rules;
        this.judged = judged;
        this.entries = entries;
    }

    /** An entry, and the cosine of its question with the one that is asked. */
    record Candidate(CacheEntry entry, double similarity) {
        /** The least similarity at which it is close enough, where others have this one. */
        double threshold(double common) {
            return entry.use().learnt().value(common);
        }
    }

    /** The entries that ask what this question asks, the closest first; empty if the cache does not work. */
    Optional<List<Candidate>> of(CacheQuestion question) {
        QuestionVector vector = QuestionVector.of(question.vector());
        QuestionGate gate = question.gate();
        CacheEntry.Key key = new CacheEntry.Key(question.scope(), gate.key());
        return entries.nearest(key, vector, NEAR_MAX).map(near -> {
            Exclusions exclusions = new Exclusions(gate.words());
            List<Agreeing> agreeing = agreeing(close(near, vector, rules.threshold()), gate.words(), exclusions);
            List<Candidate> same = undoubted(agreeing, question);
            return same.isEmpty() ? sameInOtherWords(question, vector, agreeing) : same;
        });
    }

    /** Those of the entries that are close enough, the closest first. */
    private static List<Candidate> close(List<CacheEntry> near, QuestionVector vector, double common) {
        return near.stream()
                .map(entry -> new Candidate(entry, vector.cosine(entry.vector())))
                .filter(candidate -> candidate.similarity() >= candidate.threshold(common))
                .sorted(Comparator.comparingDouble(Candidate::similarity)
                        .reversed()
                        .thenComparing(candidate -> candidate.entry().id()))
                .toList();
    }

    /** A candidate whose words agree by the lists, and whether they are the same. */
    private record Agreeing(Candidate candidate, boolean isSame) {
        String id() {
            return candidate.entry().id();
        }
    }

    private List<Agreeing> agreeing(List<Candidate> close, Set<String> words, Exclusions exclusions) {
        Map<Set<String>, WordAgreement> agreements = new HashMap<>();
        List<Agreeing> agreeing = new ArrayList<>();
        for (Candidate candidate : close) {
            Set<String> others = candidate.entry().words();
            if (agreeing.size() == CANDIDATES_MAX
                    || (agreements.size() == COMPARED_MAX && !agreements.containsKey(others))) {
                break;
            }
            WordAgreement agreement = agreements.computeIfAbsent(others, _ -> WordAgreement.of(words, others));
            OptionalDouble surcharge = agreement.surcharge();
            double threshold = candidate.threshold(rules.threshold());
            if (surcharge.isPresent()
                    && !exclusions.contradicts(others)
                    && candidate.similarity() >= Math.min(1, threshold + surcharge.getAsDouble())) {
                agreeing.add(new Agreeing(candidate, agreement.isSame()));
            }
        }
        return agreeing;
    }

    /** Those of which the judge is not sure that they ask for something else; it is not asked about the same words. */
    private List<Candidate> undoubted(List<Agreeing> agreeing, CacheQuestion question) {
        List<Candidate> undoubted = new ArrayList<>();
        int compared = 0;
        for (Agreeing each : agreeing) {
            if (each.isSame()) {
                undoubted.add(each.candidate());
            } else if (compared++ < JUDGED_MAX) {
                Optional<String> kept = entries.question(each.candidate().entry());
                if (kept.isPresent() && !judged.isOther(kept.get(), question.text())) {
                    undoubted.add(each.candidate());
                }
            }
        }
        return undoubted;
    }

    /**
     * Those of which the judge is sure that they ask the same, and no kind, number, name, role or opposite says otherwise;
     * not those that were doubted before.
     */
    private List<Candidate> sameInOtherWords(CacheQuestion question, QuestionVector vector, List<Agreeing> doubted) {
        QuestionGate gate = question.gate();
        CacheEntry.Key key = new CacheEntry.Key(question.scope(), gate.looseKey());
        List<CacheEntry> near = entries.nearestLoosely(key, vector, NEAR_MAX).orElse(List.of());
        Set<String> doubtedIds = doubted.stream().map(Agreeing::id).collect(Collectors.toSet());
        NameAgreement names = new NameAgreement(gate.names());
        boolean compares = gate.kind() == QuestionKind.COMPARE;
        Exclusions exclusions = new Exclusions(gate.words());
        List<Candidate> same = new ArrayList<>();
        int compared = 0;
        for (Candidate candidate : close(near, vector, rules.looseThreshold())) {
            if (compared == JUDGED_MAX) {
                break;
            }
            CacheEntry entry = candidate.entry();
            if (!doubtedIds.contains(entry.id())
                    && !gate.kind().contradicts(entry.kind())
                    && !gate.numbers().contradicts(entry.numbers())
                    && !names.contradicts(entry.names(), compares || entry.kind() == QuestionKind.COMPARE)
                    && !WordAgreement.contradict(gate.words(), entry.words())
                    && !exclusions.contradicts(entry.words())) {
                compared++;
                Optional<String> kept = entries.question(entry);
                if (kept.isPresent() && judged.isSame(kept.get(), question.text())) {
                    same.add(candidate);
                }
            }
        }
        return same;
    }
}
