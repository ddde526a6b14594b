package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that repositories of Spring Data inherit, share a name with, or have from annotations elsewhere. */
class RepositoryQueriesTest {
    private static final String ENTITIES = """
            // shop/Order.java
            package shop;
            import jakarta.persistence.*;
            @Entity(name = "Purchase") @Table(name = "orders")
            @NamedQuery(name = "Order.findByCode", query = "select o from Purchase o join o.item i where i.code = ?1")
            @NamedQuery(name = "Order.special", query = "update Item i set i.code = 'x'")
            class Order { @Id Long id; String number; String code; @ManyToOne Item item; }
            // shop/Item.java
            package shop;
            import jakarta.persistence.*;
            @Entity class Item { @Id Long id; String number; String code; }
            """;
    private static final String BASE = """
            // shop/BaseRepo.java
            package shop;
            import java.util.*;
            import org.springframework.data.jpa.repository.*;
            import org.springframework.data.repository.NoRepositoryBean;
            @NoRepositoryBean interface BaseRepo<T, I> extends JpaRepository<T, I> {
                @Query("select e from #{#entityName} e where e.id = ?1") T byKey(I id);
                @Query("select o from Purchase o") List<Order> same();
                List<T> findByNumber(String number);
            }
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void entities() {
        Concepts.write(root, ENTITIES);
    }

    private List<String> edges() {
        return Concepts.of(root).edges(EdgeKind.QUERIES).stream()
                .filter(line -> !line.startsWith("Order."))
                .toList();
    }

    @Test
    void methods_ofAGenericBase_haveAStatementForEachRepository() {
        Concepts.write(root, BASE);
        Concepts.write(root, """
                // shop/Orders.java
                package shop;
                interface Orders extends BaseRepo<Order, Long> {}
                // shop/Items.java
                package shop;
                interface Items extends BaseRepo<Item, Long> { Item byKey(Long id); long countByCode(String code); }
                """);
        String order = "shop.Orders.byKey [select e from Purchase e where e.id = ?1]";
        String item = "shop.Items.byKey [select e from Item e where e.id = ?1]";
        String same = "shop.BaseRepo.same [select o from Purchase o]";
        String code = " [derived from its name, by code]";
        String number = " [derived from its name, by number]";
        assertThat(edges())
                .containsExactlyInAnyOrder(
                        "shop.BaseRepo#byKey(java.lang.Object) -> " + order + " | read",
                        order + " -> orders | read | Purchase",
                        "shop.Items#byKey(java.lang.Long) -> " + item + " | read",
                        item + " -> item | read | Item",
                        "shop.BaseRepo#same() -> " + same + " | read",
                        same + " -> orders | read | Purchase",
                        "shop.BaseRepo#findByNumber(java.lang.String) -> shop.Orders.findByNumber" + number + " | read",
                        "shop.Orders.findByNumber" + number + " -> orders | read",
                        "shop.BaseRepo#findByNumber(java.lang.String) -> shop.Items.findByNumber" + number + " | read",
                        "shop.Items.findByNumber" + number + " -> item | read",
                        "shop.Items#countByCode(java.lang.String) -> shop.Items.countByCode" + code + " | read",
                        "shop.Items.countByCode" + code + " -> item | read");
    }

    @Test
    void statement_ofAnUnknownEntity_namesNoTable() {
        Concepts.write(root, BASE);
        assertThat(edges())
                .containsExactlyInAnyOrder(
                        "shop.BaseRepo#byKey(java.lang.Object) -> shop.BaseRepo.byKey"
                                + " [select e from #{#entityName} e where e.id = ?1] | read",
                        "shop.BaseRepo#same() -> shop.BaseRepo.same [select o from Purchase o] | read",
                        "shop.BaseRepo.same [select o from Purchase o] -> orders | read | Purchase");
    }

    @Test
    void methods_ofOneName_haveAStatementEach() {
        Concepts.write(root, """
                // shop/Orders.java
                package shop;
                import java.util.*;
                import org.springframework.data.jpa.repository.*;
                interface Orders extends JpaRepository<Order, Long> {
                    @Query("select o from Purchase o") List<Order> over(String n);
                    @Query("select i from Item i") List<Order> over(int n);
                    List<Order> findByItemCode(String code);
                    List<Order> findByItemCode(String code, int page);
                }
                // shop/ItemMapper.java
                package shop;
                import org.apache.ibatis.annotations.Select;
                interface ItemMapper {
                    @Select("select 1 from a") int over(String n);
                    @Select("select 1 from b") int over(int n);
                }
                """);
        assertThat(edges())
                .contains(
                        "shop.Orders.over(java.lang.String) [select o from Purchase o] -> orders | read | Purchase",
                        "shop.Orders.over(int) [select i from Item i] -> item | read | Item",
                        "shop.Orders#over(int) -> shop.Orders.over(int) [select i from Item i] | read",
                        "shop.Orders#findByItemCode(java.lang.String,int)"
                                + " -> shop.Orders.findByItemCode(java.lang.String,int)"
                                + " [derived from its name, by item.code] | read",
                        "shop.ItemMapper.over(java.lang.String) [select 1 from a] -> a | read | a",
                        "shop.ItemMapper.over(int) [select 1 from b] -> b | read | b")
                .noneMatch(line -> line.startsWith("shop.Orders.over ") || line.startsWith("shop.ItemMapper.over "))
                .hasSize(14);
    }

    @Test
    void statement_namedByAnnotations_isWhatTheMethodRuns() {
        Concepts.write(root, """
                // shop/Orders.java
                package shop;
                import java.util.*;
                import org.springframework.data.jpa.repository.*;
                interface Orders extends JpaRepository<Order, Long> {
                    List<Order> findByCode(String code);
                    @Modifying @Query(name = "Order.special") void named();
                    @Query(name = "Order.gone") void gone();
                }
                """);
        assertThat(edges())
                .containsExactlyInAnyOrder(
                        "shop.Orders#findByCode(java.lang.String) -> Order.findByCode"
                                + " [select o from Purchase o join o.item i where i.code = ?1] | read | named",
                        "shop.Orders#named() -> Order.special [update Item i set i.code = 'x'] | write | named",
                        "shop.Orders#gone() -> Order.gone"
                                + " [unresolved: no annotation of the repository gives a statement this name]"
                                + " | read | named");
    }

    @Test
    void statements_afterEditsOfABaseAndAnEntity_areThoseOfACleanRun() {
        Concepts.write(root, BASE);
        Concepts.write(root, """
                // shop/Orders.java
                package shop;
                interface Orders extends BaseRepo<Order, Long> {}
                """);
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            Concepts.write(root, BASE.replace("List<T> findByNumber", "List<T> findByCode"));
            known.assertEqualToClean(known.run(session, root), root, "another method of the base");
            Concepts.write(root, ENTITIES.replace("Order.findByCode", "Order.other"));
            known.assertEqualToClean(known.run(session, root), root, "another name of a statement");
            Concepts.write(root, BASE.replace("(String number)", "(String number); List<T> findByNumber(int page)"));
            known.assertEqualToClean(known.run(session, root), root, "an overload");
        }
    }
}
