package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The declarations of a repository by what they are like. Unmodifiable. */
final class CloneIndex {
    /** From which similarity on declarations are near duplicates. */
    static final double NEAR = 0.8;

    private static final Comparator<Fragment> BY_NAME = Comparator.<Fragment, String>comparing(
                    fragment -> fragment.node().symbol())
            .thenComparing(fragment -> fragment.node().id());
    private static final Comparator<Fragment> BY_PLACE = Comparator.<Fragment, NodeId>comparing(
                    fragment -> fragment.node().file())
            .thenComparingInt(fragment -> fragment.node().span().start())
            .thenComparingInt(fragment -> -fragment.node().span().end())
            .thenComparing(fragment -> fragment.node().id());
    private static final Comparator<CloneGroup> LARGEST_SAVING = Comparator.comparingInt(CloneGroup::saving)
            .reversed()
            .thenComparing(CloneGroup::kind)
            .thenComparing(group -> group.members().getFirst().node().symbol());

    private static final CloneGroup NO_GROUP = new CloneGroup(CloneKind.EXACT, 0, List.of());

    private final List<Fragment> fragments;
    private final Map<NodeId, Fragment> byId = new HashMap<>();
    private final Map<ContentHash, List<Fragment>> byContent;
    private final Map<ContentHash, List<Fragment>> byShape;

    /** For a content the contents that are near duplicates of it. */
    private final Map<ContentHash, Set<ContentHash>> near = new LinkedHashMap<>();

    /** For a declaration the smallest one around it. */
    private final Map<NodeId, NodeId> around = new HashMap<>();

    CloneIndex(Collection<Fragment> all) {
        fragments = all.stream().sorted(BY_NAME).toList();
        fragments.forEach(fragment -> byId.put(fragment.node().id(), fragment));
        byContent = grouped(fragment -> fragment.node().content());
        byShape = grouped(fragment -> fragment.node().shape());
        findNear();
        findAround();
    }

    private Map<ContentHash, List<Fragment>> grouped(Function<Fragment, @Nullable ContentHash> key) {
        Map<ContentHash, List<Fragment>> groups = new LinkedHashMap<>();
        for (Fragment fragment : fragments) {
            ContentHash hash = key.apply(fragment);
            if (hash != null) {
                groups.computeIfAbsent(hash, _ -> new ArrayList<>(1)).add(fragment);
            }
        }
        return groups;
    }

    private void findNear() {
        List<Fragment> distinct =
                byContent.values().stream().map(List::getFirst).toList();
        for (long pair : MinHash.pairs(distinct.stream().map(Fragment::shingles).toList())) {
            Fragment a = distinct.get((int) (pair >>> 32));
            Fragment b = distinct.get((int) pair);
            if (areNear(a, b)) {
                near.computeIfAbsent(a.node().content(), _ -> new LinkedHashSet<>())
                        .add(b.node().content());
                near.computeIfAbsent(b.node().content(), _ -> new LinkedHashSet<>())
                        .add(a.node().content());
            }
        }
    }

    private static boolean areNear(Fragment a, Fragment b) {
        int shorter = Math.min(a.shingles().length, b.shingles().length);
        int longer = Math.max(a.shingles().length, b.shingles().length);
        return a.isType() == b.isType()
                && shorter >= NEAR * longer
                && !a.encloses(b)
                && !b.encloses(a)
                && Shingles.similarity(a.shingles(), b.shingles()) >= NEAR;
    }

    private void findAround() {
        List<Fragment> inText = fragments.stream().sorted(BY_PLACE).toList();
        List<Fragment> open = new ArrayList<>();
        for (Fragment fragment : inText) {
            while (!open.isEmpty() && !open.getLast().encloses(fragment)) {
                open.removeLast();
            }
            if (!open.isEmpty()) {
                around.put(fragment.node().id(), open.getLast().node().id());
            }
            open.add(fragment);
        }
    }

    /** What is like this declaration, the most alike first; nothing where it is too small to be compared. */
    List<Duplicate> of(NodeId id) {
        Fragment original = byId.get(id);
        if (original == null) {
            return List.of();
        }
        Set<Fragment> alike =
                new LinkedHashSet<>(byContent.getOrDefault(original.node().content(), List.of()));
        ContentHash shape = original.node().shape();
        if (shape != null) {
            alike.addAll(byShape.getOrDefault(shape, List.of()));
        }
        for (ContentHash content : near.getOrDefault(original.node().content(), Set.of())) {
            alike.addAll(byContent.getOrDefault(content, List.of()));
        }
        alike.remove(original);
        return alike.stream()
                .map(copy -> copy.asCopyOf(original))
                .sorted(Comparator.comparing(Duplicate::kind)
                        .thenComparingDouble(copy -> -copy.similarity())
                        .thenComparing(copy -> copy.node().symbol()))
                .toList();
    }

    /** The groups that are wanted, the largest saving first; of one that lies within another only the other. */
    CloneGroups groups(CloneRequest request) {
        List<CloneGroup> found = new ArrayList<>();
        for (CloneKind kind : request.kinds()) {
            for (List<Fragment> alike : alike(kind)) {
                CloneGroup group = group(kind, alike, request);
                if (group.members().size() > 1) {
                    found.add(group);
                }
            }
        }
        found.sort(LARGEST_SAVING);
        List<CloneGroup> outermost = withoutInner(found);
        return new CloneGroups(
                outermost.subList(0, Math.min(request.limit(), outermost.size())), outermost.size() > request.limit());
    }

    private Collection<List<Fragment>> alike(CloneKind kind) {
        return switch (kind) {
            case EXACT -> byContent.values();
            case RENAMED -> byShape.values();
            case NEAR -> stars();
        };
    }

    /** Each content with its near duplicates, those with the most first; a content is in one of these only. */
    private List<List<Fragment>> stars() {
        List<Map.Entry<ContentHash, Set<ContentHash>>> centres = near.entrySet().stream()
                .sorted(Comparator.<Map.Entry<ContentHash, Set<ContentHash>>>comparingInt(
                                centre -> -centre.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        Set<ContentHash> taken = new HashSet<>();
        List<List<Fragment>> stars = new ArrayList<>();
        for (Map.Entry<ContentHash, Set<ContentHash>> centre : centres) {
            if (taken.add(centre.getKey())) {
                List<Fragment> star = new ArrayList<>(byContent.getOrDefault(centre.getKey(), List.of()));
                for (ContentHash other : centre.getValue()) {
                    if (taken.add(other)) {
                        star.addAll(byContent.getOrDefault(other, List.of()));
                    }
                }
                stars.add(star);
            }
        }
        return stars;
    }

    /** The members that are large enough, if they are alike in this way and no better. */
    private static CloneGroup group(CloneKind kind, List<Fragment> alike, CloneRequest request) {
        List<Fragment> members = alike.stream()
                .filter(fragment -> fragment.lines() >= request.minLines() && fragment.tokens() >= request.minTokens())
                .toList();
        if (members.size() < 2) {
            return NO_GROUP;
        }
        Fragment first = members.getFirst();
        List<Duplicate> copies = members.stream()
                .map(member -> member.asCopyOf(first))
                .sorted(Comparator.comparingDouble(Duplicate::similarity).reversed())
                .toList();
        CloneKind least = copies.stream()
                .map(Duplicate::kind)
                .max(Comparator.naturalOrder())
                .orElse(kind);
        int lines = members.stream().mapToInt(Fragment::lines).sum();
        int longest = members.stream().mapToInt(Fragment::lines).max().orElse(0);
        return least == kind ? new CloneGroup(kind, lines - longest, copies) : NO_GROUP;
    }

    /** Leaves out groups whose members all are, or lie within, different members of one larger group. */
    private List<CloneGroup> withoutInner(List<CloneGroup> groups) {
        Map<NodeId, Set<CloneGroup>> kept = new HashMap<>();
        List<CloneGroup> outermost = new ArrayList<>();
        for (CloneGroup group : groups) {
            List<NodeId> ids =
                    group.members().stream().map(member -> member.node().id()).toList();
            if (!isWithin(ids, kept)) {
                outermost.add(group);
                ids.forEach(id ->
                        kept.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(group));
            }
        }
        return outermost;
    }

    private boolean isWithin(List<NodeId> ids, Map<NodeId, Set<CloneGroup>> kept) {
        for (@Nullable NodeId outer = ids.getFirst(); outer != null; outer = around.get(outer)) {
            for (CloneGroup group : kept.getOrDefault(outer, Set.of())) {
                Set<NodeId> outers = new HashSet<>();
                if (ids.stream().allMatch(id -> {
                    NodeId member = memberAround(id, group, kept);
                    return member != null && outers.add(member);
                })) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The declaration itself, or the nearest around it, that is a member of this group. */
    private @Nullable NodeId memberAround(NodeId id, CloneGroup group, Map<NodeId, Set<CloneGroup>> kept) {
        @Nullable NodeId at = id;
        while (at != null && !kept.getOrDefault(at, Set.of()).contains(group)) {
            at = around.get(at);
        }
        return at;
    }
}
