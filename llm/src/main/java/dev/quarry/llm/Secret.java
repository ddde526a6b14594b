package dev.quarry.llm;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a secret is. The secret itself is read when it is needed, and is in no message. */
public sealed interface Secret {
    /** No secret is needed. */
    record None() implements Secret {}

    /** In a variable of the environment. */
    record Environment(String variable) implements Secret {}

    /** The only line of a file. */
    record File(Path path) implements Secret {}

    /**
     * The secret; empty where none is needed.
     *
     * @throws QuarryException BAD_INPUT if it is not where it should be
     */
    default Optional<String> read(Map<String, String> environment) {
        return switch (this) {
            case None() -> Optional.empty();
            case Environment(String variable) -> {
                String value = environment.getOrDefault(variable, "").strip();
                if (value.isEmpty()) {
                    throw new QuarryException(
                            ErrorCode.BAD_INPUT,
                            "the environment variable " + variable + " is not set: export the key in it");
                }
                yield Optional.of(value);
            }
            case File(Path path) -> Optional.of(line(path));
        };
    }

    /** What it refers to, for people. */
    default String shown() {
        return switch (this) {
            case None() -> "none";
            case Environment(String variable) -> "environment variable " + variable;
            case File(Path path) -> "file " + path;
        };
    }

    private static String line(Path path) {
        try {
            String text = Files.readString(path).strip();
            if (text.isEmpty() || text.lines().count() != 1) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT, "the key file " + path + " must hold one line: write the key into it");
            }
            return text;
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the key file " + path + " cannot be read: make it readable, or name another with key_file",
                    e);
        }
    }
}
