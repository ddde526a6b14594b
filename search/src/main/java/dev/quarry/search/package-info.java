/** The serving index: declarations found by words, by names, and by the closeness of vectors. */
@org.jspecify.annotations.NullMarked
package dev.quarry.search;
