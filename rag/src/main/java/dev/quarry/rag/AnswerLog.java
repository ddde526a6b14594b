package dev.quarry.rag;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The file of a cache: records behind each other, each with its length and checksum, and only ever appended to. What follows
 * the first record that is not whole is cut off when the file is opened, so that a killed process costs its last record.
 * Nothing is forced to the disk: an answer that is lost is made anew. Used by one thread at a time.
 */
final class AnswerLog implements AutoCloseable {
    private static final byte[] MAGIC = "quarry-answers-5\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = Integer.BYTES + Integer.BYTES;
    private static final int RECORD_MAX = 16 << 20;

    private static final int PUT = 1;
    private static final int MARK = 2;
    private static final int DROP = 3;

    private final Path file;
    private final FileChannel channel;
    private long end;

    /** What the log says, in the order in which it was said. */
    sealed interface Event {
        /** An entry came; its text lies at this place. */
        record Put(CacheEntry entry) implements Event {}

        /** How an entry was used. */
        record Mark(String id, CacheEntry.Use use) implements Event {}

        /** An entry went. */
        record Drop(String id) implements Event {}
    }

    private AnswerLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the log, made if it is not there, and tells what is in it.
     *
     * @throws IOException if it cannot be read or written, or another process has it
     */
    static AnswerLog open(Path file, Consumer<Event> events) throws IOException {
        FileChannel channel = opened(file);
        AnswerLog log = new AnswerLog(file, channel);
        try {
            log.replay(events);
            return log;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static FileChannel opened(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("another process has " + file);
            }
            return channel;
        } catch (IOException | OverlappingFileLockException taken) {
            channel.close();
            throw new IOException(file + " is in use", taken);
        }
    }

    private void replay(Consumer<Event> events) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(MAGIC.length);
        if (read(magic, 0) < MAGIC.length || !magic.flip().equals(ByteBuffer.wrap(MAGIC))) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(MAGIC), 0);
            end = MAGIC.length;
            return;
        }
        end = MAGIC.length;
        while (true) {
            Optional<byte[]> record = record(end);
            if (record.isEmpty()) {
                channel.truncate(end);
                return;
            }
            events.accept(event(record.get(), end));
            end += HEAD + record.get().length;
        }
    }

    /** The record at this place; empty if there is no whole one. */
    private Optional<byte[]> record(long at) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (read(head, at) < HEAD) {
            return Optional.empty();
        }
        int length = head.flip().getInt();
        int sum = head.getInt();
        if (length < 1 || length > RECORD_MAX) {
            return Optional.empty();
        }
        byte[] body = new byte[length];
        return read(ByteBuffer.wrap(body), at + HEAD) == length && checksum(body) == sum
                ? Optional.of(body)
                : Optional.empty();
    }

    private int read(ByteBuffer into, long at) throws IOException {
        int count = 0;
        while (into.hasRemaining()) {
            int some = channel.read(into, at + count);
            if (some < 0) {
                break;
            }
            count += some;
        }
        return count;
    }

    /** Appends an entry; gives it with the place of its texts. */
    CacheEntry put(CacheEntry entry, String question, String answer) throws IOException {
        return entry.at(append(out -> {
            out.writeByte(PUT);
            write(out, entry);
            text(out, question);
            text(out, answer);
        }));
    }

    /** Appends how an entry was used. */
    void mark(String id, CacheEntry.Use use) throws IOException {
        append(out -> {
            out.writeByte(MARK);
            out.writeUTF(id);
            write(out, use);
        });
    }

    /** Appends that an entry went. */
    void drop(String id) throws IOException {
        append(out -> {
            out.writeByte(DROP);
            out.writeUTF(id);
        });
    }

    /** The question and the answer of an entry. */
    List<String> texts(CacheEntry entry) throws IOException {
        byte[] record = record(entry.place())
                .orElseThrow(() -> new EOFException("the answer at " + entry.place() + " of " + file + " is damaged"));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        in.readByte();
        entry(in, entry.place());
        return List.of(text(in), text(in));
    }

    /** How large the file is. */
    long bytes() {
        return end;
    }

    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private long append(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            body.write(out);
        }
        byte[] record = bytes.toByteArray();
        ByteBuffer whole = ByteBuffer.allocate(HEAD + record.length);
        whole.putInt(record.length).putInt(checksum(record)).put(record).flip();
        long place = end;
        long at = end;
        while (whole.hasRemaining()) {
            at += channel.write(whole, at);
        }
        end = at;
        return place;
    }

    private static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private static Event event(byte[] record, long place) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        int kind = in.readByte();
        return switch (kind) {
            case PUT -> new Event.Put(entry(in, place));
            case MARK -> new Event.Mark(in.readUTF(), use(in));
            case DROP -> new Event.Drop(in.readUTF());
            default -> throw new IOException("a record of the unknown kind " + kind);
        };
    }

    private static void write(DataOutputStream out, CacheEntry entry) throws IOException {
        out.writeUTF(entry.id());
        CacheScope scope = entry.scope();
        for (String part : List.of(scope.tenant(), scope.repository(), scope.branch(), scope.model(), scope.prompt())) {
            text(out, part);
        }
        text(out, entry.gate());
        text(out, entry.looseGate());
        words(out, entry.numbers().figures());
        words(out, entry.numbers().words());
        words(out, entry.names());
        words(out, new TreeSet<>(entry.words()));
        out.writeLong(entry.sequence());
        out.writeBoolean(entry.isOfWholeGraph());
        out.writeLong(entry.kept().toEpochMilli());
        out.writeLong(entry.tokens());
        out.writeDouble(entry.cost());
        out.writeLong(entry.time().toNanos());
        write(out, entry.use());
        entry.vector().write(out);
        out.writeInt(entry.citations().size());
        for (Citation citation : entry.citations()) {
            out.write(citation.id().toBytes());
            out.write(citation.content().toBytes());
            out.writeBoolean(citation.source().isPresent());
            if (citation.source().isPresent()) {
                out.write(citation.source().get().toBytes());
            }
        }
    }

    private static CacheEntry entry(DataInputStream in, long place) throws IOException {
        String id = in.readUTF();
        CacheScope scope = new CacheScope(text(in), text(in), text(in), text(in), text(in));
        String gate = text(in);
        String looseGate = text(in);
        QuestionNumbers numbers = new QuestionNumbers(words(in), words(in));
        List<String> names = words(in);
        Set<String> words = Set.copyOf(words(in));
        long sequence = in.readLong();
        boolean ofWholeGraph = in.readBoolean();
        Instant kept = Instant.ofEpochMilli(in.readLong());
        long tokens = in.readLong();
        double cost = in.readDouble();
        Duration time = Duration.ofNanos(in.readLong());
        CacheEntry.Use use = use(in);
        QuestionVector vector = QuestionVector.read(in);
        int count = in.readInt();
        List<Citation> citations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NodeId node = NodeId.of(in.readNBytes(NodeId.BYTES));
            ContentHash content = hash(in);
            citations.add(new Citation(node, content, in.readBoolean() ? Optional.of(hash(in)) : Optional.empty()));
        }
        return new CacheEntry(
                id,
                scope,
                gate,
                looseGate,
                numbers,
                names,
                words,
                sequence,
                ofWholeGraph,
                kept,
                tokens,
                cost,
                time,
                use,
                vector,
                citations,
                place);
    }

    private static ContentHash hash(DataInputStream in) throws IOException {
        return ContentHash.parse(HexFormat.of().formatHex(in.readNBytes(ContentHash.BYTES)));
    }

    private static void words(DataOutputStream out, Collection<String> words) throws IOException {
        text(out, String.join(" ", words));
    }

    private static List<String> words(DataInputStream in) throws IOException {
        String words = text(in);
        return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    }

    private static void write(DataOutputStream out, CacheEntry.Use use) throws IOException {
        out.writeLong(use.hits());
        out.writeLong(use.last().toEpochMilli());
        out.writeBoolean(use.isPinned());
        out.writeDouble(use.learnt().wrong());
        out.writeDouble(use.learnt().right());
        out.writeInt(use.learnt().rights());
    }

    private static CacheEntry.Use use(DataInputStream in) throws IOException {
        return new CacheEntry.Use(
                in.readLong(),
                Instant.ofEpochMilli(in.readLong()),
                in.readBoolean(),
                new LearntThreshold(in.readDouble(), in.readDouble(), in.readInt()));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > RECORD_MAX) {
            throw new IOException("a text of the impossible length " + length);
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
