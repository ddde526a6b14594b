package dev.quarry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of agents whose configuration is known: which file it is, and where in it servers are named. */
enum McpClient {
    CLAUDE_CODE("claude-code", Scope.PROJECT, "mcpServers", ".mcp.json", ".claude .claude.json"),
    CLAUDE_CODE_USER("claude-code-user", Scope.USER, "mcpServers", ".claude.json", ""),
    CLAUDE_DESKTOP("claude-desktop", Scope.APPLICATION, "mcpServers", "Claude/claude_desktop_config.json", ""),
    CURSOR("cursor", Scope.PROJECT, "mcpServers", ".cursor/mcp.json", ".cursor"),
    VS_CODE("vscode", Scope.PROJECT, "servers", ".vscode/mcp.json", ".vscode .vscode-server"),
    CODEX("codex", Scope.USER, "mcp_servers", ".codex/config.toml", ".codex"),
    GEMINI("gemini", Scope.PROJECT, "mcpServers", ".gemini/settings.json", ".gemini"),
    WINDSURF("windsurf", Scope.USER, "mcpServers", ".codeium/windsurf/mcp_config.json", ".codeium/windsurf");

    /** Where the file of a client lies. */
    private enum Scope {
        /** In the repository. */
        PROJECT,
        /** In the home directory. */
        USER,
        /** Where the system keeps the settings of applications. */
        APPLICATION
    }

    private final String clientName;
    private final Scope scope;
    private final String member;
    private final String file;

    /** What lies in a home directory where the client is used, separated by blanks. */
    private final String traces;

    McpClient(String clientName, Scope scope, String member, String file, String traces) {
        this.clientName = clientName;
        this.scope = scope;
        this.member = member;
        this.file = file;
        this.traces = traces;
    }

    /** What it is called on the command line. */
    String clientName() {
        return clientName;
    }

    /** The names of all. */
    static List<String> names() {
        return Stream.of(values()).map(McpClient::clientName).toList();
    }

    /** The client of this name. */
    static McpClient named(String name) {
        for (McpClient client : values()) {
            if (client.clientName.equals(name)) {
                return client;
            }
        }
        throw new UsageException("no client is called '" + name + "': name one of " + String.join(", ", names()));
    }

    /** The member of the configuration that holds the servers. */
    String member() {
        return member;
    }

    /** Whether the configuration is TOML; JSON otherwise. */
    boolean isToml() {
        return file.endsWith(".toml");
    }

    /** Whether the file says nothing of other repositories. */
    boolean isOfProject() {
        return scope == Scope.PROJECT;
    }

    /** The file of its configuration. */
    Path file(McpInstall.Place place) {
        return switch (scope) {
            case PROJECT -> place.project().resolve(file);
            case USER -> place.home().resolve(file);
            case APPLICATION -> place.applications().resolve(file);
        };
    }

    /** Whether there are traces of it. Of two that are one program, only the one that speaks of the project counts. */
    boolean isThere(McpInstall.Place place) {
        return switch (scope) {
            case PROJECT -> Files.exists(file(place)) || hasTraces(place);
            case USER -> hasTraces(place);
            case APPLICATION -> {
                Path folder = file(place).getParent();
                yield folder != null && Files.isDirectory(folder);
            }
        };
    }

    private boolean hasTraces(McpInstall.Place place) {
        return !traces.isEmpty()
                && Stream.of(traces.split(" ", -1))
                        .anyMatch(trace -> Files.exists(place.home().resolve(trace)));
    }
}
