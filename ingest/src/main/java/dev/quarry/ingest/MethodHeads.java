package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;

/**
 * The methods that a file's classes and enums declare: where each begins, has its name and ends, and what its head was
 * bound to. Others see a change of such a method only where they say its name, or lie below its class. Of interfaces and
 * records that does not hold: lambdas and patterns use methods that they do not name. Immutable.
 */
final class MethodHeads {
    /** Of a file of which nothing is known. */
    static final MethodHeads NONE = new MethodHeads(List.of());

    /** Methods that code uses without saying their names, or whose presence decides on others. */
    private static final Set<String> UNSAID =
            Set.of("iterator", "hasNext", "next", "close", "equals", "hashCode", "toString", "canEqual");

    private final int[] begins;
    private final int[] names;
    private final int[] ends;
    private final long[] meanings;

    private MethodHeads(int[] begins, int[] names, int[] ends, long[] meanings) {
        this.begins = begins;
        this.names = names;
        this.ends = ends;
        this.meanings = meanings;
    }

    private MethodHeads(List<Place> places) {
        this(
                places.stream().mapToInt(Place::begin).toArray(),
                places.stream().mapToInt(Place::name).toArray(),
                places.stream().mapToInt(Place::end).toArray(),
                new long[places.size()]);
    }

    /** Where a method begins, has its name, and ends: offsets into the text, the last one excluded. */
    private record Place(int begin, int name, int end) {}

    /** The methods of a unit, bound to nothing yet; to be asked before anything is added that its text does not have. */
    static MethodHeads of(CompilationUnitDeclaration tree, String text) {
        if (tree.types == null || tree.compilationResult.hasSyntaxError) {
            return NONE;
        }
        List<Place> found = new ArrayList<>();
        for (TypeDeclaration type : tree.types) {
            add(type, found);
        }
        found.sort(Comparator.comparingInt(Place::begin));
        int end = 0;
        for (Place place : found) {
            boolean isInOrder = end <= place.begin() && place.begin() <= place.name() && place.name() < place.end();
            if (!isInOrder || place.end() > text.length()) {
                return NONE;
            }
            end = place.end();
        }
        return new MethodHeads(found);
    }

    private static void add(TypeDeclaration type, List<Place> found) {
        int kind = TypeDeclaration.kind(type.modifiers);
        boolean isClass = kind == TypeDeclaration.CLASS_DECL || kind == TypeDeclaration.ENUM_DECL;
        for (AbstractMethodDeclaration method :
                !isClass || type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
            if (method instanceof MethodDeclaration) {
                int begin = Math.min(method.declarationSourceStart, method.sourceStart);
                found.add(new Place(begin, method.sourceStart, method.declarationSourceEnd + 1));
            }
        }
        for (TypeDeclaration member : type.memberTypes == null ? new TypeDeclaration[0] : type.memberTypes) {
            add(member, found);
        }
    }

    int size() {
        return meanings.length;
    }

    /** The number of the method whose name stands at an offset; negative if there is none. */
    int at(int offset) {
        return Arrays.binarySearch(names, offset);
    }

    /** The same methods, bound to these, in the same order. */
    MethodHeads boundTo(long[] bound) {
        return new MethodHeads(begins, names, ends, bound.clone());
    }

    /** Whether there are as many, bound to the same in the same order. */
    boolean isBoundAs(MethodHeads other) {
        return Arrays.equals(meanings, other.meanings);
    }

    /**
     * The names of the methods that two states of a file do not have in common, where these tell the two apart: empty if
     * others see more of the change, or could see it without saying one of the names.
     */
    static Optional<Set<String>> difference(String old, FileTrace before, String now, FileTrace after) {
        if (before.meaning() != after.meaning()
                || !tokens(before.methods().rest(old, before.bodies()))
                        .equals(tokens(after.methods().rest(now, after.bodies())))) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new HashMap<>();
        before.methods().count(old, before.bodies(), 1, counts);
        after.methods().count(now, after.bodies(), -1, counts);
        Set<String> changed = new TreeSet<>();
        counts.forEach((head, count) -> {
            if (count != 0) {
                changed.add(head.substring(0, head.indexOf(' ')));
            }
        });
        return changed.stream().anyMatch(UNSAID::contains) ? Optional.empty() : Optional.of(changed);
    }

    /** What others see of a text apart from the methods. */
    private String rest(String text, SortedInts bodies) {
        StringBuilder rest = new StringBuilder();
        int at = 0;
        for (int i = 0; i < size(); i++) {
            rest.append(FileTrace.visible(text, at, begins[i], bodies)).append(' ');
            at = ends[i];
        }
        return rest.append(FileTrace.visible(text, at, text.length(), bodies)).toString();
    }

    private void count(String text, SortedInts bodies, int step, Map<String, Integer> counts) {
        for (int i = 0; i < size(); i++) {
            String head = FileTrace.visible(text, begins[i], ends[i], bodies);
            counts.merge(nameOf(text, i) + ' ' + meanings[i] + ' ' + tokens(head), step, Integer::sum);
        }
    }

    private String nameOf(String text, int index) {
        int end = names[index];
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.substring(names[index], end);
    }

    private static String tokens(String text) {
        return TokenHash.of(text, 0, text.length()).toString();
    }
}
