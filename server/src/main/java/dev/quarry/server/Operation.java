package dev.quarry.server;

/** What answers one operation of the contract. Runs on a thread that may block. */
@FunctionalInterface
interface Operation {
    /** The answer; a {@link dev.quarry.schema.QuarryException} becomes a problem. */
    Reply answer(Call call);
}
