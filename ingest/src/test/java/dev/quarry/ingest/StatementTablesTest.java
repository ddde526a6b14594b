package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tables in statements. */
class StatementTablesTest {
    private static void check(String statement, String... expected) {
        assertThat(StatementTables.of(statement))
                .extracting(use -> (use.writes() ? "write " : "read ") + use.name())
                .as(statement)
                .containsExactly(expected);
    }

    @Test
    void tables_ofSelects_areWhereTheGrammarPutsThem() {
        check("select * from owners", "read owners");
        check("SELECT o.id FROM shop.owners o, `pets` AS p WHERE o.id = p.owner", "read shop.owners", "read pets");
        check("select 1 from a left join b on a.x = b.x join (select y from c) d on 1=1", "read a", "read b", "read c");
        check("select extract(year from born), trim(both ' ' from name) from pets", "read pets");
        check(
                "select (select max(x) from inner_one) from outer_one where exists (select 1 from third)",
                "read inner_one",
                "read outer_one",
                "read third");
        check("select x from a union all select y from \"B\" order by z, w", "read a", "read B");
        check("select * from owners for update", "read owners");
        check("select now(), 'from nowhere' /* from hidden */ from dual -- from other");
        check("select * from generate_series(1, 2) s, real_one", "read real_one");
        check("select * from ${table} where x in (#{a}, #{b})");
    }

    @Test
    void tables_ofChanges_areWritten() {
        check("insert into owners (name, id) values (?, ?)", "write owners");
        check("INSERT INTO archive SELECT * FROM owners", "write archive", "read owners");
        check("insert into t values (1) on duplicate key update x = 1", "write t");
        check("update owners o set name = :name where id in (select owner from pets)", "write owners", "read pets");
        check("delete from pets where id = 1", "write pets");
        check("merge into t using s on (t.id = s.id) when matched then update set x = 1", "write t", "read s");
        check("truncate table logs", "write logs");
    }

    @Test
    void tables_ofNamedQueries_areNotTables() {
        check(
                "with recent as (select * from visits), old (a, b) as (select 1, 2 from pets) select * from recent, old",
                "read visits",
                "read pets");
    }

    @Test
    void entities_ofJpql_comeWithTheirAliases() {
        check("from Owner", "read Owner");
        check("select o from Owner o left join fetch o.pets p where p.name = :name", "read Owner", "read o.pets");
        check("delete Owner o where o.name = ?1", "write Owner");
        check("update Owner set name = 'x'", "write Owner");
        assertThat(StatementTables.of("select o from Owner as o join o.pets p"))
                .extracting(StatementTables.Use::alias)
                .containsExactly("o", "p");
    }

    @Test
    void names_ofKeywords_areNamesWhereNamesStand() {
        check("select o from Order o where o.id = 1 order by o.x, o.y", "read Order");
        check("update Order o set o.id = 2", "write Order");
        check("update Order set id = 2", "write Order");
        check("select o from Order o, Item i group by o.a, i.b", "read Order", "read Item");
        check("select order from Item order, Group as g", "read Item", "read Group");
        check("from Item i join Order o on o.item = i join Group g", "read Item", "read Order", "read Group");
        check("from Order", "read Order");
        check("delete from Group g where g.id = 1", "write Group");
        check("delete Order where id = 1", "write Order");
        check("select u from Update u where u.x = 1", "read Update");
        check("update Update u set u.x = 1", "write Update");
        check("update Set s set s.x = 1", "write Set");
        check("truncate table order", "write order");
        check("select 1 from only group g order by g.x, g.y", "read group");
        check("select 1 from Only order by x, y", "read Only");
        check("from Set order by x, y", "read Set");
        check("from Table t, Limit l, Values v, Union u", "read Table", "read Limit", "read Values", "read Union");
    }

    @Test
    void names_inQuotes_areNamesWhateverTheyRead() {
        check("select * from `order`", "read order");
        check("insert into \"group\" values (1)", "write group");
        check("select \"from\" from [where] \"order\", \"select\" s", "read where", "read select");
        check("select * from `group` g join `order` o on g.id = o.g", "read group", "read order");
        check("select \"from\", \"x\" from a", "read a");
    }

    @Test
    void keywords_whereANameIsMissing_areKeywords() {
        check("select 1 from where x = 1 group by a, b order by c, d");
        check("select 1 from order by c, d");
        check("select 1 from left join b on 1 = 1", "read b");
        check("select 1 from join b on 1 = 1", "read b");
        check("select 1 from join order o on 1 = 1", "read order");
        check("update set a = b, c = d where x = 1");
        check("insert into values (1)");
        check("select 1 from for update");
        check("select 1 from limit 1");
        check("select 1 from union all select 1 from b", "read b");
        check("select 1 from t order siblings by a, b", "read t");
    }

    @Test
    void from_ofAComparison_namesNoTable() {
        check("select 1 from t where a is distinct from b", "read t");
        check("select 1 from t where a IS NOT DISTINCT FROM b and c in (select 1 from d)", "read t", "read d");
        check("select count(*), distinct from t", "read t");
    }

    @Test
    void tables_changedByTheirAlias_areWritten() {
        check("DELETE o FROM orders o JOIN item i ON i.o = o.id", "write orders", "read item");
        check("delete o.*, shop.item from orders as o join shop.item", "write orders", "write shop.item");
        check(
                "delete quick orders from shop.orders where x in (select 1 from orders)",
                "write shop.orders",
                "read orders");
        check("delete low_priority ignore from orders where id = 1", "write orders");
        check("delete from o using orders o join item i", "write orders", "read item");
        check("delete from orders o using item i", "write orders", "read item");
        check("update o set o.x = 1 from orders o join item i on i.o = o.id", "write orders", "read item");
        check("insert into orders select * from old orders", "write orders", "read old");
    }

    @Test
    void tables_ofGarbage_areFoundWithoutFailing() {
        check("");
        check(")))((( from");
        check("select 'unterminated from x");
        check("from \"unterminated", "read unterminated");
    }
}
