package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.SchemaVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A backup: a directory that holds a copy of a store's files and a manifest with the digest of each.
 *
 * <p>It appears under its name whole or not at all: it is made in a directory beside, and renamed when all of it is on
 * disk. Neither making nor unpacking needs the store's lock, so both work while another process has a store open.
 */
public final class Backup {
    private static final String PARTS = "parts";

    private Backup() {}

    /**
     * Copies a store as it is at one commit; writers may go on meanwhile.
     *
     * @param store the store's directory
     * @param target the backup's directory, which must not be there unless {@code replace}
     * @throws QuarryException NOT_FOUND if there is no store; BAD_INPUT if the target is there, or one of the two lies
     *     in the other; BUSY if the store's files change faster than they can be copied; STORE_TOO_NEW, STORE_DAMAGED;
     *     STORAGE if the target cannot be written
     */
    public static BackupManifest make(Path store, Path target, boolean replace) {
        requireOutside(target, store);
        if (isWithin(store, target)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the store " + store + " lies in " + target + ": name another directory");
        }
        StagedDirectory.recover(store);
        StagedDirectory.recover(target);
        if (!StoreDirectory.holdsStore(store)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND, "there is no index at " + store + ": name the store with --store");
        }
        refuseExisting(target, replace);
        try (StagedDirectory staged = StagedDirectory.beside(target)) {
            Path copy = staged.path().resolve(PARTS);
            new StoreImage(store, StoreImage.Ended.COPIED).copyTo(copy);
            BackupManifest manifest = describe(copy);
            manifest.write(staged.path());
            staged.publish(replace);
            return manifest;
        } catch (IOException e) {
            throw failure("the backup " + target + " cannot be written", e);
        }
    }

    /**
     * Refuses a backup inside of a store: whoever replaces the store would delete it.
     *
     * @throws QuarryException BAD_INPUT if it lies there, however the two are written
     */
    public static void requireOutside(Path backup, Path store) {
        if (isWithin(backup, store)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the backup " + backup + " lies in the store " + store + ": name one outside of the store");
        }
    }

    private static boolean isWithin(Path inner, Path outer) {
        try {
            return real(inner).startsWith(real(outer));
        } catch (IOException e) {
            throw failure("the place of " + inner + " cannot be told", e);
        }
    }

    /** The path without links, as far as it is there. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null || Files.exists(absolute)
                ? absolute.toRealPath()
                : real(parent).resolve(absolute.getFileName());
    }

    private static void refuseExisting(Path target, boolean replace) {
        if (!Files.exists(target)) {
            return;
        }
        if (!replace) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, target + " is there already: name another, or replace it with --replace");
        }
        if (!BackupManifest.isIn(target)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, target + " is no backup and is not replaced: name another directory");
        }
    }

    /** Opens the copy, which proves that the engine can recover it, and takes the digests of what it then consists of. */
    private static BackupManifest describe(Path copy) throws IOException {
        int schema;
        long sequence;
        long vectorSequence;
        try (GraphStore graph = GraphStore.open(copy, StoreOptions.DEFAULT)) {
            StoreStatus status = graph.status();
            schema = status.schemaVersion();
            sequence = status.sequence();
            vectorSequence = status.vectorSequence();
        }
        StoreDirectory.removeTraces(copy);
        List<BackupManifest.Part> parts = new ArrayList<>();
        for (Path file : DurableFiles.files(copy)) {
            DurableFiles.force(file);
            parts.add(new BackupManifest.Part(
                    copy.relativize(file).toString().replace('\\', '/'), Files.size(file), DurableFiles.digest(file)));
        }
        return new BackupManifest(schema, sequence, vectorSequence, parts);
    }

    /**
     * Reads the manifest of a backup.
     *
     * @throws QuarryException NOT_FOUND if there is no backup; BAD_INPUT if its manifest is not what was written;
     *     STORE_TOO_NEW if a newer Quarry wrote it
     */
    public static BackupManifest manifest(Path backup) {
        StagedDirectory.recover(backup);
        try {
            BackupManifest manifest = BackupManifest.read(backup);
            SchemaVersions.stepsFrom(manifest.schemaVersion(), backup.toString());
            return manifest;
        } catch (IOException e) {
            throw failure("the backup " + backup + " cannot be read", e);
        }
    }

    /**
     * Copies what a backup holds into a directory that is not there or empty, and compares the digest of each file.
     *
     * @throws QuarryException as {@link #manifest}; STORE_DAMAGED if a file is missing or is not what was written
     */
    public static BackupManifest unpack(Path backup, Path store) {
        BackupManifest manifest = manifest(backup);
        try {
            for (BackupManifest.Part part : manifest.parts()) {
                Path from = backup.resolve(PARTS).resolve(part.path());
                if (!Files.isRegularFile(from)) {
                    throw damaged(backup, part.path(), "is missing");
                }
                Path to = store.resolve(part.path());
                Files.createDirectories(to.resolveSibling(""));
                ContentHash digest = DurableFiles.copy(from, to);
                if (Files.size(to) != part.bytes() || !digest.equals(part.digest())) {
                    throw damaged(backup, part.path(), "is not what was written");
                }
            }
            return manifest;
        } catch (IOException e) {
            throw failure("the backup " + backup + " cannot be restored to " + store, e);
        }
    }

    /**
     * Puts a directory in the place of a store that nobody holds.
     *
     * @throws QuarryException BUSY if somebody does
     * @throws IOException if it cannot be moved
     */
    public static void replaceStore(StagedDirectory staged, Path store) throws IOException {
        try (StoreDirectory _ = StoreDirectory.hold(store)) {
            staged.publish(true);
        }
    }

    private static QuarryException damaged(Path backup, String part, String problem) {
        return new QuarryException(
                ErrorCode.STORE_DAMAGED,
                "the backup " + backup + " is damaged: its file " + part + " " + problem
                        + "; nothing was replaced. Use another backup");
    }

    private static QuarryException failure(String what, IOException cause) {
        return new QuarryException(
                ErrorCode.STORAGE,
                what + " (" + EngineFailures.reason(cause) + "): check the space and the permissions of the disk",
                cause);
    }
}
