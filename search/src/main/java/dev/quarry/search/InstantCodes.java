package dev.quarry.search;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The signs of all vectors of the instant tier, a bit for each element, in memory. How many signs differ tells roughly how
 * far two vectors are from each other, in a few nanoseconds; whoever asks compares the nearest exactly. No index has to be
 * built, and a walk over 100,000 takes less than a millisecond. Immutable.
 */
final class InstantCodes {
    /** A component of a unit vector as a byte: times this, beyond 127 cut off. */
    private static final float BYTES_PER_UNIT = 320;

    private final int[] documents;
    private final long[] codes;
    private final int words;

    private InstantCodes(int[] documents, long[] codes, int words) {
        this.documents = documents;
        this.codes = codes;
        this.words = words;
    }

    /** Reads the signs of all documents that are not deleted. */
    static InstantCodes of(IndexReader reader) throws IOException {
        int[] documents = new int[reader.numDocs()];
        long[] codes = new long[0];
        int words = 0;
        int size = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            BinaryDocValues values = leaf.reader().getBinaryDocValues(Fields.INSTANT);
            Bits live = leaf.reader().getLiveDocs();
            while (values != null && values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if (live != null && !live.get(values.docID())) {
                    continue;
                }
                BytesRef value = values.binaryValue();
                if (words == 0) {
                    words = FixedBitSet.bits2words(value.length);
                    codes = new long[words * documents.length];
                }
                documents[size] = leaf.docBase + values.docID();
                for (int i = 0; i < value.length; i++) {
                    if (value.bytes[value.offset + i] > 0) {
                        codes[size * words + i / Long.SIZE] |= 1L << i;
                    }
                }
                size++;
            }
        }
        return new InstantCodes(Arrays.copyOf(documents, size), Arrays.copyOf(codes, size * words), words);
    }

    /** A unit vector as it is stored, a byte for each element. */
    static byte[] bytes(float[] unit) {
        byte[] bytes = new byte[unit.length];
        for (int i = 0; i < unit.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(unit[i] * BYTES_PER_UNIT), -Byte.MAX_VALUE, Byte.MAX_VALUE);
        }
        return bytes;
    }

    /** The cosine of a unit vector and one that is stored. */
    static float cosine(float[] unit, BytesRef stored) {
        float sum = 0;
        for (int i = 0; i < unit.length; i++) {
            sum += unit[i] * stored.bytes[stored.offset + i];
        }
        return sum / BYTES_PER_UNIT;
    }

    /**
     * The documents whose signs differ least from those of a vector: at most {@code limit}, but all that are as near as the
     * last one; in rising order.
     *
     * @param chosen which documents to look at; null for all
     */
    int[] nearest(float[] unit, @Nullable FixedBitSet chosen, int limit) {
        long[] asked = new long[words];
        for (int i = 0; i < unit.length && words > 0; i++) {
            if (unit[i] > 0) {
                asked[i / Long.SIZE] |= 1L << i;
            }
        }
        int bits = words * Long.SIZE;
        short[] distances = new short[documents.length];
        int[] counts = new int[bits + 1];
        for (int d = 0; d < documents.length; d++) {
            if (chosen != null && !chosen.get(documents[d])) {
                distances[d] = Short.MAX_VALUE;
                continue;
            }
            int distance = 0;
            for (int w = 0; w < words; w++) {
                distance += Long.bitCount(asked[w] ^ codes[d * words + w]);
            }
            distances[d] = (short) distance;
            counts[distance]++;
        }
        int last = 0;
        for (int sum = counts[0]; last < bits && sum < limit; sum += counts[last]) {
            last++;
        }
        int[] found = new int[documents.length];
        int size = 0;
        for (int d = 0; d < documents.length; d++) {
            if (distances[d] <= last) {
                found[size++] = documents[d];
            }
        }
        return Arrays.copyOf(found, size);
    }
}
