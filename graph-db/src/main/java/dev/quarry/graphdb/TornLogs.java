package dev.quarry.graphdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Write-ahead logs of RocksDB of which even the first record is cut off, because the disk was full or the process ended.
 *
 * <p>Such a log holds nothing that was acknowledged. Where it is all that a store has, RocksDB 8.8 passes over it at the
 * next start, but keeps the file, and at the start after that one it takes it for the end of all logs and leaves out those
 * that were written since: what was acknowledged in between would be lost. So it is emptied before RocksDB sees it. A log
 * that is cut off behind a whole record is left to RocksDB, which goes on where that record ends.
 *
 * <p>The format is that of RocksDB's wiki, "Write Ahead Log File Format": blocks of 32 KiB with records of a masked CRC-32C,
 * a length of two bytes, a type and the data; a record that does not fit into a block goes on in the next.
 */
final class TornLogs {
    private static final int BLOCK_BYTES = 1 << 15;
    private static final int HEADER_BYTES = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;
    private static final int CRC_DELTA = 0xa282ead8;

    private TornLogs() {}

    /** Empties those in the directory of RocksDB's files; none may be open. */
    static void empty(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return;
        }
        for (Path log : logs(data)) {
            if (Files.size(log) == 0) {
                continue;
            }
            if (!isTorn(log)) {
                return;
            }
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(0);
                channel.force(true);
            }
        }
    }

    /** The logs, oldest first. */
    private static List<Path> logs(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{6,18}\\.log"))
                    .sorted(Comparator.comparingLong(TornLogs::number))
                    .toList();
        }
    }

    private static long number(Path log) {
        String name = log.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    /** Whether a log ends before its first record does, or with it and the record is not what its checksum says. */
    private static boolean isTorn(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            long at = 0;
            while (true) {
                long inBlock = BLOCK_BYTES - at % BLOCK_BYTES;
                at += inBlock < HEADER_BYTES ? inBlock : 0;
                if (at + HEADER_BYTES > size) {
                    return true;
                }
                ByteBuffer header = read(channel, at, HEADER_BYTES);
                int crc = header.getInt();
                int length = Short.toUnsignedInt(header.getShort());
                int type = header.get();
                if (type < FULL || type > LAST || (at == 0 && type != FULL && type != FIRST)) {
                    return false;
                }
                long end = at + HEADER_BYTES + length;
                if (end > size) {
                    return true;
                }
                if (crc != crc(type, read(channel, at + HEADER_BYTES, length))) {
                    return end == size;
                }
                if (type == FULL || type == LAST) {
                    return false;
                }
                at = end;
            }
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = from; bytes.hasRemaining(); ) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        return bytes.flip();
    }

    private static int crc(int type, ByteBuffer data) {
        CRC32C crc = new CRC32C();
        crc.update(type);
        crc.update(data);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + CRC_DELTA;
    }
}
