package dev.quarry.server;

/**
 * What a store has of a model.
 *
 * @param id the model's id
 * @param installed whether the model is on this machine
 * @param served whether searches use it
 * @param wanted whether index runs embed with it; where it is not served yet, searches switch when its vectors are whole
 * @param vectors how many vectors of it the store has
 */
public record ModelState(String id, boolean installed, boolean served, boolean wanted, long vectors) {}
