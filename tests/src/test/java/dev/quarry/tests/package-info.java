/** The product as a whole: real repositories, the real engine and model, real processes, real HTTP. */
@org.jspecify.annotations.NullMarked
package dev.quarry.tests;
