package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names typed in several ways find the symbols of a real library: the public methods of some classes of the JDK. */
class SymbolSearchTest {
    private static final List<Class<?>> TYPES = List.of(
            ArrayList.class,
            Arrays.class,
            Character.class,
            Collections.class,
            HashMap.class,
            Integer.class,
            Objects.class,
            String.class,
            StringBuilder.class,
            java.util.concurrent.CompletableFuture.class,
            java.util.stream.Collectors.class,
            java.time.LocalDateTime.class);
    private static final int QUERIES = 100;

    @TempDir
    static Path folder;

    private static SearchIndex index;
    private static final Map<NodeId, String> NAMES = new HashMap<>();
    private static final List<SearchDocument> METHODS = new ArrayList<>();

    @BeforeAll
    static void open() {
        for (Class<?> type : TYPES) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    String qualified = type.getName() + "#" + method.getName();
                    String signature = Arrays.toString(method.getParameterTypes());
                    NodeId id = NodeId.of(NodeKind.METHOD, qualified, signature);
                    NAMES.put(id, method.getName());
                    METHODS.add(new SearchDocument(
                            id, NodeKind.METHOD, method.getName(), qualified, "", "", "", "", Modifier.PUBLIC));
                }
            }
        }
        METHODS.sort((a, b) -> a.id().compareTo(b.id()));
        index = SearchIndex.open(folder);
        index.update(METHODS, List.of());
        index.commit(1, 0);
    }

    @AfterAll
    static void close() {
        index.close();
    }

    /** The share of methods whose name is the first hit's, asked for by what is made of {@code Type.method}. */
    private static double firstHits(UnaryOperator<String> typed) {
        SplittableRandom random = new SplittableRandom(3);
        int right = 0;
        for (int i = 0; i < QUERIES; i++) {
            SearchDocument method = METHODS.get(random.nextInt(METHODS.size()));
            String owner = method.qualifiedName().replaceFirst(".*\\.(\\w+)#.*", "$1");
            List<SearchHit> hits = index.text(typed.apply(owner + "." + method.name()), SearchFilter.all(), 1);
            right += hits.isEmpty()
                            || !method.name().equals(NAMES.get(hits.getFirst().id()))
                    ? 0
                    : 1;
        }
        return (double) right / QUERIES;
    }

    @Test
    void text_exactName_isAlwaysFirst() {
        assertThat(firstHits(name -> name)).isEqualTo(1);
        assertThat(firstHits(name -> name.substring(name.indexOf('.') + 1))).isEqualTo(1);
    }

    @Test
    void text_twoLettersExchanged_findsTheName() {
        assertThat(firstHits(name -> {
                    int last = name.length() - 1;
                    return name.substring(0, last - 1) + name.charAt(last) + name.charAt(last - 1);
                }))
                .isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void text_abbreviatedOwner_findsTheName() {
        assertThat(firstHits(name -> name.replaceAll("(?<=^|[A-Z])[a-z]+(?=.*\\.)", "")))
                .isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void text_lastLetterMissing_findsTheName() {
        assertThat(firstHits(name -> name.substring(0, name.length() - 1))).isGreaterThanOrEqualTo(0.9);
    }
}
