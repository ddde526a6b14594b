package dev.quarry.embed;

/**
 * How a model is run.
 *
 * @param threads how many texts are embedded at the same time, 1 to 1,024
 * @param provider what the network runs on
 */
public record EmbedOptions(int threads, Provider provider) {
    private static final int THREADS_MAX = 1024;

    /** Rejects a number of threads that makes no sense. */
    public EmbedOptions {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads must be 1 to " + THREADS_MAX + ", not " + threads);
        }
    }

    /** So many threads, on what {@code quarry.embed.provider} names. */
    public EmbedOptions(int threads) {
        this(threads, Provider.configured());
    }

    /** As many texts at the same time as the machine has cores. */
    public static EmbedOptions defaults() {
        return new EmbedOptions(Runtime.getRuntime().availableProcessors());
    }
}
