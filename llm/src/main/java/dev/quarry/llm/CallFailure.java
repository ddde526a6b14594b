package dev.quarry.llm;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a try brought no whole reply.
 *
 * @param outcome how it ended
 * @param detail what went wrong, without secrets
 * @param passing whether the same try may succeed soon
 * @param rest how long the backend asks to be left alone
 * @param status the HTTP status by which the backend said so; 0 if it did not
 * @param code the backend's word for it that programs know; empty if it gave none
 */
record CallFailure(
        Attempt.Outcome outcome, String detail, boolean passing, Optional<Duration> rest, int status, String code) {
    static CallFailure of(Attempt.Outcome outcome, String detail, boolean passing) {
        return new CallFailure(outcome, detail, passing, Optional.empty(), 0, "");
    }

    /** It said that it will not serve such a request. */
    static CallFailure refused(String detail, int status, String code) {
        return new CallFailure(Attempt.Outcome.REFUSED, detail, false, Optional.empty(), status, code);
    }
}
