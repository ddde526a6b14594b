package dev.quarry.rag;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Counts tokens as a family of language models does, or more, so that what fits by this count fits.
 *
 * <p>The vocabularies {@code o200k_base} and {@code cl100k_base} are here, and models that use them are counted exactly. For
 * others the closer of the two counts, raised by a margin that covers what packed contexts of Java took in the family's own
 * vocabulary where that is published. Immutable.
 */
public final class TokenCounter {
    private static final int STANDARD_MARGIN = 5;
    private static final int UNKNOWN_MARGIN = 40;
    private static final TokenCounter STANDARD = new TokenCounter("", EncodingType.O200K_BASE, STANDARD_MARGIN);

    /** Which models count how; the first whose pattern is found in a model's name. */
    private static final List<Family> FAMILIES = List.of(
            new Family("claude", EncodingType.O200K_BASE, 35),
            new Family("gemini|gemma", EncodingType.O200K_BASE, 30),
            new Family("qwen|qwq", EncodingType.CL100K_BASE, 15),
            new Family("deepseek", EncodingType.CL100K_BASE, 15),
            new Family("llama-?4", EncodingType.O200K_BASE, 15),
            new Family("llama-?3", EncodingType.CL100K_BASE, 2),
            new Family("nemo", EncodingType.O200K_BASE, 17),
            new Family("llama|mistral|mixtral|codestral|devstral|vicuna", EncodingType.O200K_BASE, 42),
            new Family("gpt-4o|gpt-4\\.[1-9]|gpt-[5-9]|gpt-oss|chatgpt|(^|[/-])o[1-9]\\b", EncodingType.O200K_BASE, 0),
            new Family("gpt-4|gpt-3\\.5|text-embedding", EncodingType.CL100K_BASE, 0));

    private final String model;
    private final EncodingType vocabulary;
    private final int marginPercent;

    private record Family(Pattern names, EncodingType vocabulary, int marginPercent) {
        Family(String names, EncodingType vocabulary, int marginPercent) {
            this(Pattern.compile(names), vocabulary, marginPercent);
        }
    }

    private TokenCounter(String model, EncodingType vocabulary, int marginPercent) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.marginPercent = marginPercent;
    }

    /** Loading a vocabulary takes a while: only when something is counted. */
    private static final class Holder {
        private static final EncodingRegistry VOCABULARIES = Encodings.newLazyEncodingRegistry();
    }

    /** Counts where nobody says for which model: by {@code o200k_base} with a margin of {@value #STANDARD_MARGIN} %. */
    public static TokenCounter standard() {
        return STANDARD;
    }

    /**
     * Counts for a model, as its provider names it, also with the provider before it ({@code meta-llama/Llama-3.1-8B}).
     *
     * @param model empty for {@link #standard()}; for a family that is not known the margin is {@value #UNKNOWN_MARGIN} %
     */
    public static TokenCounter of(String model) {
        String name = model.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return STANDARD;
        }
        for (Family family : FAMILIES) {
            if (family.names().matcher(name).find()) {
                return new TokenCounter(model.strip(), family.vocabulary(), family.marginPercent());
            }
        }
        return new TokenCounter(model.strip(), EncodingType.O200K_BASE, UNKNOWN_MARGIN);
    }

    /** The model that it counts for, as it was named; empty for no certain one. */
    public String model() {
        return model;
    }

    /** The vocabulary that it counts by: {@code o200k_base} or {@code cl100k_base}. */
    public String vocabulary() {
        return vocabulary.getName();
    }

    /** By how much each count is raised, in per cent. */
    public int marginPercent() {
        return marginPercent;
    }

    /** The tokens of a text, with the margin. */
    public int count(String text) {
        return withMargin(exact(text));
    }

    /** A number of tokens of the vocabulary, with the margin. */
    public int withMargin(int tokens) {
        return tokens + (tokens * marginPercent + 99) / 100;
    }

    /** The tokens of a text in the vocabulary; what looks like a special token counts as plain text. */
    public int exact(String text) {
        Encoding encoding = Holder.VOCABULARIES.getEncoding(vocabulary);
        return encoding.countTokensOrdinary(text);
    }
}
