package dev.quarry.graphdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One text by what it has in common with another: how many bytes both begin and end with, and what lies between in the
 * first, compressed with what lies between in the other as a dictionary.
 */
final class TextDelta {
    /** What the compression looks back at most. */
    private static final int WINDOW = 32 << 10;

    private TextDelta() {}

    /** A text's delta to another; the other may be empty. */
    static byte[] of(String text, String base) {
        byte[] to = text.getBytes(StandardCharsets.UTF_8);
        byte[] from = base.getBytes(StandardCharsets.UTF_8);
        int begin = Math.max(0, Arrays.mismatch(to, from));
        int most = Math.min(to.length, from.length) - begin;
        int end = 0;
        while (end < most && to[to.length - 1 - end] == from[from.length - 1 - end]) {
            end++;
        }
        if (Arrays.equals(to, from)) {
            begin = to.length;
            end = 0;
        }
        byte[] packed = deflate(Arrays.copyOfRange(to, begin, to.length - end), dictionary(from, begin, end));
        CompactSink sink = new CompactSink().number(begin).number(end).number(to.length - begin - end);
        return sink.raw(packed).bytes();
    }

    /** The text whose delta to the other this is. */
    static String apply(byte[] delta, String base) {
        byte[] from = base.getBytes(StandardCharsets.UTF_8);
        CompactSource source = new CompactSource(delta);
        int begin = source.integer();
        int end = source.integer();
        byte[] middle = new byte[source.integer()];
        inflate(source.rest(), dictionary(from, begin, end), middle);
        byte[] text = new byte[begin + middle.length + end];
        System.arraycopy(from, 0, text, 0, begin);
        System.arraycopy(middle, 0, text, begin, middle.length);
        System.arraycopy(from, from.length - end, text, begin + middle.length, end);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] dictionary(byte[] from, int begin, int end) {
        int last = from.length - end;
        return Arrays.copyOfRange(from, Math.max(begin, last - WINDOW), Math.max(begin, last));
    }

    private static byte[] deflate(byte[] bytes, byte[] dictionary) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(dictionary);
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[WINDOW];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void inflate(byte[] packed, byte[] dictionary, byte[] target) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(dictionary);
            inflater.setInput(packed);
            for (int at = 0; at < target.length; ) {
                int count = inflater.inflate(target, at, target.length - at);
                if (count == 0) {
                    throw new IllegalArgumentException("a text of the history ends too early");
                }
                at += count;
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a text of the history is not what was written", e);
        } finally {
            inflater.end();
        }
    }
}
