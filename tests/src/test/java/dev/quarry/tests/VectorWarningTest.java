package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a launcher lets through of a JVM's standard error, if that JVM has the module of the vector instructions. */
class VectorWarningTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

    @Test
    void jvm_withTheModule_saysWhatOneWithoutItDoes() throws Exception {
        String without = run("\"$0\" -version");
        String with = run("\"$0\" \"${vector_flags[@]}\" -version");
        assertThat(without).startsWith("Picked up JAVA_TOOL_OPTIONS").contains("version");
        assertThat(with).isEqualTo(without);
    }

    @Test
    void anythingElse_alsoWithoutALastLineBreak_isPassedOn() throws Exception {
        assertThat(drop("before\\n" + WARNING + "\\nafter\\n\\nend")).isEqualTo("before\nafter\n\nend");
        assertThat(drop("\\n  a\\\\nb\\n" + WARNING + ", another\\n"))
                .isEqualTo("\n  a\\nb\n" + WARNING + ", another\n");
        assertThat(drop("")).isEmpty();
    }

    private static String drop(String text) throws Exception {
        return run("printf '" + text + "' >&2");
    }

    /**
     * What this says to its standard error behind a launcher's filter. The shell outlives the filter: what is written after
     * the end of a process, {@link Process} does not read.
     */
    private static String run(String command) throws IOException, InterruptedException {
        String script = ". scripts/vectors; exec 2> >(drop_vector_warning >&2); filter=$!; "
                + command
                + "; exec 2>&-; wait \"$filter\"";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script, JAVA)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
