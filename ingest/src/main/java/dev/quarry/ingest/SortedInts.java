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

    /** The index of the first number that is not below this one; the size if all are. */
    int firstFrom(int number) {
        int found = Arrays.binarySearch(numbers, number);
        int index = found < 0 ? -found - 1 : found;
        while (index > 0 && numbers[index - 1] == number) {
            index--;
        }
        return index;
    }

    boolean contains(int number) {
        return Arrays.binarySearch(numbers, number) >= 0;
    }
}
