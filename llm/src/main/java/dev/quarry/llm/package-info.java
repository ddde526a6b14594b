/** Language models behind one interface: backends in order of preference, their health, and their configuration. */
@org.jspecify.annotations.NullMarked
package dev.quarry.llm;
