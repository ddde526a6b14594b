package dev.quarry.server;

/**
 * Something that happened to a job.
 *
 * @param id rises by one from 1 within the job
 * @param type {@code progress}, {@code message} or {@code end}
 * @param data a JSON object on one line
 */
record JobEvent(long id, String type, String data) {
    static final String PROGRESS = "progress";
    static final String MESSAGE = "message";
    static final String END = "end";

    /** As a server-sent event. */
    String toStream() {
        return "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }
}
