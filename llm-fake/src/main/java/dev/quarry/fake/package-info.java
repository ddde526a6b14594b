/** A provider of language models for tests. */
@org.jspecify.annotations.NullMarked
package dev.quarry.fake;
