package dev.quarry.server;

import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.ingest.GitCommit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Commits that a history lacks, and where they belong.
 *
 * @param commits the oldest first
 * @param behind how many states of the history come behind them; at least the one that the store is at
 */
record HistoryGap(List<GitCommit> commits, int behind) {
    /** Copies the list. */
    HistoryGap {
        commits = List.copyOf(commits);
    }

    /** Those of these commits of which there is no state. */
    static List<GitCommit> missing(List<HistoryState> states, List<GitCommit> line) {
        Set<String> known = new HashSet<>();
        states.stream()
                .filter(state -> state.mark().kind() == Kind.COMMIT)
                .forEach(state -> known.add(state.mark().commit()));
        return line.stream().filter(commit -> !known.contains(commit.id())).toList();
    }

    /**
     * Finds the places of commits, the oldest place first: behind all states of older commits of the line, saves among
     * them, and before those of younger ones.
     *
     * @param states those of the history; at least one
     * @param line the commits of one line of first parents, the oldest first
     * @param missing those of them that are to be added
     */
    static List<HistoryGap> of(List<HistoryState> states, List<GitCommit> line, List<GitCommit> missing) {
        Map<String, Integer> ages = new HashMap<>();
        line.forEach(commit -> ages.put(commit.id(), ages.size()));
        Map<Integer, List<GitCommit>> places = new TreeMap<>();
        for (GitCommit commit : missing) {
            int place = Math.min(place(states, ages, commit), states.size() - 1);
            places.computeIfAbsent(place, _ -> new ArrayList<>()).add(commit);
        }
        return places.entrySet().stream()
                .map(place -> new HistoryGap(place.getValue(), states.size() - place.getKey()))
                .toList();
    }

    private static int place(List<HistoryState> states, Map<String, Integer> ages, GitCommit commit) {
        int age = ages.getOrDefault(commit.id(), 0);
        int behindOlder = 0;
        int youngest = states.size();
        int later = states.size();
        for (int i = states.size() - 1; i >= 0; i--) {
            Integer other = ages.get(states.get(i).mark().commit());
            if (other != null && other < age) {
                behindOlder = Math.max(behindOlder, i + 1);
            } else if (other != null) {
                youngest = i;
            }
            if (states.get(i).mark().instant().isAfter(commit.time())) {
                later = i;
            }
        }
        if (behindOlder > 0) {
            return behindOlder;
        }
        return youngest < states.size() ? youngest : later;
    }
}
