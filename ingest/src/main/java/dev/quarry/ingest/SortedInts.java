package dev.quarry.ingest;

import java.util.Arrays;

/** Numbers in ascending order, without boxes. Immutable. */
final class SortedInts {
    /** No numbers. */
    static final SortedInts NONE = new SortedInts(new int[0]);

    private final int[] numbers;

    private SortedInts(int[] numbers) {
        this.numbers = numbers;
    }

    /** These numbers, sorted. */
    static SortedInts of(int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new SortedInts(sorted);
    }

    int size() {
        return numbers.length;
    }

    int get(int index) {
        return numbers[index];
    }

    boolean contains(int number) {
        return Arrays.binarySearch(numbers, number) >= 0;
    }
}
