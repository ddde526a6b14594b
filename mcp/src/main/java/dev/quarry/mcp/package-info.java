/** What an agent may ask by the Model Context Protocol: tools, resources and prompts over the graph. */
@org.jspecify.annotations.NullMarked
package dev.quarry.mcp;
