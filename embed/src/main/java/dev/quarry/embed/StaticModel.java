package dev.quarry.embed;

import dev.quarry.schema.QuarryException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The instant tier: vectors made by adding up those of a text's words, a thousand times as fast as by a network and less
 * exact. They are of a space of their own: compare them with each other alone.
 *
 * <p>Made of the bundled model, whatever model is served. The same text always gives the same vector. Safe for use by
 * several threads; it holds no native memory and needs not be closed.
 */
public final class StaticModel {
    private static final int ID_DIGITS = 12;

    private final StaticTable table;
    private final StaticWords words;
    private final ConcurrentLinkedQueue<Counts> idle = new ConcurrentLinkedQueue<>();

    StaticModel(StaticTable table, WordPiece tokenizer) {
        this.table = table;
        this.words = new StaticWords(tokenizer, table);
    }

    /** Loaded when it is first asked for. */
    private static final class Bundled {
        private static final StaticModel MODEL = load();

        private static StaticModel load() {
            PublicKey key = VerifiedModel.key(VerifiedModel.TRUSTED_KEY);
            VerifiedModel model = VerifiedModel.read(ModelSource.bundled(), key);
            return new StaticModel(StaticTable.bundled(), WordPiece.of(model.tokenizer()));
        }
    }

    /**
     * The one that ships with Quarry.
     *
     * @throws QuarryException MODEL_REFUSED if its table or the bundled tokenizer is not as it was made
     */
    public static StaticModel bundled() {
        try {
            return Bundled.MODEL;
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof QuarryException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Names the space of the vectors, without loading what makes them. */
    public static String id() {
        return "static-" + StaticTable.DIGEST.substring(0, ID_DIGITS);
    }

    /**
     * The unit vector of a text or a question; all zero if no word of it is known. Each word counts by the root of how often
     * it is there, and those of the first line once more each time: there a declaration says what it is.
     */
    public float[] embed(String text) {
        Counts counts = idle.poll();
        if (counts == null) {
            counts = new Counts(table.pieces());
        }
        try {
            String plain = StaticWords.plain(text);
            int lineEnd = plain.indexOf('\n');
            int firstEnd = lineEnd < 0 ? plain.length() : lineEnd;
            words.forEach(plain, 0, firstEnd, counts::addFirst);
            words.forEach(plain, firstEnd, plain.length(), counts::add);
            return unit(counts.sum(table));
        } finally {
            counts.clear();
            idle.add(counts);
        }
    }

    /** What a cosine of two of these vectors is as a cosine by the bundled model, on an average over good hits. */
    public float asModelCosine(float cosine) {
        return table.asModelCosine(cosine);
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (squares > 0) {
            double norm = Math.sqrt(squares);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] / norm);
            }
        }
        return vector;
    }

    /** How often each piece is in a text; used by one thread at a time. */
    private static final class Counts {
        private final int[] all;
        private final int[] first;
        private int[] seen = new int[256];
        private int size;

        Counts(int pieces) {
            all = new int[pieces];
            first = new int[pieces];
        }

        void add(int piece) {
            if (all[piece]++ == 0) {
                if (size == seen.length) {
                    seen = Arrays.copyOf(seen, 2 * size);
                }
                seen[size++] = piece;
            }
        }

        void addFirst(int piece) {
            add(piece);
            first[piece]++;
        }

        float[] sum(StaticTable table) {
            float[] sum = new float[table.dimension()];
            for (int i = 0; i < size; i++) {
                int piece = seen[i];
                table.add(piece, (float) Math.sqrt(all[piece]) + first[piece], sum);
            }
            return sum;
        }

        void clear() {
            for (int i = 0; i < size; i++) {
                all[seen[i]] = 0;
                first[seen[i]] = 0;
            }
            size = 0;
        }
    }
}
