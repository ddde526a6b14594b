package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which methods of beans lead to which advice. */
class SpringAspectsTest {
    private static final String SHOP = """
            // shop/Orders.java
            package shop;
            public interface Orders { String find(int id); void save(String order); }
            // shop/Base.java
            package shop;
            public class Base { public void inherited(String text) {} }
            // shop/impl/Store.java
            package shop.impl;
            import org.springframework.stereotype.Service;
            @Service @shop.Audited
            public class Store extends shop.Base implements shop.Orders {
                public String find(int id) { return ""; }
                @shop.Timed public void save(String order) {}
                protected final void fixed() {}
                private void hidden() {}
                public static void shared() {}
            }
            // shop/impl/Clock.java
            package shop.impl;
            @org.springframework.stereotype.Component class Clock { long now() { return 0; } }
            // shop/impl/Plain.java
            package shop.impl;
            public class Plain { @shop.Timed public void find(int id) {} }
            // shop/Timed.java
            package shop;
            public @interface Timed {}
            // shop/Audited.java
            package shop;
            public @interface Audited {}
            // shop/Cuts.java
            package shop;
            import org.aspectj.lang.annotation.Pointcut;
            public class Cuts { @Pointcut("within(shop.impl..*)") public void impl() {} }
            """;
    private static final String STORE = "shop.impl.Store#";
    private static final String FIND = STORE + "find(int)";
    private static final String SAVE = STORE + "save(java.lang.String)";
    private static final String INHERITED = "shop.Base#inherited(java.lang.String)";
    private static final String NOW = "shop.impl.Clock#now()";

    @TempDir
    private Path root;

    private List<String> advised(String pointcut) {
        Concepts.write(root, SHOP + """
                // shop/Watch.java
                package shop;
                import org.aspectj.lang.annotation.*;
                import org.springframework.stereotype.Component;
                @Aspect @Component
                public class Watch {
                    @Pointcut("execution(* find(..))") void finding() {}
                    @Pointcut("@annotation(timed)") void timed(Timed timed) {}
                    @Around("%s") public Object advise(Timed mark) { return null; }
                }
                """.formatted(pointcut));
        return Concepts.of(root).edges(EdgeKind.MAY_DISPATCH).stream()
                .filter(line -> line.contains(" | advice | around " + pointcut))
                .map(line -> line.substring(0, line.indexOf(" -> ")))
                .toList();
    }

    @Test
    void execution_always_goesByResultOwnerNameAndParameters() {
        assertThat(advised("execution(* shop.Orders.*(..))")).containsExactly(FIND, SAVE);
        assertThat(advised("execution(public String shop..*.f*(int))")).containsExactly(FIND);
        assertThat(advised("execution(!public * *(..))")).containsExactly(NOW);
        assertThat(advised("execution(* shop.Base+.*(String))")).containsExactly(INHERITED, SAVE);
        assertThat(advised("execution(* Orders.*(*))")).containsExactly(FIND, SAVE);
        assertThat(advised("execution(@shop.Timed * *(..))")).containsExactly(SAVE);
        assertThat(advised("execution(* shop.*.*(..))")).containsExactly(INHERITED, FIND, SAVE);
        assertThat(advised("execution(* shop.impl.*.*())")).containsExactly(NOW);
    }

    @Test
    void others_always_goByTypesAnnotationsAndBeans() {
        assertThat(advised("within(shop.impl.Store)")).containsExactly(FIND, SAVE);
        assertThat(advised("within(shop..* && !shop.impl.*)")).containsExactly(INHERITED);
        assertThat(advised("@annotation(mark)")).containsExactly(SAVE);
        assertThat(advised("@within(shop.Audited)")).containsExactly(FIND, SAVE);
        assertThat(advised("@target(shop.Audited)")).containsExactly(INHERITED, FIND, SAVE);
        assertThat(advised("target(shop.Orders)")).containsExactly(INHERITED, FIND, SAVE);
        assertThat(advised("bean(cl*)")).containsExactly(NOW);
        assertThat(advised("args(int)")).containsExactly(FIND);
        assertThat(advised("args()")).containsExactly(NOW);
    }

    @Test
    void connected_always_followNamesAndOperators() {
        assertThat(advised("finding()")).containsExactly(FIND);
        assertThat(advised("timed(mark)")).containsExactly(SAVE);
        assertThat(advised("shop.Cuts.impl() && !finding()")).containsExactly(NOW, SAVE);
        assertThat(advised("finding() || (bean(clock) and execution(long *()))"))
                .containsExactly(NOW, FIND);
        assertThat(advised("unheard()")).isEmpty();
        assertThat(advised("cflow(finding())")).isEmpty();
    }

    @Test
    void aspect_thatIsNoBean_advisesNothing() {
        Concepts.write(root, SHOP + """
                // shop/Loose.java
                package shop;
                import org.aspectj.lang.annotation.*;
                @Aspect public class Loose { @Before("within(shop..*)") public void advise() {} }
                """);

        assertThat(Concepts.of(root).edges(EdgeKind.MAY_DISPATCH)).noneMatch(line -> line.contains("advice"));
    }

    @Test
    void provider_ofMapper_leadsToTheMethodThatMakesTheStatement() {
        Concepts.write(root, """
                // db/PetMapper.java
                package db;
                import org.apache.ibatis.annotations.*;
                interface PetMapper {
                    @SelectProvider(type = Statements.class, method = "all") java.util.List<String> list();
                    @DeleteProvider(Statements.class) void remove();
                }
                class Statements {
                    public String all() { return ""; }
                    public static String provideSql() { return ""; }
                }
                """);

        assertThat(Concepts.of(root).edges(EdgeKind.MAY_DISPATCH))
                .containsExactly(
                        "db.PetMapper#list() -> db.Statements#all() | provider | makes the statement",
                        "db.PetMapper#remove() -> db.Statements#provideSql() | provider | makes the statement");
    }
}
