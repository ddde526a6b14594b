package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.UnresolvedReason;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call site that the text of a file holds ends somewhere: what is counted equals what another parser counts. */
class CallSitesTest {
    @TempDir
    private Path root;

    @Test
    void sites_ofEveryConstruct_areAllCounted() {
        Graph.write(root, "Everywhere.java", EVERYWHERE);

        Graph graph = Graph.of(root);

        assertThat(counted(graph)).isEqualTo(written(graph));
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void sites_ofCodeThatDoesNotBind_areAllCountedWithTheirReason() {
        Graph.write(root, "Unbound.java", UNBOUND);

        Graph graph = Graph.of(root);

        assertThat(counted(graph)).isEqualTo(written(graph));
        Coverage coverage = graph.coverage();
        assertThat(coverage.reasons().keySet())
                .containsExactly(
                        UnresolvedReason.MISSING_TYPE,
                        UnresolvedReason.RECEIVER_UNBOUND,
                        UnresolvedReason.NO_SUCH_MEMBER);
        assertThat(coverage.reasons().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(coverage.unresolved());
    }

    @Test
    void sites_ofThisModule_areAllCounted() {
        Graph graph = Graph.of(Path.of("src/main/java"));

        assertThat(written(graph).values().stream().mapToInt(Integer::intValue).sum())
                .isGreaterThan(2_000);
        assertThat(counted(graph)).isEqualTo(written(graph));
    }

    private static NavigableMap<String, Integer> counted(Graph graph) {
        NavigableMap<String, Integer> sites = new TreeMap<>();
        for (FileFacts facts : graph.files) {
            sites.put(facts.file().path(), facts.file().coverage().sites());
        }
        return sites;
    }

    private static Map<String, Integer> written(Graph graph) {
        ParserConfiguration newest = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_26)
                .setAttributeComments(false);
        JavaParser parser = new JavaParser(newest);
        Map<String, Integer> sites = new TreeMap<>();
        for (FileFacts facts : graph.files) {
            CompilationUnit unit = parser.parse(facts.text()).getResult().orElseThrow();
            sites.put(facts.file().path(), (int)
                    unit.stream().filter(CallSitesTest::isSite).count());
        }
        return sites;
    }

    private static boolean isSite(Node node) {
        return switch (node) {
            case MethodCallExpr _, ObjectCreationExpr _, ExplicitConstructorInvocationStmt _ -> true;
            case EnumConstantDeclaration _ -> true;
            case MethodReferenceExpr reference ->
                !(reference.getScope() instanceof TypeExpr type
                        && type.getType().isArrayType()
                        && reference.getIdentifier().equals("new"));
            default -> false;
        };
    }

    private static final String EVERYWHERE = """
            import java.util.ArrayList;
            import java.util.List;
            import java.util.function.Function;
            import java.util.function.IntFunction;
            import java.util.function.Supplier;

            @Everywhere.Mark(value = "a" + "b", types = {String.class})
            class Everywhere<T extends Comparable<T>> {
                @interface Mark { String value() default ""; Class<?>[] types() default {}; }

                static final int CONSTANT = 1 + 2;
                static final long COMPUTED = Long.parseLong("1");
                final List<String> list = new ArrayList<>(List.of("a"));
                final int[] lengths = {"a".length(), list.size()};
                final Supplier<int[]> array = () -> new int["abc".length()];
                final IntFunction<String[]> arrays = String[]::new;
                static { System.nanoTime(); }
                { list.clear(); }

                Everywhere() { this(of(1)); }
                Everywhere(int i) { super(); new Object().hashCode(); }

                static int of(int i) { return i; }

                enum Level {
                    LOW, HIGH(of(2)), BEST() { int rank() { return super.rank() + own(); } int own() { return 1; } };
                    final int rank;
                    Level() { this(0); }
                    Level(int rank) { this.rank = rank; }
                    int rank() { return rank; }
                }

                record Point(int x, int y) {
                    Point { if (x < of(0)) { throw new IllegalArgumentException(String.valueOf(x)); } }
                    Point(int x) { this(x, x); }
                    static Point origin() { return new Point(0); }
                }

                sealed interface Shape permits Circle, Square {}
                record Circle(Point at) implements Shape {}
                record Square(Point at, int side) implements Shape {}

                class Inner { class Deep { int v() { return list.size(); } } }

                interface Greeter { default String hi() { return name().trim(); } String name(); private void p() { hi(); } }

                int shapes(Shape shape) {
                    return switch (shape) {
                        case Circle(Point(int x, int y)) when of(x) > y -> Math.max(x, y);
                        case Circle circle -> circle.at().x();
                        case Square(Point at, int side) -> at.y() * Math.abs(side);
                    };
                }

                <R> R apply(Function<? super String, ? extends R> f) { return f.apply("x"); }

                Object all(Object o) throws Exception {
                    Runnable local = new Runnable() {
                        private final String name = String.valueOf(o);
                        { helper(); }
                        void helper() { name.length(); }
                        @Override public void run() { helper(); class In { void m() { helper(); } } new In().m(); }
                    };
                    new Object() { void hello() { list.size(); } }.hello();
                    class Local extends Everywhere<String> {
                        Local() { super(Integer.parseInt("3")); }
                        void m() { super.apply(String::length); Everywhere.this.apply(s -> s.length()); }
                    }
                    new Local().m();
                    Inner.Deep deep = this.new Inner().new Deep();
                    deep.v();
                    Supplier<Supplier<String>> nested = () -> () -> "a".concat("b");
                    Function<Integer, int[]> make = int[]::new;
                    Supplier<List<String>> lists = ArrayList<String>::new;
                    apply(this::echo); apply(Everywhere::stat); this.<String>apply(super_ -> super_.trim());
                    try (var in = new java.io.StringReader("x"); var out = open()) { in.read(); } finally { local.run(); }
                    for (String s : List.of("a", "b")) { s.isEmpty(); }
                    for (int i = of(0); i < of(9); i = of(i + 1)) { synchronized (o.getClass()) { o.hashCode(); } }
                    assert o.equals(list) : o.toString();
                    int[][] grid = new int[of(2)][of(3)];
                    grid[of(1)][of(0)] += of(5);
                    if (o instanceof Point(var x, var y) && of(x) == y) { throw new Exception("a" + of(1) + x); }
                    do { list.remove(0); } while (!list.isEmpty());
                    label: while (list.contains("x")) { break label; }
                    switch (list.size()) { case 1: of(1); break; default: of(2); }
                    String text = switch (o.hashCode()) { case 1 -> { yield "a".trim(); } default -> o == null ? null : o.toString(); };
                    return (Supplier<String>) text::trim;
                }

                String echo(String s) { return s; }
                static String stat(String s) { return s; }
                AutoCloseable open() { return () -> of(1); }
            }
            """;

    private static final String UNBOUND = """
            import gone.Lost;
            import gone.Marker;
            import static gone.Lost.fetch;
            import java.util.List;

            @Marker(Lost.NAME)
            class Unbound extends gone.Base {
                final Lost field = Lost.create(1).with("a");
                enum E { A(1), B; E(String s) {} }
                Unbound(int i) { super(i, fetch(i)); }
                Unbound() { this("no", "such"); }
                void m(List<Lost> all, Lost one) {
                    new Lost().go(); new Lost() { void own() { hidden(); } }; new Lost[1].clone();
                    all.forEach(x -> x.run(y -> y.walk(one::stop)));
                    all.stream().map(Lost::name).map(z -> z.trim()).toList();
                    unknown(); this.unknown(1); "a".missing(); undefined.call(); Undefined.call();
                    new String(1, 2, 3, 4, 5); new Unbound(1, 2, 3).m();
                    Runnable r = () -> { one.a().b().c(); helper(fetch("x")); };
                    List.of(new Lost.Inner()).get(0).deep(int[]::new);
                    fetch(Unbound::nothing); switch (one.kind()) { case Lost.K -> one.x(); default -> fetch(2); }
                    super.base(); notype.field.call().again(); Object o = Lost::new; var v = fetch(3); v.more();
                    gone.Far.away().near(); for (var w : fetch(4)) { w.each(); } o.nope().nope2();
                }
            }
            """;
}
