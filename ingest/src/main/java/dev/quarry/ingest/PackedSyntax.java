package dev.quarry.ingest;

import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link SyntaxFile} without problems, in few bytes: kept so that a text is not read again that did not change. */
final class PackedSyntax {
    private final byte[] bytes;

    private PackedSyntax(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Packs what a text says; null where it has problems, as reading it again is needed for their words. */
    static @Nullable PackedSyntax of(SyntaxFile syntax) {
        if (!syntax.problems().isEmpty()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(syntax.content(), out);
            writeNumber(syntax.declarations().size(), out);
            for (Declaration each : syntax.declarations()) {
                write(each, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return new PackedSyntax(bytes.toByteArray());
    }

    /** What was packed. */
    SyntaxFile unpack() {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            ContentHash content = readHash(in);
            int count = readNumber(in);
            List<Declaration> declarations = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                declarations.add(read(in));
            }
            return new SyntaxFile(content, declarations, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private static void write(Declaration each, DataOutputStream out) throws IOException {
        write(each.kind().name(), out);
        write(each.name(), out);
        writeNumber(each.nameOffset(), out);
        Span span = each.span();
        writeNumber(span.docStart(), out);
        writeNumber(span.start() - span.docStart(), out);
        writeNumber(span.end() - span.start(), out);
        writeNumber(span.startLine(), out);
        writeNumber(span.endLine() - span.startLine(), out);
        out.writeInt(each.flags());
        write(each.declaration(), out);
        write(each.content(), out);
        write(each.shape(), out);
        ContentHash doc = each.doc();
        out.writeBoolean(doc != null);
        if (doc != null) {
            write(doc, out);
        }
        writeNumber(each.parent() + 1, out);
    }

    private static Declaration read(DataInputStream in) throws IOException {
        NodeKind kind = NodeKind.valueOf(readText(in));
        String name = readText(in);
        int nameOffset = readNumber(in);
        int docStart = readNumber(in);
        int start = docStart + readNumber(in);
        int end = start + readNumber(in);
        int startLine = readNumber(in);
        int endLine = startLine + readNumber(in);
        int flags = in.readInt();
        String declaration = readText(in);
        ContentHash content = readHash(in);
        ContentHash shape = readHash(in);
        ContentHash doc = in.readBoolean() ? readHash(in) : null;
        return new Declaration(
                kind,
                name,
                nameOffset,
                new Span(docStart, start, end, startLine, endLine),
                flags,
                declaration,
                content,
                shape,
                doc,
                readNumber(in) - 1);
    }

    private static void write(ContentHash hash, DataOutputStream out) throws IOException {
        out.writeLong(hash.a());
        out.writeLong(hash.b());
        out.writeLong(hash.c());
        out.writeLong(hash.d());
    }

    private static ContentHash readHash(DataInputStream in) throws IOException {
        return new ContentHash(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    /** In units of UTF-16, each as a number: a text may hold halves of surrogate pairs. */
    private static void write(String text, DataOutputStream out) throws IOException {
        writeNumber(text.length(), out);
        for (int i = 0; i < text.length(); i++) {
            writeNumber(text.charAt(i), out);
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        char[] text = new char[readNumber(in)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) readNumber(in);
        }
        return new String(text);
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. Not negative. */
    private static void writeNumber(int number, DataOutputStream out) throws IOException {
        int rest = number;
        while (rest > 0x7f) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int readNumber(DataInputStream in) throws IOException {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            number |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
    }
}
