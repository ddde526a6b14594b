package dev.quarry.graphdb;

/**
 * A state that the graph was in when an index run ended.
 *
 * @param number states are numbered in the order in which the store took them on
 * @param change the last change that belongs to it
 * @param mark what its run said of it
 */
public record HistoryState(long number, long change, StateMark mark) {}
