package dev.quarry.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.jspecify.annotations.Nullable;

/** A file of packed git objects with its index of version 2. Not safe for use by several threads. */
final class GitPack implements AutoCloseable {
    /** Larger objects are not read: no file of sources has this size. */
    static final int OBJECT_BYTES_MAX = 256 << 20;

    private static final int INDEX_MAGIC = 0xff744f63;
    private static final int INDEX_VERSION = 2;
    private static final int FANOUT = 8;
    private static final int IDS = FANOUT + 256 * Integer.BYTES;
    private static final int ID_BYTES = Constants.OBJECT_ID_LENGTH;
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int HEAD_BYTES = 32;
    private static final int DELTAS_MAX = 10_000;

    private final Path file;
    private final FileChannel pack;
    private final ByteBuffer index;
    private final int count;

    /** Where an object's bytes begin, and of which kind and size they are. */
    private record Entry(int type, int size, long data, long base) {}

    private GitPack(Path file, FileChannel pack, ByteBuffer index, int count) {
        this.file = file;
        this.pack = pack;
        this.index = index;
        this.count = count;
    }

    /** Opens the pack that belongs to an index file. */
    static GitPack open(Path indexFile) throws IOException {
        ByteBuffer index;
        try (FileChannel channel = FileChannel.open(indexFile, StandardOpenOption.READ)) {
            index = channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
        if (index.remaining() < IDS || index.getInt(0) != INDEX_MAGIC || index.getInt(4) != INDEX_VERSION) {
            throw new IOException(indexFile + " is no index of a pack, or an old one; 'git gc' writes it anew");
        }
        String name = indexFile.getFileName().toString();
        Path file = indexFile.resolveSibling(name.substring(0, name.length() - ".idx".length()) + ".pack");
        return new GitPack(
                file, FileChannel.open(file, StandardOpenOption.READ), index, index.getInt(IDS - Integer.BYTES));
    }

    /** The object of this id; null if it is not in this pack. */
    ObjectLoader.@Nullable SmallObject read(AnyObjectId id, GitObjects others) throws IOException {
        long offset = offset(id);
        try {
            return offset < 0 ? null : read(offset, others);
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptObjectException(file + " has an object that is not what git writes", e);
        }
    }

    /** The ids in this pack that begin so. */
    List<ObjectId> startingWith(AbbreviatedObjectId prefix) {
        List<ObjectId> found = new ArrayList<>();
        int first = prefix.getFirstByte();
        for (int at = bucket(first - 1); at < bucket(first); at++) {
            ObjectId id = idAt(at);
            if (prefix.prefixCompare(id) == 0) {
                found.add(id);
            }
        }
        return found;
    }

    private int bucket(int firstByte) {
        return firstByte < 0 ? 0 : index.getInt(FANOUT + firstByte * Integer.BYTES);
    }

    private ObjectId idAt(int position) {
        byte[] raw = new byte[ID_BYTES];
        index.get(IDS + position * ID_BYTES, raw);
        return ObjectId.fromRaw(raw);
    }

    private long offset(AnyObjectId id) {
        int low = bucket(id.getFirstByte() - 1);
        int high = bucket(id.getFirstByte());
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = id.compareTo(idAt(middle));
            if (order == 0) {
                return offsetAt(middle);
            }
            if (order < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }

    private long offsetAt(int position) {
        int offsets = IDS + count * (ID_BYTES + Integer.BYTES);
        int offset = index.getInt(offsets + position * Integer.BYTES);
        return offset >= 0
                ? offset
                : index.getLong(offsets + count * Integer.BYTES + (offset & Integer.MAX_VALUE) * Long.BYTES);
    }

    private ObjectLoader.SmallObject read(long offset, GitObjects others) throws IOException {
        Deque<Entry> deltas = new ArrayDeque<>();
        Entry entry = entry(offset);
        while (entry.type() == Constants.OBJ_OFS_DELTA) {
            deltas.push(entry);
            entry = entry(entry.base());
            if (deltas.size() > DELTAS_MAX) {
                throw new CorruptObjectException(file + " has a chain of deltas without an end");
            }
        }
        int type;
        byte[] bytes;
        if (entry.type() == Constants.OBJ_REF_DELTA) {
            ObjectId id = ObjectId.fromRaw(bytes(entry.data() - ID_BYTES, ID_BYTES));
            ObjectLoader base = others.open(id, GitObjects.ANY);
            type = base.getType();
            bytes = apply(base.getCachedBytes(), inflate(entry));
        } else {
            type = entry.type();
            bytes = inflate(entry);
        }
        for (Entry delta : deltas) {
            bytes = apply(bytes, inflate(delta));
        }
        return new ObjectLoader.SmallObject(type, bytes);
    }

    private byte[] apply(byte[] base, byte[] delta) throws IOException {
        if (BinaryDelta.getResultSize(delta) > OBJECT_BYTES_MAX) {
            throw new CorruptObjectException(file + " has an object that is too large");
        }
        try {
            return BinaryDelta.apply(base, delta);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptObjectException(file + " has a delta that does not fit its base", e);
        }
    }

    private Entry entry(long offset) throws IOException {
        byte[] head = bytes(offset, HEAD_BYTES);
        int at = 0;
        int next = head[at++];
        int type = (next >> 4) & 7;
        long size = next & 15;
        for (int shift = 4; next < 0; shift += 7) {
            next = head[at++];
            size |= (long) (next & 127) << shift;
        }
        if (size > OBJECT_BYTES_MAX) {
            throw new CorruptObjectException(file + " has an object that is too large");
        }
        long base = 0;
        if (type == Constants.OBJ_OFS_DELTA) {
            next = head[at++];
            long back = next & 127;
            while (next < 0) {
                next = head[at++];
                back = ((back + 1) << 7) | (next & 127);
            }
            base = offset - back;
            if (back <= 0 || base <= 0) {
                throw new CorruptObjectException(file + " has a delta to nothing");
            }
        } else if (type == Constants.OBJ_REF_DELTA) {
            at += ID_BYTES;
        }
        return new Entry(type, (int) size, offset + at, base);
    }

    /** So many bytes from here on; zeros behind the end of the file. */
    private byte[] bytes(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (pack.read(buffer, offset + buffer.position()) < 0) {
                if (buffer.position() == 0) {
                    throw new EOFException(file + " ends too early");
                }
                break;
            }
        }
        return buffer.array();
    }

    private byte[] inflate(Entry entry) throws IOException {
        byte[] bytes = new byte[entry.size()];
        Inflater inflater = new Inflater();
        try {
            long from = entry.data();
            for (int at = 0; at < bytes.length && !inflater.finished(); ) {
                if (inflater.needsInput()) {
                    inflater.setInput(bytes(from, BUFFER_BYTES));
                    from += BUFFER_BYTES;
                }
                at += inflater.inflate(bytes, at, bytes.length - at);
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new CorruptObjectException(file + " has an object that cannot be unpacked", e);
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() throws IOException {
        pack.close();
    }

    /** Says that an object is nowhere. */
    static MissingObjectException missing(AnyObjectId id) {
        return new MissingObjectException(id.toObjectId(), "object");
    }
}
