package dev.quarry.ingest;

import java.util.Arrays;

/** The ends of lines, which git may keep otherwise than it writes them to a work tree. They mean nothing in Java. */
final class LineEnds {
    private LineEnds() {}

    /** Text with the line ends that git keeps of text that it converts; the same bytes if nothing is to be converted. */
    static byte[] asInGit(byte[] content) {
        byte[] kept = new byte[content.length];
        int length = 0;
        for (int i = 0; i < content.length; i++) {
            boolean isEnd = content[i] == '\r' && i + 1 < content.length && content[i + 1] == '\n';
            if (content[i] == 0 || (isEnd && i > 0 && content[i - 1] == '\r')) {
                return content; // no text, or what no conversion writes
            }
            if (!isEnd) {
                kept[length++] = content[i];
            }
        }
        return length == content.length ? content : Arrays.copyOf(kept, length);
    }

    /** A text whose lines end with {@code \n} where they ended with {@code \r\n}. */
    static String plain(String text) {
        return text.replace("\r\n", "\n");
    }
}
