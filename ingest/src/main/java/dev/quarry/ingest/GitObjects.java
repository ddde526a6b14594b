package dev.quarry.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The objects of a git repository, read from its files and nothing else: JGit's own storage would measure the times of files
 * by writing some into the repository, and read the user's configuration. JGit walks over what this reads. Not safe for use
 * by several threads.
 */
final class GitObjects extends ObjectReader {
    static final int ANY = OBJ_ANY;

    private static final int ALTERNATES_MAX = 16;
    private static final long CACHE_BYTES = 32L << 20;
    private static final int CACHED_MAX = 1 << 20;

    private final Path common;
    private final List<Path> folders = new ArrayList<>();
    private final List<GitPack> packs = new ArrayList<>();
    private final Map<ObjectId, ObjectLoader> cache = new LinkedHashMap<>(1024, 0.75f, true);
    private long cached;

    /** The objects of the repository that keeps them below this folder. */
    GitObjects(Path common) throws IOException {
        this.common = common;
        addFolder(common.resolve("objects"));
    }

    private void addFolder(Path folder) throws IOException {
        if (folders.size() == ALTERNATES_MAX || folders.contains(folder) || !Files.isDirectory(folder)) {
            return;
        }
        folders.add(folder);
        Path packFolder = folder.resolve("pack");
        if (Files.isDirectory(packFolder)) {
            try (DirectoryStream<Path> indexes = Files.newDirectoryStream(packFolder, "*.idx")) {
                for (Path index : indexes) {
                    packs.add(GitPack.open(index));
                }
            }
        }
        Path alternates = folder.resolve("info").resolve("alternates");
        if (Files.isRegularFile(alternates)) {
            for (String line : Files.readAllLines(alternates, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    addFolder(folder.resolve(line.strip()).normalize());
                }
            }
        }
    }

    @Override
    public ObjectReader newReader() {
        throw new UnsupportedOperationException("one walk at a time reads these objects");
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId prefix) throws IOException {
        Set<ObjectId> found = new TreeSet<>();
        packs.forEach(pack -> found.addAll(pack.startingWith(prefix)));
        String name = prefix.name();
        for (Path folder : folders) {
            Path bucket = folder.resolve(name.substring(0, 2));
            if (Files.isDirectory(bucket)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(bucket)) {
                    for (Path file : files) {
                        String id = name.substring(0, 2) + file.getFileName();
                        if (ObjectId.isId(id) && id.startsWith(name)) {
                            found.add(ObjectId.fromString(id));
                        }
                    }
                }
            }
        }
        return found;
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
        ObjectLoader known = cache.get(id.toObjectId());
        if (known == null) {
            known = find(id);
            keep(id.toObjectId(), known);
        }
        if (type != OBJ_ANY && known.getType() != type) {
            throw new IncorrectObjectTypeException(id.toObjectId(), type);
        }
        return known;
    }

    private ObjectLoader find(AnyObjectId id) throws IOException {
        for (GitPack pack : packs) {
            ObjectLoader packed = pack.read(id, this);
            if (packed != null) {
                return packed;
            }
        }
        String name = id.name();
        for (Path folder : folders) {
            Path file = folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
            if (Files.isRegularFile(file)) {
                return loose(file);
            }
        }
        throw GitPack.missing(id);
    }

    private void keep(ObjectId id, ObjectLoader object) {
        if (object.getSize() > CACHED_MAX) {
            return;
        }
        cache.put(id, object);
        cached += object.getSize();
        var eldest = cache.entrySet().iterator();
        while (cached > CACHE_BYTES && eldest.hasNext()) {
            cached -= eldest.next().getValue().getSize();
            eldest.remove();
        }
    }

    private static ObjectLoader loose(Path file) throws IOException {
        try (InputStream in = new InflaterInputStream(Files.newInputStream(file))) {
            String head = head(in, file);
            int space = head.indexOf(' ');
            int size;
            try {
                size = Integer.parseInt(head.substring(space + 1));
            } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
                throw new CorruptObjectException(file + " is no object of git", e);
            }
            if (size > GitPack.OBJECT_BYTES_MAX) {
                throw new CorruptObjectException(file + " is too large");
            }
            byte[] bytes = in.readNBytes(size);
            int type = type(head.substring(0, space));
            if (bytes.length != size || type < 0) {
                throw new CorruptObjectException(file + " is no object of git");
            }
            return new ObjectLoader.SmallObject(type, bytes);
        }
    }

    private static String head(InputStream in, Path file) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next > 0; next = in.read()) {
            head.write(next);
            if (head.size() > Constants.OBJECT_ID_STRING_LENGTH) {
                throw new CorruptObjectException(file + " is no object of git");
            }
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static int type(String name) {
        Map<String, Integer> types = new HashMap<>();
        types.put(Constants.TYPE_COMMIT, Constants.OBJ_COMMIT);
        types.put(Constants.TYPE_TREE, Constants.OBJ_TREE);
        types.put(Constants.TYPE_BLOB, Constants.OBJ_BLOB);
        types.put(Constants.TYPE_TAG, Constants.OBJ_TAG);
        return types.getOrDefault(name, -1);
    }

    /** The commits whose parents a shallow clone has left out. */
    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
        Set<ObjectId> ids = new TreeSet<>();
        Path shallow = common.resolve("shallow");
        if (Files.isRegularFile(shallow)) {
            for (String line : Files.readAllLines(shallow, StandardCharsets.US_ASCII)) {
                if (ObjectId.isId(line.strip())) {
                    ids.add(ObjectId.fromString(line.strip()));
                }
            }
        }
        return ids;
    }

    @Override
    public void close() {
        for (GitPack pack : packs) {
            try {
                pack.close();
            } catch (IOException _) {
                // It was only read.
            }
        }
        packs.clear();
        cache.clear();
    }

    /** The bytes of a blob. */
    byte[] blob(ObjectId id) throws IOException {
        return open(id, Constants.OBJ_BLOB).getCachedBytes();
    }
}
