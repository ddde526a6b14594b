package dev.quarry.bench;

import dev.quarry.ask.AnswerMemory;
import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskContext;
import dev.quarry.ask.Citations;
import dev.quarry.ask.Source;
import dev.quarry.bench.DeclaredCode.Declared;
import dev.quarry.llm.ChatResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Asks the same questions at each state of a folder of sources, has the answers remembered, and judges what is served from
 * memory by {@link DeclaredCode}, which knows nothing of Quarry: whether the code that an answer cites is as it was when the
 * answer was given. Each answer is its citations.
 */
final class AnswerReplay {
    private static final AnswerMemory.Maker MAKER = new AnswerMemory.Maker("replay/model", "1/8000");
    private static final List<String> WAYS = List.of("How does `%s` work?", "Explain how `%s` works");
    private static final String CALLERS = "Who calls `%s`?";
    private static final int CITED_MAX = 3;

    private final Path sources;
    private final int questions;
    private final SplittableRandom random;
    private final DeclaredCode code = new DeclaredCode();
    private final List<Asked> asked = new ArrayList<>();
    private final Counts counts = new Counts();

    /** Finds what an answer can cite in the state of now. */
    @FunctionalInterface
    interface Finder {
        AskContext find(String question);
    }

    /** What became of the questions. */
    static final class Counts {
        int states;

        /** Served, and the cited code is as it was. */
        int served;

        /** Not served, and the cited code has changed or is gone. */
        int refused;

        /** Served though the cited code has changed: must not be. */
        int stale;

        /** Served with a text that is not the cited code: must not be. */
        int misquoted;

        /** Not served though the cited code is as it was. */
        int missed;

        /** Asked for the first time, or after there was nothing to cite. */
        int first;

        @Override
        public String toString() {
            return states + "\t" + first + "\t" + served + "\t" + refused + "\t" + missed + "\t" + stale + "\t"
                    + misquoted;
        }
    }

    /** A question, and the declarations that the answer that is remembered cited, as they were. */
    private static final class Asked {
        private final String name;
        private final String key;
        private final boolean isOfAll;
        private final List<Declared> cited = new ArrayList<>();
        private int state;

        Asked(String name, String key, boolean isOfAll) {
            this.name = name;
            this.key = key;
            this.isOfAll = isOfAll;
        }
    }

    /** Asks so many questions about declarations chosen by this seed. */
    AnswerReplay(Path sources, int questions, long seed) {
        this.sources = sources;
        this.questions = questions;
        this.random = new SplittableRandom(seed);
    }

    Counts counts() {
        return counts;
    }

    /** Asks all questions of the state in which the sources and what is indexed of them are now. */
    void ask(AnswerMemory memory, Finder finder) throws IOException {
        code.read(sources);
        counts.states++;
        asked.removeIf(one -> !one.isOfAll && code.of(one.key).isEmpty() && one.cited.isEmpty());
        choose();
        int state = code.state();
        for (Asked one : asked) {
            String question = (one.isOfAll ? CALLERS : WAYS.get(counts.states % WAYS.size())).formatted(one.name);
            Optional<AnswerMemory.Remembered> served = memory.find(question, MAKER);
            if (one.cited.isEmpty()) {
                counts.first++;
            } else {
                judge(one, served, one.isOfAll ? one.state == state : isAsItWas(one));
            }
            if (served.isEmpty()) {
                one.cited.clear();
                one.state = state;
                answer(one, finder.find(question)).ifPresent(context -> memory.keep(told(question, context), MAKER));
            }
        }
    }

    private void choose() {
        List<Declared> all = code.methods();
        while (!all.isEmpty() && asked.size() < questions) {
            Declared any = all.get(random.nextInt(all.size()));
            String name = any.key().replaceAll("\\(.*", "").replace('#', '.');
            asked.add(new Asked(name, any.key(), asked.size() % 10 == 9));
        }
    }

    private void judge(Asked one, Optional<AnswerMemory.Remembered> served, boolean isCurrent) {
        if (served.isEmpty()) {
            if (isCurrent) {
                counts.missed++;
            } else {
                counts.refused++;
            }
        } else if (!isCurrent) {
            counts.stale++;
        } else {
            counts.served++;
            boolean isQuoted = served.get().context().sources().stream()
                    .map(source -> DeclaredCode.plain(source.text()))
                    .allMatch(text ->
                            one.cited.stream().anyMatch(was -> was.code().equals(text)));
            counts.misquoted += isQuoted ? 0 : 1;
        }
    }

    private boolean isAsItWas(Asked one) {
        return one.cited.stream()
                .allMatch(was -> code.again(was)
                        .map(now -> now.code().equals(was.code()))
                        .orElse(false));
    }

    /** What an answer cites of what was found: what the other parser knows as well, and can find again. */
    private Optional<AskContext> answer(Asked one, AskContext found) {
        List<Source> cited = new ArrayList<>();
        for (Source source : found.sources()) {
            Optional<Declared> declared = code.at(sources, source.file(), source.startLine(), source.endLine());
            if (cited.size() < CITED_MAX
                    && declared.isPresent()
                    && declared.get().code().equals(DeclaredCode.plain(source.text()))) {
                one.cited.add(declared.get());
                cited.add(source);
            }
        }
        return cited.isEmpty()
                ? Optional.empty()
                : Optional.of(new AskContext(cited, found.tokens(), found.sequence(), Map.of()));
    }

    private static AskAnswer told(String question, AskContext context) {
        List<Integer> numbers = context.sources().stream().map(Source::number).toList();
        StringBuilder text = new StringBuilder("So");
        numbers.forEach(number -> text.append(" [").append(number).append(']'));
        return new AskAnswer(
                "id",
                question,
                question,
                "",
                AskAnswer.Kind.MODEL,
                text.toString(),
                context,
                new Citations(numbers, List.of()),
                ChatResult.kept(text.toString(), "replay", "model"),
                new AskAnswer.Timings(0, 0, 0));
    }
}
