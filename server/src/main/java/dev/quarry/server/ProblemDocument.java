package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every problem (RFC 9457) says of itself, over HTTP and by the command. */
public final class ProblemDocument {
    private ProblemDocument() {}

    /**
     * The members of a problem of this class, which may be added to.
     *
     * @param detail what is wrong with which input, and what helps
     */
    public static Map<String, @Nullable Object> of(ErrorCode code, String detail) {
        return of(Problem.statusOf(code), code, detail);
    }

    /** The same with a particular HTTP status. */
    static Map<String, @Nullable Object> of(int status, ErrorCode code, String detail) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(
                "type",
                "urn:quarry:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("title", title(status, code));
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code.name());
        return members;
    }

    private static String title(int status, ErrorCode code) {
        return switch (code) {
            case BAD_INPUT -> "The request is wrong";
            case UNAUTHORIZED -> status == 403 ? "The request comes from elsewhere" : "The token is missing or wrong";
            case NOT_FOUND -> "There is no such thing";
            case AMBIGUOUS -> "The name fits several symbols";
            case BUSY -> "Something else is going on";
            case LIMIT -> "A limit was reached";
            case INTERNAL -> "Quarry has a defect";
            case STORE_TOO_NEW -> "The store is newer than this server";
            case STORE_DAMAGED -> "The store cannot be read";
            case MODEL_REFUSED -> "The model's files are not the known ones";
            case UNREACHABLE -> "A remote repository cannot be reached";
            case STORAGE -> "The disk cannot be written";
        };
    }
}
