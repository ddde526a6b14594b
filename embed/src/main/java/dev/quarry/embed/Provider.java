package dev.quarry.embed;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.Locale;

/** What a network runs on. */
public enum Provider {
    /** The processor; the vectors of a model are reproducible there. */
    CPU,
    /** A graphics card of NVIDIA, by an ONNX Runtime that was built for it. */
    CUDA;

    /** The system property that names one. */
    static final String PROPERTY = "quarry.embed.provider";

    /**
     * The one that {@code quarry.embed.provider} names; the processor if it is not set.
     *
     * @throws QuarryException BAD_INPUT if there is none of this name
     */
    static Provider configured() {
        String name = System.getProperty(PROPERTY, "cpu");
        for (Provider provider : values()) {
            if (provider.name().toLowerCase(Locale.ROOT).equals(name)) {
                return provider;
            }
        }
        throw new QuarryException(
                ErrorCode.BAD_INPUT, "-D" + PROPERTY + "=" + name + " names no provider: give cpu or cuda");
    }
}
