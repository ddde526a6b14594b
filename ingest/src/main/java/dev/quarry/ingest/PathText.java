package dev.quarry.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The characters of paths. A path is bytes to the system and to git, in UTF-8 as a rule. Java reads them in the encoding of
 * the user's locale, and puts the same sign for all that it cannot read, so that two files may seem to have one path.
 */
final class PathText {
    private static final char UNREAD = '\uFFFD';
    private static final char ESCAPE = '%';

    private PathText() {}

    /** A relative path with {@code /} on every system; without its bytes where these are not UTF-8. */
    static String slashed(Path relative) {
        String text = relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
        return text.indexOf(UNREAD) < 0 ? text : decoded(relative).orElse(text);
    }

    /** Whether a path has characters, and so is unlike any other's. */
    static boolean isUtf8(Path path) {
        return path.toString().indexOf(UNREAD) < 0 || decoded(path).isPresent();
    }

    /** By its address, which is the only thing to tell the bytes of a path. */
    private static Optional<String> decoded(Path path) {
        String folder = Path.of("").toAbsolutePath().toUri().getRawPath();
        String address = path.toUri().getRawPath();
        String own = address.startsWith(folder) && !path.isAbsolute() ? address.substring(folder.length()) : address;
        String plain = own.endsWith("/") ? own.substring(0, own.length() - 1) : own;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) == ESCAPE) {
                bytes.write(Integer.parseInt(plain, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(plain.charAt(i));
            }
        }
        return SourceEncoding.utf8(bytes.toByteArray());
    }
}
