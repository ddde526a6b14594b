package dev.quarry.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Events from the operating system's watch service, one watch for each folder. Where it refuses, or there are too many
 * folders, the tree is polled from then on.
 */
final class NotifiedEvents implements TreeEvents {
    /** More folders are polled: each watch takes about a kilobyte of the kernel's memory. */
    static final int MAX_FOLDERS = 200_000;

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final int maxFolders;
    private final WatchService service;
    private Map<WatchKey, Path> folderOf = new HashMap<>();
    private Set<Path> followed = Set.of();
    private @Nullable PolledEvents polled;

    private NotifiedEvents(WatchService service, int maxFolders) {
        this.service = service;
        this.maxFolders = maxFolders;
    }

    /** Events for up to so many folders. */
    static TreeEvents open(int maxFolders) {
        try {
            return new NotifiedEvents(FileSystems.getDefault().newWatchService(), maxFolders);
        } catch (IOException | UnsupportedOperationException failure) {
            return polling(String.valueOf(failure.getMessage()));
        }
    }

    /**
     * A folder that was renamed keeps its watch and its key, so all folders are registered anew, and each key is held with
     * the path that it was last given for.
     */
    @Override
    public boolean follow(Set<Path> folders) {
        if (polled != null) {
            return false;
        }
        if (folders.size() > maxFolders) {
            poll(folders.size() + " folders are more than " + maxFolders);
            return true;
        }
        Map<WatchKey, Path> now = new HashMap<>();
        for (Path folder : folders) {
            try {
                now.put(folder.register(service, KINDS), folder);
            } catch (NoSuchFileException | NotDirectoryException _) {
                // It vanished since the walk: the folder above it tells so.
            } catch (IOException failure) {
                poll(String.valueOf(failure.getMessage()));
                return true;
            }
        }
        boolean more =
                now.entrySet().stream().anyMatch(entry -> !entry.getValue().equals(folderOf.get(entry.getKey())));
        folderOf.keySet().stream().filter(key -> !now.containsKey(key)).forEach(WatchKey::cancel);
        folderOf = now;
        followed = Set.copyOf(now.values());
        return more;
    }

    @Override
    public Batch await(Duration most) throws InterruptedException {
        if (polled != null) {
            return polled.await(most);
        }
        try {
            WatchKey key = service.poll(most.toNanos(), TimeUnit.NANOSECONDS);
            if (key == null) {
                return Batch.NONE;
            }
            Gathered gathered = new Gathered();
            for (; key != null; key = service.poll()) {
                take(key, gathered);
            }
            return new Batch(gathered.files, gathered.structure, gathered.lost);
        } catch (ClosedWatchServiceException _) {
            return Batch.NONE;
        }
    }

    private static final class Gathered {
        final Set<Path> files = new HashSet<>();
        boolean structure;
        boolean lost;
    }

    private void take(WatchKey key, Gathered gathered) {
        Path folder = folderOf.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                gathered.lost = true;
            } else if (folder != null && event.context() instanceof Path name) {
                Path entry = folder.resolve(name);
                if (isFolder(entry)) {
                    // A folder's own change of time or rights says nothing of what is read.
                    gathered.structure |= !event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY);
                } else {
                    gathered.files.add(entry);
                }
            }
        }
        if (!key.reset()) {
            gathered.structure |= folder != null;
        }
    }

    private boolean isFolder(Path entry) {
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) || followed.contains(entry);
    }

    private void poll(String reason) {
        close();
        polled = polling(reason);
    }

    private static PolledEvents polling(String reason) {
        return new PolledEvents(
                POLL,
                "changes are looked for every " + POLL.toSeconds() + " s, because the system does not tell of them ("
                        + reason + "): raise its limit, on Linux with 'sysctl fs.inotify.max_user_watches=1048576', and"
                        + " start the server again");
    }

    @Override
    public boolean polls() {
        return polled != null;
    }

    @Override
    public Optional<String> warning() {
        return polled == null ? Optional.empty() : polled.warning();
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
