package dev.quarry.graphdb;

import java.nio.charset.StandardCharsets;

/** A CozoScript of ours, encoded once; its data comes in parameters. */
final class Script {
    private final byte[] utf8;

    Script(String text) {
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] utf8() {
        return utf8;
    }
}
