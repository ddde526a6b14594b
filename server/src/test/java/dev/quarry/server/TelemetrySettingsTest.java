package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.Secret;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetrySettingsTest {
    @TempDir
    private Path directory;

    private TelemetrySettings settings(String table, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.toml"), "[telemetry]\n" + table);
        return TelemetrySettings.of(ConfigFile.read(file), environment);
    }

    @Test
    void of_nothingNamed_isOff() throws IOException {
        assertThat(settings("", Map.of())).isEqualTo(TelemetrySettings.OFF);
        assertThat(settings("service_name = \"x\"", Map.of()).endpoint()).isEmpty();
    }

    @Test
    void of_environment_followsOpenTelemetrysVariables() throws IOException {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/",
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20x",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "2500",
                "OTEL_SERVICE_NAME", "code",
                "OTEL_RESOURCE_ATTRIBUTES", "a=b%20c, d=e+f,none");
        TelemetrySettings settings = settings("", environment);
        assertThat(settings.endpoint()).contains(URI.create("http://collector:4318/v1/traces"));
        assertThat(settings.serviceName()).isEqualTo("code");
        assertThat(settings.content()).isFalse();
        assertThat(settings.headers()).isEqualTo(new Secret.Environment("OTEL_EXPORTER_OTLP_HEADERS"));
        assertThat(settings.resource()).isEqualTo(Map.of("a", "b c", "d", "e+f"));
        assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(settings("", Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://c/x"))
                        .endpoint())
                .as("taken as it is")
                .contains(URI.create("https://c/x"));
    }

    @Test
    void of_fileAndEnvironment_theFileSaysMoreAndKeepsTheEnvironmentsKeyToItself() throws IOException {
        TelemetrySettings settings = settings(
                "endpoint = \"http://127.0.0.1:4318\"\nservice_name = \"mine\"\ncontent = true",
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:4318",
                        "OTEL_EXPORTER_OTLP_HEADERS", "authorization=x",
                        "OTEL_SERVICE_NAME", "code"));
        assertThat(settings.endpoint()).contains(URI.create("http://127.0.0.1:4318/v1/traces"));
        assertThat(settings.serviceName()).isEqualTo("mine");
        assertThat(settings.content()).isTrue();
        assertThat(settings.headers()).isEqualTo(new Secret.None());
    }

    @Test
    void of_switchedOff_isOffWhateverElseIsSaid() throws IOException {
        Map<String, String> named = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318");
        assertThat(settings("enabled = false", named).endpoint()).isEmpty();
        for (String off : new String[] {"OTEL_SDK_DISABLED=true", "OTEL_TRACES_EXPORTER=none"}) {
            String[] pair = off.split("=");
            assertThat(settings("endpoint = \"http://c:4318\"", Map.of(pair[0], pair[1]))
                            .endpoint())
                    .as(off)
                    .isEmpty();
        }
    }

    @Test
    void of_whatCannotBe_isRefusedWithTheKeyAndWithoutTheAddress() {
        assertThatThrownBy(() -> settings("endpoint = \"http://user:hidden@c\"", Map.of()))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(directory.resolve("config.toml") + ": telemetry.endpoint is no address")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> settings("endpoint = \"http://c\"\nheaders_env = \"authorization=hidden\"", Map.of()))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining("telemetry.headers_env")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> settings(
                        "",
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317",
                                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining("http/protobuf");
    }
}
