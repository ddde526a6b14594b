package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChecksTest {
    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere no file says it
    void watches_onLinux_tellTheWholeLimit() throws IOException {
        Process cat = new ProcessBuilder("cat", "/proc/sys/fs/inotify/max_user_watches").start();
        String limit = new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(Checks.watches().detail())
                .isEqualTo(
                        limit.isEmpty()
                                ? "this system names no limit of watched folders"
                                : "changes in up to " + limit + " folders can be told");
    }
}
