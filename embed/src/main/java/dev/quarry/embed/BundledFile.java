package dev.quarry.embed;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of Quarry's own on the class path.
 *
 * @param what what it is for a user
 * @param name its name among the resources
 */
record BundledFile(String what, String name) {
    /**
     * Its bytes; null if it is missing.
     *
     * @throws QuarryException MODEL_REFUSED if it cannot be read
     */
    byte @Nullable [] bytes() {
        try (InputStream in = BundledFile.class.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage(), e);
        }
    }

    /** Says what is wrong with it; only another build brings the right one. */
    QuarryException refused(String why, @Nullable Throwable cause) {
        return new QuarryException(
                ErrorCode.MODEL_REFUSED,
                what + ", '" + name + "' of the class path, " + why + "; build or install Quarry again",
                cause);
    }
}
