package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities, their tables, and the statements of JPA, Spring Data and JDBC. */
class PersistenceTest {
    private static final String ENTITIES = """
            // clinic/BaseEntity.java
            package clinic;
            import jakarta.persistence.*;
            @MappedSuperclass abstract class BaseEntity { @Id @Column(name = "ID") Integer id; }
            // clinic/Owner.java
            package clinic;
            import jakarta.persistence.*;
            import java.util.*;
            @Entity @Table(name = "owners")
            @NamedQueries({@NamedQuery(name = "Owner.all", query = "select o from Owner o join o.pets p")})
            class Owner extends BaseEntity {
                String lastName;
                @Embedded Address address;
                @OneToMany(mappedBy = "owner") List<Pet> pets;
                @ManyToMany Set<Vet> vets;
            }
            // clinic/Address.java
            package clinic;
            import jakarta.persistence.*;
            @Embeddable class Address { @Column(name = "CITY_NAME") String city; }
            // clinic/Pet.java
            package clinic;
            import jakarta.persistence.*;
            @Entity class Pet extends BaseEntity {
                String name;
                @ManyToOne @JoinColumn(name = "owner_id") Owner owner;
            }
            // clinic/Vet.java
            package clinic;
            import jakarta.persistence.*;
            import java.util.*;
            @Entity(name = "Doctor") @Inheritance(strategy = InheritanceType.JOINED) class Vet extends BaseEntity {
                @ManyToMany @JoinTable(name = "vet_specialties") Set<Pet> patients;
            }
            // clinic/Surgeon.java
            package clinic;
            import jakarta.persistence.*;
            @Entity class Surgeon extends Vet {}
            // clinic/Puppy.java
            package clinic;
            import jakarta.persistence.*;
            @Entity class Puppy extends Pet {}
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void entities() {
        Concepts.write(root, ENTITIES);
    }

    @Test
    void entity_always_isMappedToItsTableWithColumnsAndAssociations() {
        assertThat(Concepts.of(root).edges(EdgeKind.MAPPED_TO))
                .containsExactlyInAnyOrder(
                        "clinic.Owner -> owners",
                        "clinic.Pet -> pet",
                        "clinic.Puppy -> pet",
                        "clinic.Vet -> doctor",
                        "clinic.Surgeon -> surgeon",
                        "clinic.BaseEntity#id -> owners | column | id",
                        "clinic.BaseEntity#id -> pet | column | id",
                        "clinic.BaseEntity#id -> doctor | column | id",
                        "clinic.BaseEntity#id -> surgeon | column | id",
                        "clinic.Address#city -> owners | column | city_name",
                        "clinic.Owner#pets -> pet | association | OneToMany",
                        "clinic.Owner#vets -> doctor | association | ManyToMany",
                        "clinic.Owner#vets -> owners_doctor | join",
                        "clinic.Pet#owner -> pet | column | owner_id",
                        "clinic.Pet#owner -> owners | association | ManyToOne",
                        "clinic.Vet#patients -> pet | association | ManyToMany",
                        "clinic.Vet#patients -> vet_specialties | join");
    }

    private static final String ORDER = """
            // shop/Order.java
            package shop;
            import jakarta.persistence.*;
            import java.util.*;
            @Entity @Table(name = "orders", schema = "shop") @SecondaryTable(name = "order_detail") class Order {
                @Column(name = "note", table = "order_detail") String note;
                @OneToMany @JoinColumn(name = "order_fk") List<Item> items;
                @OneToMany @JoinColumn(name = "order_fk") List<Far> far;
                @OneToMany List<Item> singleItems;
                @ElementCollection @CollectionTable(name = "order_phones") @Column(name = "phone") List<String> phones;
                @ElementCollection @Column(name = "MAIL") Set<String> mailNames;
                @ElementCollection List<Place> places;
                Place home;
                @ManyToOne @JoinColumns({@JoinColumn(name = "a"), @JoinColumn(name = "b")}) Item first;
            }
            // shop/Place.java
            package shop;
            import jakarta.persistence.*;
            @Embeddable class Place { @Column(name = "city") String city; }
            // shop/Item.java
            package shop;
            import jakarta.persistence.*;
            @Entity class Item { @Column(name = "code") String code; }
            // shop/BigOrder.java
            package shop;
            import jakarta.persistence.*;
            @Entity class BigOrder extends Order {}
            """;

    @Test
    void field_withAColumnInAnotherTable_isMappedToThatTable() {
        Concepts.write(root, ORDER);
        assertThat(Concepts.of(root).edges(EdgeKind.MAPPED_TO))
                .filteredOn(line -> line.startsWith("shop."))
                .containsExactlyInAnyOrder(
                        "shop.Order -> shop.orders",
                        "shop.BigOrder -> shop.orders",
                        "shop.Item -> item",
                        "shop.Item#code -> item | column | code",
                        "shop.Order#note -> order_detail | column | note",
                        "shop.Order#items -> item | association | OneToMany",
                        "shop.Order#items -> item | column | order_fk",
                        "shop.Order#singleItems -> item | association | OneToMany",
                        "shop.Order#singleItems -> orders_item | join",
                        "shop.Order#phones -> order_phones | association | ElementCollection",
                        "shop.Order#phones -> order_phones | column | phone",
                        "shop.Order#mailNames -> order_mailnames | association | ElementCollection",
                        "shop.Order#mailNames -> order_mailnames | column | mail",
                        "shop.Order#places -> order_places | association | ElementCollection",
                        "shop.Place#city -> order_places | column | city",
                        "shop.Place#city -> shop.orders | column | city",
                        "shop.Order#first -> item | association | ManyToOne",
                        "shop.Order#first -> shop.orders | column | a | b");
    }

    @Test
    void tablesBesideAnEntity_inAnApplicationOfSpringBoot_haveItsNaming() {
        Concepts.write(root, ORDER);
        Concepts.write(root, """
                // shop/App.java
                package shop;
                @org.springframework.boot.autoconfigure.SpringBootApplication class App {}
                """);
        assertThat(Concepts.of(root).edges(EdgeKind.MAPPED_TO))
                .contains(
                        "shop.Order#singleItems -> orders_single_items | join",
                        "shop.Order#mailNames -> order_mail_names | column | mail",
                        "clinic.Owner#vets -> owners_vets | join");
    }

    @Test
    void table_inAnApplicationOfSpringBoot_hasItsNaming() {
        Concepts.write(root, """
                // clinic/App.java
                package clinic;
                @org.springframework.boot.autoconfigure.SpringBootApplication class App {}
                // clinic/OpeningHours.java
                package clinic;
                @jakarta.persistence.Entity class OpeningHours {}
                """);
        assertThat(Concepts.of(root).edges(EdgeKind.MAPPED_TO))
                .contains("clinic.OpeningHours -> opening_hours", "clinic.Owner -> owners");
    }

    @Test
    void getters_withAnnotationsOfTheMapping_countAsFields() {
        Concepts.write(root, """
                // clinic/Bill.java
                package clinic;
                import jakarta.persistence.*;
                import java.util.*;
                @Entity class Bill {
                    private Owner owner;
                    @Column(name = "TOTAL_SUM") public long getTotal() { return 0; }
                    @Column(name = "PAID") public boolean isPaid() { return false; }
                    @ManyToOne @JoinColumn(name = "PAYER_ID") public Owner getOwner() { return owner; }
                    @ManyToMany public Set<Vet> getVets() { return null; }
                    @Embedded public Address getPlace() { return null; }
                    @Transient public Pet getPet() { return null; }
                    @PrePersist void issue() {}
                    public Pet getOther() { return null; }
                }
                """);
        assertThat(Concepts.of(root).edges(EdgeKind.MAPPED_TO))
                .filteredOn(line -> line.contains("Bill") || line.contains("-> bill"))
                .containsExactlyInAnyOrder(
                        "clinic.Bill -> bill",
                        "clinic.Bill#getTotal() -> bill | column | total_sum",
                        "clinic.Bill#isPaid() -> bill | column | paid",
                        "clinic.Bill#getOwner() -> bill | column | payer_id",
                        "clinic.Bill#getOwner() -> owners | association | ManyToOne",
                        "clinic.Bill#getVets() -> doctor | association | ManyToMany",
                        "clinic.Bill#getVets() -> bill_doctor | join",
                        "clinic.Address#city -> bill | column | city_name");
    }

    @Test
    void overrides_ofEmbeddedAndInheritedColumns_nameThem() {
        Concepts.write(root, """
                // clinic/Shipment.java
                package clinic;
                import jakarta.persistence.*;
                @Entity @AttributeOverride(name = "id", column = @Column(name = "NUMBER"))
                class Shipment extends BaseEntity {
                    @AttributeOverrides({@AttributeOverride(name = "city", column = @Column(name = "FROM_CITY"))})
                    @Embedded Address from;
                    @AttributeOverride(name = "city", column = @Column(name = "TO_CITY"))
                    @Embedded Address to;
                    @AttributeOverride(name = "address.city", column = @Column(name = "VIA_CITY"))
                    @Embedded Stop via;
                }
                // clinic/Stop.java
                package clinic;
                import jakarta.persistence.*;
                @Embeddable class Stop { @Embedded Address address; }
                """);
        assertThat(Concepts.of(root).edges(EdgeKind.MAPPED_TO))
                .filteredOn(line -> line.contains("-> shipment"))
                .containsExactlyInAnyOrder(
                        "clinic.Shipment -> shipment",
                        "clinic.BaseEntity#id -> shipment | column | number",
                        "clinic.Address#city -> shipment | column | from_city | to_city | via_city");
    }

    @Test
    void repository_ofSpringData_runsStatementsOfNamesAndAnnotations() {
        Concepts.write(root, """
                // clinic/Owners.java
                package clinic;
                import java.util.List;
                import org.springframework.data.jpa.repository.*;
                interface Owners extends JpaRepository<Owner, Integer> {
                    List<Owner> findByLastNameStartingWithAndPetsNameOrderByIdDesc(String a, String b);
                    void deleteByAddressCity(String city);
                    long count();
                    boolean existsByNonsense(int x);
                    default List<Owner> findByNothing() { return List.of(); }
                    void other();
                    @Query("select p from #{#entityName} o join o.pets p") List<Pet> pets();
                    @Modifying @Query(value = "update OWNERS set x = 1 where y in (select z from log)", nativeQuery = true)
                    void touch();
                    @Query("select x from Nowhere x") List<Pet> nowhere();
                }
                """);
        assertThat(Concepts.of(root).edges(EdgeKind.QUERIES))
                .filteredOn(line -> !line.startsWith("Owner.all"))
                .containsExactlyInAnyOrder(
                        "clinic.Owners#findByLastNameStartingWithAndPetsNameOrderByIdDesc"
                                + "(java.lang.String,java.lang.String)"
                                + " -> clinic.Owners.findByLastNameStartingWithAndPetsNameOrderByIdDesc"
                                + " [derived from its name, by lastName, pets.name] | read",
                        "clinic.Owners.findByLastNameStartingWithAndPetsNameOrderByIdDesc"
                                + " [derived from its name, by lastName, pets.name] -> owners | read",
                        "clinic.Owners.findByLastNameStartingWithAndPetsNameOrderByIdDesc"
                                + " [derived from its name, by lastName, pets.name] -> pet | read",
                        "clinic.Owners#deleteByAddressCity(java.lang.String) -> clinic.Owners.deleteByAddressCity"
                                + " [derived from its name, by address.city] | write",
                        "clinic.Owners.deleteByAddressCity [derived from its name, by address.city] -> owners | write",
                        "clinic.Owners#count() -> clinic.Owners.count [derived from its name] | read",
                        "clinic.Owners.count [derived from its name] -> owners | read",
                        "clinic.Owners#existsByNonsense(int) -> clinic.Owners.existsByNonsense"
                                + " [derived from its name, by ? Nonsense] | read",
                        "clinic.Owners.existsByNonsense [derived from its name, by ? Nonsense] -> owners | read",
                        "clinic.Owners#pets() -> clinic.Owners.pets" + " [select p from Owner o join o.pets p] | read",
                        "clinic.Owners.pets [select p from Owner o join o.pets p] -> owners | read | Owner",
                        "clinic.Owners.pets [select p from Owner o join o.pets p] -> pet | read | o.pets",
                        "clinic.Owners#touch() -> clinic.Owners.touch"
                                + " [update OWNERS set x = 1 where y in (select z from log)] | write",
                        "clinic.Owners.touch [update OWNERS set x = 1 where y in (select z from log)]"
                                + " -> owners | write | OWNERS",
                        "clinic.Owners.touch [update OWNERS set x = 1 where y in (select z from log)]"
                                + " -> log | read | log",
                        "clinic.Owners#nowhere() -> clinic.Owners.nowhere [select x from Nowhere x] | read",
                        "clinic.Owners.nowhere [select x from Nowhere x] -> nowhere"
                                + " [unresolved: the repository has no entity of this name] | read | Nowhere");
    }

    @Test
    void statement_inCode_leadsToItsTables() {
        Concepts.write(root, """
                // clinic/Dao.java
                package clinic;
                import jakarta.persistence.EntityManager;
                import org.springframework.jdbc.core.JdbcTemplate;
                class Dao {
                    private static final String FROM = " from visits";
                    private EntityManager manager;
                    private JdbcTemplate jdbc;
                    void named() { manager.createNamedQuery("Owner.all", Owner.class); }
                    void jpql() { manager.createQuery("delete from Pet"); }
                    void plain() { manager.createNativeQuery("select *" + FROM); }
                    void jdbc(String any) { jdbc.update("insert into log values (1)"); jdbc.update(any); }
                    void statement(java.sql.Connection c) throws Exception { c.prepareStatement("select 1" + FROM); }
                    void own(Own own) { own.createQuery("select x from nothing"); }
                }
                interface Own { void createQuery(String text); }
                """);
        String named = "Owner.all [select o from Owner o join o.pets p]";
        assertThat(Concepts.of(root).edges(EdgeKind.QUERIES))
                .containsExactlyInAnyOrder(
                        named + " -> owners | read | Owner",
                        named + " -> pet | read | o.pets",
                        "clinic.Dao#named() -> " + named + " | read | named",
                        "clinic.Dao#jpql() -> delete from Pet [delete from Pet] | write",
                        "delete from Pet [delete from Pet] -> pet | write | Pet",
                        "clinic.Dao#plain() -> select * from visits [select * from visits] | read",
                        "select * from visits [select * from visits] -> visits | read | visits",
                        "clinic.Dao#jdbc(java.lang.String) -> insert into log values (1)"
                                + " [insert into log values (1)] | write",
                        "insert into log values (1) [insert into log values (1)] -> log | write | log",
                        "clinic.Dao#statement(java.sql.Connection) -> select 1 from visits"
                                + " [select 1 from visits] | read",
                        "select 1 from visits [select 1 from visits] -> visits | read | visits");
    }
}
