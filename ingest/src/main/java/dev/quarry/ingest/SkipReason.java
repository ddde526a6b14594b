package dev.quarry.ingest;

/** Why a scan passed over something without looking into it. A folder passed over counts once. */
public enum SkipReason {
    /** A {@code .gitignore} or {@code .git/info/exclude} says so. */
    IGNORED,
    /** A folder that a build writes to, beside the build's file. */
    BUILD_OUTPUT,
    /** A symbolic link; what it leads to is read where it lies. */
    SYMBOLIC_LINK,
    /** Named like a Java file, but a pipe, socket or device. */
    SPECIAL_FILE,
    /** A folder that could not be listed. */
    UNREADABLE_FOLDER,
    /** A Java file or folder of which the name is not UTF-8, so that no path of characters can tell it from others. */
    NAME_NOT_UTF8
}
