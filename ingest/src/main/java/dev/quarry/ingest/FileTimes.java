package dev.quarry.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * When a file was changed, in nanoseconds.
 *
 * @param modified the time that the file claims, which whoever writes it may set
 * @param changed the time that the system notes at each change and that nobody can set; 0 where it notes none
 */
record FileTimes(long modified, long changed) {
    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long COARSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String CHANGED = "unix:ctime";

    /** The times of a file with these attributes. */
    static FileTimes of(Path file, BasicFileAttributes attributes) {
        return new FileTimes(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), changed(file));
    }

    private static long changed(Path file) {
        try {
            boolean isNoted = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            Object time = isNoted ? Files.getAttribute(file, CHANGED, LinkOption.NOFOLLOW_LINKS) : null;
            return time instanceof FileTime noted ? noted.to(TimeUnit.NANOSECONDS) : 0;
        } catch (IOException | UnsupportedOperationException _) {
            return 0;
        }
    }

    /** The last of them. */
    long latest() {
        return Math.max(modified, changed);
    }

    /**
     * Whether a file may have been changed once more within the resolution of its time before this moment; whole seconds are
     * taken for those of a file system that knows no parts of them.
     */
    boolean isYoung(long now) {
        boolean isCoarse = modified % TimeUnit.SECONDS.toNanos(1) == 0;
        return modified >= now - (isCoarse ? COARSE_NANOS : FINE_NANOS);
    }
}
