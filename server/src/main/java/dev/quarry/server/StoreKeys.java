package dev.quarry.server;

/** What the pipeline notes about itself in the store's {@code meta} relation. */
final class StoreKeys {
    /** The absolute path of the repository's root. */
    static final String REPOSITORY = "repository";

    /** {@link #COMPLETE} once a run came to its end, {@link #RUNNING} from its first write on. */
    static final String STATE = "state";

    static final String COMPLETE = "complete";
    static final String RUNNING = "running";

    /** When the last run ended, as an ISO instant. */
    static final String INDEXED_AT = "indexed_at";

    /** The git commit that was checked out when the last run began; empty outside of git. */
    static final String COMMIT = "commit";

    /** The fingerprint of all that decides the facts besides the files: class path, analysis version, limits. */
    static final String SETTINGS = "settings";

    /** Coordinates that the class path lacks, one a line. */
    static final String MISSING_ARTIFACTS = "missing_artifacts";

    /** The size in bytes beyond which files are skipped; empty or missing if nobody has named one. */
    static final String MAX_FILE_BYTES = "max_file_bytes";

    /** What the scan passed over: {@code reason=count}, one a line. */
    static final String SKIPPED = "skipped";

    /** The call sites that are not bound: {@code reason=count}, one a line. */
    static final String UNRESOLVED = "unresolved";

    /** {@code model sequence}: up to which commit sequence all texts have their vector. */
    static final String EMBEDDED = "embedded";

    /** The id of the model to embed with; empty or missing for the one that ships with Quarry. */
    static final String MODEL = "model";

    /** How many nodes have a text to embed. */
    static final String EMBEDDABLE = "embeddable";

    private StoreKeys() {}
}
