package dev.quarry.mcp;

import java.util.List;

/**
 * All that a server offers by the protocol; knows nothing of how the protocol is spoken.
 *
 * @param name of the server, for programs
 * @param title for people
 * @param version of the server
 * @param instructions how its tools are used together, for the agent
 */
public record Catalog(
        String name,
        String title,
        String version,
        String instructions,
        List<Tool> tools,
        List<Resource> resources,
        List<Prompt> prompts) {
    /** Copies the lists. */
    public Catalog {
        tools = List.copyOf(tools);
        resources = List.copyOf(resources);
        prompts = List.copyOf(prompts);
    }
}
