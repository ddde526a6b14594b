/** Questions answered by a model from packed code: prompts, citations, conversations, traces. */
@org.jspecify.annotations.NullMarked
package dev.quarry.ask;
