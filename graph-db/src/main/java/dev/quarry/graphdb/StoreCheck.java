package dev.quarry.graphdb;

/** What is checked of a store, and what helps where it does not hold. */
public enum StoreCheck {
    /** The store has the current schema version and the relations of it. */
    SCHEMA("schema", Remedy.ANEW),
    /** Each indexed file has a text, with the hash that the file is stored under. */
    TEXT("source texts", Remedy.ANEW),
    /** Hashes and places of declarations are those that their text gives when it is read again. */
    DECLARATION("declarations", Remedy.ANEW),
    /** The rows of a file are those of the facts that it was written with. */
    FACTS("facts of files", Remedy.ANEW),
    /** Each node has the id of its name, a file that is there, and a place inside of it. */
    NODE("nodes", Remedy.ANEW),
    /** Both ends of each edge are there. */
    EDGE("edges", Remedy.ANEW),
    /** Each file and each declaration lies in one thing, up to its own file. */
    CONTAINMENT("containment", Remedy.ANEW),
    /** Derived edges are those that their digests stand for. */
    DERIVED("derived edges", Remedy.ANEW),
    /** What was counted as it was written, and the further orders of rows, agree with the rows. */
    COUNT("counts and orders", Remedy.ANEW),
    /** No version is later than the clock that gave it. */
    VERSION("versions", Remedy.ANEW),
    /** Each vector has 384 finite elements and the length 1, and stands for a text. */
    VECTOR("vectors", Remedy.ANEW),
    /** The texts that stand for nodes are theirs, and have vectors. */
    NODE_TEXT("texts of nodes", Remedy.ANEW),
    /** Going back in the history leads over states that are whole, to the oldest. */
    HISTORY("history", Remedy.HISTORY),
    /** The serving index holds what the store has at that commit. */
    SERVING("serving index", Remedy.SERVING);

    private final String title;
    private final String remedy;

    StoreCheck(String title, String remedy) {
        this.title = title;
        this.remedy = remedy;
    }

    private static final class Remedy {
        static final String ANEW = "delete the store and index again, or restore a backup of it";
        static final String HISTORY =
                "restore a backup, or give the history up with 'quarry gc --keep-states 1' and take commits in again with"
                        + " 'quarry index --history'";
        static final String SERVING = "delete the store's directory 'search' and run 'quarry index' again";
    }

    /** What is checked, in a few words. */
    public String title() {
        return title;
    }

    /** What to do where it does not hold. */
    public String remedy() {
        return remedy;
    }
}
