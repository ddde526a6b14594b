package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiWireTest {
    /** OpenAI refuses a request that has the limit of tokens by both names, and newer models of it the older name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://api.openai.com/v1 | {\"max_tokens\":100}                          | {\"max_completion_tokens\":100}",
                "https://api.openai.com/v1 | {\"max_completion_tokens\":100}               | {\"max_completion_tokens\":100}",
                "https://api.openai.com/v1 | {}                                            | {\"max_completion_tokens\":2048}",
                "https://api.openai.com/v1 | {\"max_tokens\":9,\"max_completion_tokens\":7} | {\"max_completion_tokens\":7}",
                "http://127.0.0.1:8080/v1  | {\"max_tokens\":100}                          | {\"max_tokens\":100}",
                "http://127.0.0.1:8080/v1  | {\"max_tokens\":100000}                       | {\"max_tokens\":2048}",
                "http://127.0.0.1:8080/v1  | {\"max_completion_tokens\":100}               | {\"max_completion_tokens\":100}",
                "http://127.0.0.1:8080/v1  | {}                                            | {\"max_tokens\":2048}"
            })
    void forBackend_limitOfTokens_isToldOnceByTheNameThatIsKnown(URI url, String asked, String told) {
        BackendConfig backend = BackendConfig.of("a", BackendKind.OPENAI, url, "model");
        JsonObject sent = Wire.at("/v1/chat/completions").orElseThrow().forBackend(new JsonObject(asked), backend);
        assertThat(backend.maxOutputTokens()).isEqualTo(2048);
        assertThat(sent).isEqualTo(new JsonObject(told).put("model", "model"));
    }
}
