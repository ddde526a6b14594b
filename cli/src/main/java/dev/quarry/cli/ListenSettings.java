package dev.quarry.cli;

import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.ConfigTable;
import java.util.Set;

/**
 * How the server takes its port; the table {@code [server]} of the configuration.
 *
 * @param portFallback whether the next free port is taken where the wanted one is in use
 */
record ListenSettings(boolean portFallback) {
    /** What the configuration says. */
    static ListenSettings of(ConfigFile file) {
        ConfigTable table = file.table("server").allowing(Set.of("port_fallback"));
        return new ListenSettings(table.truth("port_fallback", false));
    }
}
