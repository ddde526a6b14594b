package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that a request must show: 256 random bits, written as 64 hexadecimal digits in a file that only its owner
 * can read. Only a digest of it stays in memory, so that neither a log nor a heap dump tells it.
 */
final class AccessToken {
    private static final Logger log = LoggerFactory.getLogger(AccessToken.class);
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z_-]{32,512}");
    private static final String SCHEME = "Bearer ";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] digest;

    private AccessToken(String token) {
        digest = digestOf(token);
    }

    /** The token of this file; made, with the file, where there is none. */
    static AccessToken of(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            closeToOthers(file);
            String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (!FORM.matcher(token).matches()) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT, "the file " + file + " holds no token: delete it, and a new one is made");
            }
            return new AccessToken(token);
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE, "the token's file " + file + " cannot be read or written: check its owner", e);
        }
    }

    /** Whether this Authorization header shows the token. Takes the same time for each wrong one. */
    boolean isShownBy(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        digest,
                        digestOf(authorization.substring(SCHEME.length()).strip()));
    }

    private static void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        String line = HexFormat.of().formatHex(secret) + "\n";
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, fresh, attributes)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            log.info("a new access token is in {}", file);
        } catch (FileAlreadyExistsException e) {
            log.debug("another process made the token's file first");
        }
    }

    private static void closeToOthers(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            log.warn("the token's file {} was open to others and is closed now; delete it to have a new token", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static byte[] digestOf(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
