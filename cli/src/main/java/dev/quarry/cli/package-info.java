/**
 * The {@code quarry} command: reads arguments, asks a store or the server that holds it, and writes answers for people or
 * programs.
 */
@org.jspecify.annotations.NullMarked
package dev.quarry.cli;
