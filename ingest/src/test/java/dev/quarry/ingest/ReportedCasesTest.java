package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users of other code graphs reported as wrong or missing in Spring and enterprise code, each with the right answer.
 * The numbers are those of the public threads.
 */
class ReportedCasesTest {
    @TempDir
    private Path root;

    private NavigableSet<String> edges(EdgeKind kind) {
        return Concepts.of(root).edges(kind);
    }

    /** GitNexus 600: no routes; 2824: {@code @RequestMapping} at a method. */
    @Test
    void route_ofRequestMappingAtAMethod_exists() {
        Concepts.write(root, """
                // A.java
                import org.springframework.web.bind.annotation.*;
                @RestController class A {
                    @RequestMapping(value = "/old", method = RequestMethod.GET) void old() {}
                    @RequestMapping("/every") void every() {}
                }
                """);
        assertThat(edges(EdgeKind.HANDLED_BY))
                .containsExactlyInAnyOrder("GET /old -> A#old()", "* /every -> A#every()");
    }

    /** GitNexus 2280: arrays of paths, inherited mappings, several verbs. */
    @Test
    void route_withArraysInheritanceAndVerbs_isEachOfThem() {
        Concepts.write(root, """
                // Api.java
                import org.springframework.web.bind.annotation.*;
                interface Api { @GetMapping({"/a", "/b"}) void get(); }
                // A.java
                import org.springframework.web.bind.annotation.*;
                @RestController @RequestMapping({"/v1", "/v2"}) class A implements Api {
                    public void get() {}
                    @RequestMapping(path = "/c", method = {RequestMethod.PUT, RequestMethod.PATCH}) void put() {}
                }
                """);
        assertThat(edges(EdgeKind.HANDLED_BY))
                .containsExactlyInAnyOrder(
                        "GET /v1/a -> A#get()",
                        "GET /v1/b -> A#get()",
                        "GET /v2/a -> A#get()",
                        "GET /v2/b -> A#get()",
                        "PUT /v1/c -> A#put()",
                        "PUT /v2/c -> A#put()",
                        "PATCH /v1/c -> A#put()",
                        "PATCH /v2/c -> A#put()");
    }

    /** GitNexus 1225: beans, factory methods, configuration; pull request 2886: lookups by {@code getBean}. */
    @Test
    void bean_ofFactoriesAndLookups_isInTheGraph() {
        Graph.write(root, "application.properties", "mail.host=example.org\n");
        Concepts.write(root, """
                // A.java
                import org.springframework.beans.factory.annotation.Value;
                import org.springframework.context.ApplicationContext;
                import org.springframework.context.annotation.*;
                @Configuration class Config {
                    @Bean Mailer mailer(@Value("${mail.host}") String host) { return new Mailer(); }
                }
                class Mailer {}
                class Use {
                    Object byType(ApplicationContext context) { return context.getBean(Mailer.class); }
                    Object byName(ApplicationContext context) { return context.getBean("mailer"); }
                }
                """);
        assertThat(edges(EdgeKind.DEFINES).toString())
                .contains("Config -> config(Config)", "Config#mailer(java.lang.String) -> mailer(Mailer)")
                .contains("-> mail.host | application.properties:1");
        assertThat(edges(EdgeKind.CONFIGURED_BY)).containsExactly("Config#mailer(java.lang.String) -> mail.host");
        String context = "(org.springframework.context.ApplicationContext)";
        assertThat(edges(EdgeKind.INJECTS))
                .containsExactlyInAnyOrder(
                        "Use#byType" + context + " -> mailer(Mailer) | lookup",
                        "Use#byName" + context + " -> mailer(Mailer) | lookup | name mailer");
    }

    /** codebase-memory-mcp 734: the prefix of the class was lost in all 120 routes. */
    @Test
    void route_ofMethodsInMappedClasses_keepsThePrefix() {
        String methods = IntStream.range(0, 120)
                .mapToObj(i -> "@GetMapping(\"/m" + i + "\") void m" + i + "() {}\n")
                .collect(Collectors.joining());
        Concepts.write(
                root,
                "// A.java\nimport org.springframework.web.bind.annotation.*;\n"
                        + "@RestController @RequestMapping(\"/api/users\") class A {\n" + methods + "}\n");
        assertThat(edges(EdgeKind.HANDLED_BY)).hasSize(120).allMatch(line -> line.startsWith("GET /api/users/m"));
    }

    /** codegraph 1461: arrays and constants in paths became {@code /}. */
    @Test
    void route_ofConstants_isTheirValue() {
        Concepts.write(root, """
                // p/Urls.java
                package p;
                public final class Urls { public static final String BASE = "/base", ONE = BASE + "/one"; }
                // A.java
                import static p.Urls.ONE;
                import org.springframework.web.bind.annotation.*;
                import p.Urls;
                @RestController @RequestMapping(Urls.BASE) class A {
                    @PostMapping({ONE, Urls.ONE + "/two"}) void post() {}
                }
                """);
        assertThat(edges(EdgeKind.HANDLED_BY))
                .containsExactlyInAnyOrder("POST /base/base/one -> A#post()", "POST /base/base/one/two -> A#post()");
    }

    /** codegraph 389, 489: mappers of MyBatis in XML, {@code @Value}, statements by id. */
    @Test
    void statement_ofXmlOrId_isRunByMethodAndCaller() {
        Graph.write(
                root,
                "src/main/resources/UserMapper.xml",
                "<mapper namespace=\"a.UserMapper\"><select id=\"one\">select * from users</select></mapper>");
        Concepts.write(root, """
                // src/main/java/a/UserMapper.java
                package a;
                interface UserMapper { Object one(int id); }
                // src/main/java/a/Dao.java
                package a;
                import org.mybatis.spring.SqlSessionTemplate;
                import org.springframework.beans.factory.annotation.Value;
                class Dao {
                    @Value("${users.page-size:20}") int size;
                    SqlSessionTemplate template;
                    Object one() { return template.selectOne("a.UserMapper.one", 1); }
                }
                """);
        String query = "a.UserMapper.one [src/main/resources/UserMapper.xml:1: select * from users]";
        assertThat(edges(EdgeKind.QUERIES))
                .containsExactlyInAnyOrder(
                        "a.UserMapper#one(int) -> " + query + " | read",
                        "a.Dao#one() -> " + query + " | read | session",
                        query + " -> users | read | users");
        assertThat(edges(EdgeKind.CONFIGURED_BY)).containsExactly("a.Dao#size -> users.page-size | default 20");
    }

    /** CodeGraphContext 890: 2,793 operations of MyBatis gave 68 edges. */
    @Test
    void statements_ofManyMappers_eachGiveTheirEdges() {
        for (int mapper = 0; mapper < 30; mapper++) {
            StringBuilder xml = new StringBuilder("<mapper namespace=\"m.Mapper" + mapper + "\">");
            StringBuilder java =
                    new StringBuilder("// m/Mapper" + mapper + ".java\npackage m;\ninterface Mapper" + mapper + " {\n");
            for (int i = 0; i < 40; i++) {
                xml.append("<select id=\"s" + i + "\">select * from t" + mapper + "</select>");
                java.append("void s" + i + "();\n");
            }
            Graph.write(root, "m/Mapper" + mapper + ".xml", xml + "</mapper>");
            Concepts.write(root, java + "}\n");
        }
        assertThat(edges(EdgeKind.QUERIES)).hasSize(2 * 30 * 40);
    }

    /** GitNexus 2951, grafel 6429 and 7048: services of Dubbo and where they are called from. */
    @Test
    void service_ofDubbo_isReachedFromItsReference() {
        Concepts.write(root, """
                // api/src/main/java/api/Orders.java
                package api; public interface Orders { void place(); }
                // stock/src/main/java/stock/OrdersImpl.java
                package stock;
                @org.apache.dubbo.config.annotation.DubboService
                class OrdersImpl implements api.Orders { public void place() {} }
                // web/src/main/java/web/Cart.java
                package web;
                class Cart {
                    @org.apache.dubbo.config.annotation.DubboReference private api.Orders orders;
                    void buy() { orders.place(); }
                }
                """);
        assertThat(edges(EdgeKind.INJECTS)).containsExactly("web.Cart#orders -> stock.OrdersImpl | service | dubbo");
        assertThat(edges(EdgeKind.MAY_DISPATCH)).hasSize(1).allMatch(line -> line.contains("stock.OrdersImpl#place()"));
    }
}
