package dev.quarry.llm;

import java.util.Optional;

/** What a try sends to its backend, and how the reply is read. Used by the tries of one request, one after the other. */
interface Dialogue {
    /** Sends it and hands over what comes; blocks until the reply has ended, and is made to fail by ending the exchange. */
    void send(BackendConfig backend, Optional<String> key, HttpExchange http, Listener listener);

    /** Whether the reply comes in parts, so that a long silence before the first one says that something is wrong. */
    boolean streams();

    /** The tokens of a reply whose backend does not count them. */
    Usage estimate(String reply);

    /** Takes a reply while it comes. */
    interface Listener {
        /** A further part; empty ones are passed over. */
        void text(String part);

        /** The backend is alive, and its reply is yet to come. */
        void alive();

        /**
         * The reply is whole: the backend has said why it ended.
         *
         * @param stop the stop text at which it ended; empty if it ended otherwise, or the wire format does not tell
         */
        void whole(ChatResult.Status status, Optional<Usage> usage, String stop);

        /** The reply has stopped without its end. */
        void cut();

        /** Something went wrong. */
        void failed(Throwable cause);
    }
}
