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
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines in files of a directory, appended and never changed: {@code 2030-01-31-0001.jsonl}, a day's first. Whole files go
 * when they are too old or all together are too large. Used by one thread at a time.
 */
final class TraceFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})-(\\d{4})\\.jsonl");
    private static final long FILE_BYTES_MAX = 4L << 20;
    private static final int MEGABYTE_SHIFT = 20;

    private final Path directory;
    private final TraceSettings settings;

    /** Where a line is. */
    record Place(Path file, long offset, int length) {}

    /** A line and where it is. */
    record Line(Place place, String text) {}

    TraceFiles(Path directory, TraceSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** Appends a line of the given day. */
    Place append(String line, LocalDate day) throws IOException {
        Files.createDirectories(directory);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = current(day);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            long offset = channel.size();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return new Place(file, offset, bytes.length - 1);
        }
    }

    /** The file to append to: the day's last, or another behind it if that is full. */
    private Path current(LocalDate day) throws IOException {
        int number = 1;
        Optional<Path> last = files().stream()
                .filter(file -> file.getFileName().toString().startsWith(day + "-"))
                .reduce((_, newer) -> newer);
        if (last.isPresent()) {
            Matcher name = NAME.matcher(last.get().getFileName().toString());
            number = name.matches() ? Integer.parseInt(name.group(2)) : 1;
            number += Files.size(last.get()) >= FILE_BYTES_MAX ? 1 : 0;
        }
        return directory.resolve("%s-%04d.jsonl".formatted(day, number));
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
            boolean old = LocalDate.parse(file.getFileName().toString().substring(0, "2030-01-31".length()))
                    .isBefore(eldest);
            if (old || (room < 0 && i < files.size() - 1)) {
                Files.deleteIfExists(file);
                gone.add(file);
            }
        }
        return gone;
    }

    /** The lines of a file; what a killed process left without its end is passed over. */
    static List<Line> lines(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                lines.add(new Line(new Place(file, start, i - start), text));
                start = i + 1;
            }
        }
        return lines;
    }

    /** The line at a place. */
    static String read(Place place) throws IOException {
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(place.length());
            while (buffer.hasRemaining() && channel.read(buffer, place.offset() + buffer.position()) >= 0) {
                // until the line is whole
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }

    /** The day of now. */
    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
