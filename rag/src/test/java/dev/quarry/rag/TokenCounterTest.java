package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCounterTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, o200k_base, 0",
        "openai/gpt-4.1, o200k_base, 0",
        "gpt-5.1, o200k_base, 0",
        "o3-mini, o200k_base, 0",
        "gpt-oss:20b, o200k_base, 0",
        "gpt-4-turbo, cl100k_base, 0",
        "gpt-3.5-turbo, cl100k_base, 0",
        "claude-sonnet-4-5, o200k_base, 35",
        "meta-llama/Llama-3.1-8B-Instruct, cl100k_base, 2",
        "llama3.2:3b, cl100k_base, 2",
        "codellama:7b, o200k_base, 42",
        "Qwen/Qwen3-Coder-30B, cl100k_base, 15",
        "deepseek-chat, cl100k_base, 15",
        "gemini-2.5-pro, o200k_base, 30",
        "mistral-large-latest, o200k_base, 42",
        "mistral-nemo, o200k_base, 17",
        "my-own-model, o200k_base, 40",
        "'', o200k_base, 5"
    })
    void of_model_isCountedAsItsFamily(String model, String vocabulary, int margin) {
        TokenCounter counter = TokenCounter.of(model);
        assertThat(counter.vocabulary()).isEqualTo(vocabulary);
        assertThat(counter.marginPercent()).isEqualTo(margin);
        assertThat(counter.model()).isEqualTo(model);
    }

    @Test
    void count_knownText_isThatOfTheVocabulary() {
        String code = "public static boolean isBlank(CharSequence text) {";
        assertThat(TokenCounter.of("gpt-4o").exact(code))
                .isEqualTo(TokenCounter.of("gpt-4o").count(code));
        assertThat(TokenCounter.of("gpt-4").exact("hello world")).isEqualTo(2);
        assertThat(TokenCounter.of("gpt-4o").exact("hello world")).isEqualTo(2);
        assertThat(TokenCounter.of("gpt-4").exact("<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void withMargin_isRoundedUp() {
        assertThat(TokenCounter.standard().withMargin(100)).isEqualTo(105);
        assertThat(TokenCounter.standard().withMargin(101)).isEqualTo(107);
        assertThat(TokenCounter.standard().withMargin(0)).isZero();
    }
}
