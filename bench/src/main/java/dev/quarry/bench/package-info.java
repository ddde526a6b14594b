/** Benchmarks: Quarry as whole processes and over HTTP, each against something named. */
@org.jspecify.annotations.NullMarked
package dev.quarry.bench;
