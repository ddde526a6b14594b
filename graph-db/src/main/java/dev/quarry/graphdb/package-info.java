@org.jspecify.annotations.NullMarked
package dev.quarry.graphdb;
