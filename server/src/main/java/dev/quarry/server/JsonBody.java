package dev.quarry.server;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Something that writes itself as JSON, or as the members of a JSON object. */
@FunctionalInterface
interface JsonBody {
    /** Writes no member. */
    JsonBody NONE = out -> {};

    /** Writes it. */
    void write(JsonGenerator out) throws IOException;

    /** The UTF-8 bytes of a JSON object whose members {@code members} writes. */
    static byte[] object(JsonBody members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = Factory.INSTANCE.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** Holds the one factory; it is safe for use by several threads. */
    final class Factory {
        private static final JsonFactory INSTANCE = new JsonFactory();

        private Factory() {}
    }
}
