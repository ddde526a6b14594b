package dev.quarry.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines in files of a directory, appended and never changed: {@code 2030-01-31-0001.jsonl}, a day's first. Whole files go
 * when they are too old or all together are too large. Used by one thread at a time.
 */
final class TraceFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})-(\\d{4})\\.jsonl");
    private static final int DAY = "2030-01-31".length();
    private static final int NUMBER = 4;
    private static final long FILES_PER_DAY = 10_000;
    private static final long FILE_BYTES_MAX = 4L << 20;
    private static final int MEGABYTE_SHIFT = 20;

    private final Path directory;
    private final TraceSettings settings;

    /** A line and where it is. */
    record Line(Path file, long offset, int length, String text) {}

    TraceFiles(Path directory, TraceSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** Appends a line of the given day, behind the end of one that a killed process has left without; gives the file. */
    Path append(String line, LocalDate day) throws IOException {
        // Not those above it: a store that was deleted must not come back as traces alone.
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
        Path file = current(day);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String end = isAtLineStart(channel) ? "" : "\n";
            ByteBuffer buffer = ByteBuffer.wrap((end + line + "\n").getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        return file;
    }

    private static boolean isAtLineStart(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() == 0 || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }

    /** The file to append to: the day's last, or another behind it if that is full. None is before one that was written. */
    private Path current(LocalDate day) throws IOException {
        List<Path> files = files();
        if (files.isEmpty() || day(files.getLast()).isBefore(day)) {
            return named(day, 1);
        }
        Path last = files.getLast();
        return Files.size(last) < FILE_BYTES_MAX ? last : named(day(last), number(last) + 1);
    }

    private Path named(LocalDate day, int number) {
        return directory.resolve("%s-%04d.jsonl".formatted(day, number));
    }

    private static LocalDate day(Path file) {
        return LocalDate.parse(file.getFileName().toString().substring(0, DAY));
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring(DAY + 1, DAY + 1 + NUMBER));
    }

    /** Greater for lines that were written later. */
    static long order(Line line) {
        return (day(line.file()).toEpochDay() * FILES_PER_DAY + number(line.file())) << Integer.SIZE | line.offset();
    }

    /** The file of this name. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** The files, the eldest first. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Removes what is too old or too much; gives the files that went. The newest file stays. */
    List<Path> expire(LocalDate today) throws IOException {
        List<Path> files = files();
        LocalDate eldest = today.minusDays(settings.keepDays());
        long room = (long) settings.keepMegabytes() << MEGABYTE_SHIFT;
        List<Path> gone = new ArrayList<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            room -= Files.size(file);
            boolean old = day(file).isBefore(eldest);
            if (old || (room < 0 && i < files.size() - 1)) {
                Files.deleteIfExists(file);
                gone.add(file);
            }
        }
        return gone;
    }

    /** The lines of a file behind an offset; what a killed process left without its end is passed over. */
    static List<Line> lines(Path file, long from) throws IOException {
        byte[] bytes = bytes(file, from, (int) Math.min(Integer.MAX_VALUE - 8, Files.size(file) - from));
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                lines.add(new Line(file, from + start, i - start, text));
                start = i + 1;
            }
        }
        return lines;
    }

    /** The line at a place. */
    static String read(Path file, long offset, int length) throws IOException {
        return new String(bytes(file, offset, length), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file, long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // until all is read
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    /** The day of now. */
    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
