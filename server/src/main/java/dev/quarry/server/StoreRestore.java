package dev.quarry.server;

import dev.quarry.graphdb.Backup;
import dev.quarry.graphdb.BackupManifest;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Makes a store of a backup: its files after their digests were compared, and a serving index made anew of them. */
public final class StoreRestore {
    private StoreRestore() {}

    /**
     * Restores a backup; blocks until that is done. The store appears whole or not at all.
     *
     * @param store the directory of the store, which must not be there unless {@code replace}
     * @throws QuarryException NOT_FOUND if there is no backup; BAD_INPUT if the store's directory is there, or the
     *     backup lies in it; BUSY if somebody holds the store that is to be replaced; STORE_TOO_NEW; STORE_DAMAGED if
     *     the backup is not what was written; STORAGE if the disk fails
     */
    public static BackupManifest restore(Path backup, Path store, boolean replace, IndexProgress progress) {
        Backup.requireOutside(backup, store);
        BackupManifest manifest = Backup.manifest(backup);
        StagedDirectory.recover(store);
        boolean isTaken = isTaken(store, replace);
        try (StagedDirectory staged = StagedDirectory.beside(store)) {
            Backup.unpack(backup, staged.path());
            try (Workspace workspace = Workspace.open(staged.path(), WorkspaceOptions.forWriting())) {
                workspace.catchUp(progress);
            }
            if (isTaken) {
                Backup.replaceStore(staged, store);
            } else {
                staged.publish(false);
            }
            return manifest;
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the store " + store + " cannot be restored (" + e
                            + "): check the space and the permissions of the disk",
                    e);
        }
    }

    private static boolean isTaken(Path store, boolean replace) {
        if (isEmpty(store)) {
            return false;
        }
        if (!replace) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    store + " is there already: name another directory with --store, or replace it with --replace");
        }
        if (!Files.isDirectory(store.resolve("graph"))) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, store + " is no store and is not replaced: name another with --store");
        }
        return true;
    }

    private static boolean isEmpty(Path directory) {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
