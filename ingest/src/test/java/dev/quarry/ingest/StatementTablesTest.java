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
    void tables_ofGarbage_areFoundWithoutFailing() {
        check("");
        check(")))((( from");
        check("select 'unterminated from x");
        check("from \"unterminated", "read unterminated");
    }
}
