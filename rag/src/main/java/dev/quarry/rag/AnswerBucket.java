package dev.quarry.rag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The entries whose questions may be compared, with their sketches behind each other in memory: a hundred thousand are
 * passed over in a fraction of a millisecond, and only the closest are looked at. Not safe for use by several threads.
 */
final class AnswerBucket {
    private static final int FIRST_CAPACITY = 4;

    private final List<Place> places = new ArrayList<>();
    private long[] sketches = new long[FIRST_CAPACITY * QuestionVector.WORDS];
    private short[] planes = new short[FIRST_CAPACITY];

    /** An entry and where it lies, so that it is found again without a search. */
    static final class Place {
        private CacheEntry entry;
        private int slot;

        Place(CacheEntry entry) {
            this.entry = entry;
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /**
     * Adds an entry that is in no bucket.
     *
     * @param planesMax how many planes may lie between its question and one that it is to be found for
     */
    void add(Place place, int planesMax) {
        int slot = places.size();
        if (slot == planes.length) {
            sketches = Arrays.copyOf(sketches, 2 * sketches.length);
            planes = Arrays.copyOf(planes, 2 * planes.length);
        }
        place.slot = slot;
        places.add(place);
        place.entry.vector().copySketch(sketches, slot * QuestionVector.WORDS);
        planes[slot] = (short) planesMax;
    }

    /** Puts an entry of the same question in the place of one. */
    void replace(Place place, CacheEntry entry, int planesMax) {
        place.entry = entry;
        planes[place.slot] = (short) planesMax;
    }

    /** Takes an entry out; the last one takes its slot. */
    void remove(Place place) {
        int slot = place.slot;
        int end = places.size() - 1;
        Place last = places.removeLast();
        if (slot != end) {
            last.slot = slot;
            places.set(slot, last);
            planes[slot] = planes[end];
            System.arraycopy(
                    sketches, end * QuestionVector.WORDS, sketches, slot * QuestionVector.WORDS, QuestionVector.WORDS);
        }
    }

    /** Entries that may be close enough to a question, by their sketches the closest; at most so many. */
    List<CacheEntry> nearest(QuestionVector vector, int most) {
        int size = places.size();
        byte[] distances = new byte[size];
        int[] counts = new int[QuestionVector.PLANES + 1];
        for (int slot = 0; slot < size; slot++) {
            int distance = vector.planesTo(sketches, slot * QuestionVector.WORDS);
            if (distance <= planes[slot]) {
                counts[distance]++;
            }
            distances[slot] = (byte) Math.min(distance, QuestionVector.PLANES - 1);
        }
        int last = 0;
        int room = most;
        while (last < QuestionVector.PLANES && counts[last] <= room) {
            room -= counts[last++];
        }
        List<CacheEntry> near = new ArrayList<>();
        for (int slot = 0; slot < size; slot++) {
            int distance = Byte.toUnsignedInt(distances[slot]);
            if (distance <= planes[slot] && (distance < last || (distance == last && room-- > 0))) {
                near.add(places.get(slot).entry);
            }
        }
        return near;
    }
}
