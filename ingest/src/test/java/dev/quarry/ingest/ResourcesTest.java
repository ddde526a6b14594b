package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files beside the sources say: mappers of MyBatis, services, keys of the configuration. */
class ResourcesTest {
    private static final String MAPPER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
            <mapper namespace="shop.OrderMapper">
              <resultMap id="order" type="shop.Order"><id property="id" column="ID"/></resultMap>
              <sql id="from">from <include refid="shop.Common.table"/></sql>
              <select id="find" resultMap="order">
                select * <include refid="from"/> o
                <where><if test="name != null">and exists (select 1 from line l where l.name = #{name})</if></where>
              </select>
              <update id="pay"><![CDATA[update orders set paid = 1 where total < 5]]></update>
              <insert id="add"><selectKey resultType="int">select next from seq</selectKey>
                insert into <choose><when test="a">orders</when></choose> (x) values (1)</insert>
              <delete id="loop"><include refid="loop"/></delete>
              <sql id="loop">delete from ring <include refid="loop"/></sql>
            </mapper>
            """;

    @TempDir
    private Path root;

    private NavigableSet<String> edges(EdgeKind kind) {
        return Concepts.of(root).edges(kind);
    }

    @Test
    void mapper_inXml_givesItsMethodsTheirStatements() {
        Graph.write(root, "src/main/resources/mapper/OrderMapper.xml", MAPPER);
        Graph.write(
                root,
                "src/main/java/shop/Common.xml",
                "<mapper namespace=\"shop.Common\"><sql id=\"table\">orders</sql></mapper>");
        Graph.write(root, "src/main/resources/other.xml", "<beans><select id=\"x\">select 1 from no</select></beans>");
        Concepts.write(root, """
                // src/main/java/shop/OrderMapper.java
                package shop;
                interface OrderMapper { Object find(String name); void pay(); void none(); }
                // src/main/java/shop/Service.java
                package shop;
                class Service {
                    private static final String NS = "shop.OrderMapper.";
                    org.mybatis.spring.SqlSessionTemplate session;
                    void a() { session.insert(NS + "add", 1); session.delete("loop"); session.selectOne("gone.id"); }
                    void b(String any) { session.selectList(any); }
                }
                """);
        String file = "src/main/resources/mapper/OrderMapper.xml:";
        String find = "shop.OrderMapper.find [" + file
                + "6: select * from orders o and exists (select 1 from line l where l.name = #{name})]";
        String pay = "shop.OrderMapper.pay [" + file + "10: update orders set paid = 1 where total < 5]";
        String add = "shop.OrderMapper.add [" + file + "11: insert into orders (x) values (1)]";
        String loop = "shop.OrderMapper.loop [" + file + "13: delete from ring]";
        assertThat(edges(EdgeKind.QUERIES))
                .containsExactlyInAnyOrder(
                        "shop.OrderMapper#find(java.lang.String) -> " + find + " | read | result shop.Order",
                        find + " -> orders | read | orders",
                        find + " -> line | read | line",
                        "shop.OrderMapper#pay() -> " + pay + " | write",
                        pay + " -> orders | write | orders",
                        add + " -> orders | write | orders",
                        loop + " -> ring | write | ring",
                        "shop.Service#a() -> " + add + " | write | session",
                        "shop.Service#a() -> " + loop + " | write | session",
                        "shop.Service#a() -> gone.id [unresolved: no mapper has a statement of this id]"
                                + " | read | session");
    }

    private static final String BASE = """
            // src/main/java/shop/Base.java
            package shop;
            interface Base<T> { T byId(Long id); default T twice(Long id) { return byId(id); } }
            """;

    private void writeInheritance() {
        Graph.write(root, "src/main/resources/UserMapper.xml", """
                <mapper namespace="shop.UserMapper">
                  <select id="byId">select * from users where id = #{id}</select>
                  <select id="twice">select * from never</select>
                </mapper>
                """);
        Concepts.write(root, BASE);
        Concepts.write(root, """
                // src/main/java/shop/UserMapper.java
                package shop; interface UserMapper extends Base<String> {}
                """);
    }

    @Test
    void mapper_inXml_givesInheritedMethodsTheirStatements() {
        writeInheritance();
        assertThat(edges(EdgeKind.QUERIES))
                .filteredOn(line -> line.startsWith("shop.Base"))
                .containsExactly("shop.Base#byId(java.lang.Long) -> shop.UserMapper.byId"
                        + " [src/main/resources/UserMapper.xml:2: select * from users where id = #{id}] | read");
    }

    @Test
    void mapper_afterAnEditOfWhatItInherits_isThatOfACleanRun() {
        writeInheritance();
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            Concepts.write(root, BASE.replace("T byId(Long id);", "T other(Long id); T byId(int id);"));
            known.assertEqualToClean(known.run(session, root), root, "another parameter");
            Concepts.write(root, BASE.replace("byId", "none"));
            known.assertEqualToClean(known.run(session, root), root, "no method of the name");
            writeInheritance();
            known.assertEqualToClean(known.run(session, root), root, "the first state");
        }
    }

    @Test
    void mapper_withHostileXml_readsNoOtherFileAndFailsNothing() {
        Graph.write(root, "secret.txt", "select * from secret");
        Graph.write(root, "a/Entity.xml", """
                <!DOCTYPE mapper [<!ENTITY secret SYSTEM "../secret.txt">]>
                <mapper namespace="a.A"><select id="x">select &secret; from plain</select></mapper>
                """);
        Graph.write(root, "a/Broken.xml", "<mapper namespace=\"a.B\"><select id=\"ok\">select 1 from kept</select><");
        Graph.write(root, "a/Deep.xml", "<mapper namespace=\"a.C\">" + "<if>".repeat(10_000));
        Concepts.write(root, "// a/A.java\npackage a; interface A { void x(); }\n");
        assertThat(edges(EdgeKind.QUERIES).toString()).contains("kept").doesNotContain("secret");
    }

    @Test
    void mapper_ofAnnotations_givesItsMethodsTheirStatements() {
        Concepts.write(root, """
                // shop/ItemMapper.java
                package shop;
                import org.apache.ibatis.annotations.*;
                @Mapper interface ItemMapper {
                    String TABLE = "items";
                    @Select({"select *", "from " + TABLE}) Object all();
                    @Update("<script>update items <set><if test='a'>x = 1</if></set></script>") void change();
                    @SelectProvider(type = Sql.class, method = "one") Object one();
                }
                class Sql { static String one() { return ""; } }
                """);
        assertThat(edges(EdgeKind.QUERIES))
                .containsExactlyInAnyOrder(
                        "shop.ItemMapper#all() -> shop.ItemMapper.all [select * from items] | read",
                        "shop.ItemMapper.all [select * from items] -> items | read | items",
                        "shop.ItemMapper#change() -> shop.ItemMapper.change [update items x = 1] | write",
                        "shop.ItemMapper.change [update items x = 1] -> items | write | items",
                        "shop.ItemMapper#one() -> shop.ItemMapper.one [made by shop.Sql#one] | read");
    }

    @Test
    void script_inAnAnnotation_isReadWithoutItsTags() {
        assertThat(MapperScript.statement(
                        "<script>select * from a<where><if test='b > 3 and \"x>\" != c'>x=1</if></where></script>"))
                .isEqualTo(" select * from a  x=1   ");
        assertThat(MapperScript.statement("<script>a<!-- b > c --><![CDATA[ d < e ]]><if test=\"f\"/></script>"))
                .isEqualTo(" a d < e   ");
        assertThat(MapperScript.statement("<script>a <![CDATA[b <if test='c")).isEqualTo(" a b <if test='c");
        assertThat(MapperScript.statement("<script>a <if test='c")).isEqualTo(" a  ");
        assertThat(MapperScript.statement("select 1 from a where b < 3 and c > 4"))
                .isEqualTo("select 1 from a where b < 3 and c > 4");
    }

    @Test
    void service_registered_isProvidedAndHandedToItsLoader() {
        Graph.write(root, "src/main/resources/META-INF/services/x.Codec", "# ours\nx.Zip # fast\nx.Gone\n");
        Graph.write(root, "src/main/resources/META-INF/services/java.lang.Runnable", "x.Job\n");
        Concepts.write(root, """
                // src/main/java/module-info.java
                module x { uses x.Codec; provides x.Codec with x.Tar, x.Zip; /* provides x.No with x.No; */ }
                // src/main/java/x/Codec.java
                package x; public interface Codec {}
                // src/main/java/x/Zip.java
                package x; public class Zip implements Codec {}
                // src/main/java/x/Tar.java
                package x; public class Tar implements Codec {}
                // src/main/java/x/Job.java
                package x; public class Job implements Runnable { public void run() {} }
                // src/main/java/x/Use.java
                package x;
                import java.util.ServiceLoader;
                class Use { Object codecs() { return ServiceLoader.load(Codec.class); } }
                """);
        assertThat(edges(EdgeKind.PROVIDES))
                .containsExactlyInAnyOrder(
                        "src/main/java/module-info.java -> x.Codec | uses",
                        "x.Zip -> x.Codec | module",
                        "x.Zip -> x.Codec | src/main/resources/META-INF/services/x.Codec",
                        "x.Tar -> x.Codec | module",
                        "x.Job -> java.lang.Runnable | src/main/resources/META-INF/services/java.lang.Runnable");
        assertThat(edges(EdgeKind.INJECTS))
                .containsExactlyInAnyOrder(
                        "x.Use#codecs() -> x.Zip | service | service x.Codec",
                        "x.Use#codecs() -> x.Tar | service | service x.Codec");
    }

    @Test
    void service_ofDubbo_isProvidedAndHandedToReferences() {
        Concepts.write(root, """
                // api/Hello.java
                package api; public interface Hello {}
                // provider/HelloImpl.java
                package provider;
                import org.apache.dubbo.config.annotation.DubboService;
                @DubboService(version = "1") class HelloImpl implements api.Hello {}
                // consumer/Use.java
                package consumer;
                import org.apache.dubbo.config.annotation.DubboReference;
                class Use { @DubboReference api.Hello hello; @DubboReference far.Away away; }
                """);
        assertThat(edges(EdgeKind.PROVIDES)).containsExactly("provider.HelloImpl -> api.Hello | dubbo");
        assertThat(edges(EdgeKind.INJECTS))
                .containsExactlyInAnyOrder(
                        "consumer.Use#hello -> provider.HelloImpl | service | dubbo",
                        "consumer.Use#away -> far.Away [unresolved: the repository offers no service of this type]"
                                + " | service | dubbo");
    }

    @Test
    void configurationKeys_ofFiles_areDefinedByTheirModuleWithoutValues() {
        Graph.write(root, "app/build.gradle", "");
        Graph.write(root, "app/src/main/resources/application.properties", """
                # comment
                shop.maxItems=3
                db.password : secret
                long.text = one \\
                   two=three
                """);
        Graph.write(root, "app/src/main/resources/application-dev.yml", """
                shop:
                  name: "x" # comment
                  text: |
                    not.a: key
                  list:
                    - a: b
                "quoted": 1
                """);
        Concepts.write(root, """
                // app/src/main/java/a/Shop.java
                package a;
                import org.springframework.boot.context.properties.ConfigurationProperties;
                @ConfigurationProperties("shop") class Shop { int maxItems; }
                """);
        String properties = "app/src/main/resources/application.properties:";
        String yaml = "app/src/main/resources/application-dev.yml:";
        assertThat(edges(EdgeKind.DEFINES))
                .containsExactlyInAnyOrder(
                        "app -> shop.max-items | " + properties + "2",
                        "app -> db.password | " + properties + "3",
                        "app -> long.text | " + properties + "4",
                        "app -> shop.name | " + yaml + "2",
                        "app -> shop.text | " + yaml + "3",
                        "app -> shop.list | " + yaml + "5",
                        "app -> quoted | " + yaml + "7");
        assertThat(edges(EdgeKind.CONFIGURED_BY)).containsExactly("a.Shop#maxItems -> shop.max-items");
    }

    private NavigableSet<String> definedBy(String name, String text) {
        Graph.write(root, "src/main/resources/application." + name, text);
        Concepts.write(root, "// A.java\nclass A {}\n");
        return edges(EdgeKind.DEFINES);
    }

    private static String[] defined(String name, String... keys) {
        return Arrays.stream(keys)
                .map(key -> " -> "
                        + key.replace(":", " | src/main/resources/application." + name + ":")
                                .replace(';', ':'))
                .toArray(String[]::new);
    }

    @Test
    void yamlKeys_ofLists_areThoseThatOwnThem() {
        assertThat(definedBy("yml", """
                app:
                  servers:
                    - name: a
                      url: x
                    - - deep: "b,
                  fake: c"
                      more: |
                        text: d
                  hosts:
                  - h1
                  - h2: {a: 1,
                    b: 2}
                  empty:
                  after: 1
                flat: [a, {b: c},
                  d: e]
                last: 1
                """))
                .containsExactlyInAnyOrder(
                        defined("yml", "app.servers:2", "app.hosts:9", "app.after:14", "flat:15", "last:17"));
    }

    @Test
    void yamlKeys_besideQuotedTextsAndAnchors_areThoseThatTheFileDefines() {
        assertThat(definedBy("yml", """
                list:
                  key: "a, \\"
                    fake: b"
                  one: 'it''s
                    fake: c'
                base: &base
                  k1: &value v
                other:
                  <<: *base
                  "quoted:key": 5
                  'it''s' : !!str x # fake: d
                --- # fake: e
                <<:
                  fake: f
                plain: a text
                  that goes on
                url: http://x:1
                alone:
                  - 'x
                  fake: g'
                below:
                  text
                %fake: h
                """))
                .containsExactlyInAnyOrder(defined(
                        "yml",
                        "list.key:2",
                        "list.one:4",
                        "base.k1:7",
                        "other.quoted;key:10",
                        "other.it's:11",
                        "plain:15",
                        "url:17",
                        "alone:18",
                        "below:21"));
    }

    @Test
    void yamlKeys_inBraces_areDefinedAsThoseOnLinesAre() {
        assertThat(definedBy("yml", """
                inner: {key: 5, "more": {a: b, 'c,d': [x: y]}, empty: {},
                  <<: *x, <<: {no: 1}, # comment: z
                  url: http://x }
                none: {}
                list: [{a: b}]
                cut: {a: 1
                on: 2
                """))
                .containsExactlyInAnyOrder(defined(
                        "yml",
                        "inner.key:1",
                        "inner.more.a:1",
                        "inner.more.c,d:1",
                        "inner.empty:1",
                        "inner.url:3",
                        "none:4",
                        "list:5",
                        "cut.a:6"));
    }

    @Test
    void yamlKeys_besideWhatBuildsFillIn_areRead() {
        assertThat(definedBy("yml", """
                info:
                  version: @project.version@
                  name: x
                \tbad
                after: `y`
                last: 1
                """))
                .containsExactlyInAnyOrder(defined("yml", "info.version:2", "info.name:3", "after:5", "last:6"));
    }

    @Test
    void yamlKeys_ofTextsMadeToBeSlow_areReadInTime() {
        String begin = "begin: 1\n";
        for (String text : List.of(
                "a: " + "{".repeat(100_000),
                "- ".repeat(100_000),
                "a: {\n".repeat(30_000),
                "{a: 1, b: ".repeat(30_000),
                "b: \"\n" + "c: '\n".repeat(30_000),
                "a: @b\n".repeat(30_000),
                "? ".repeat(100_000),
                "a: &x *x\n".repeat(10_000))) {
            assertThat(definedBy("yml", begin + text)).anyMatch(line -> line.startsWith(" -> begin "));
        }
    }

    @Test
    void propertiesKeys_withEscapesAndIndexes_areThoseOfTheFile() {
        assertThat(definedBy("properties", """
                long.value=a\\\\\\
                fake.key=1
                path=c:\\\\
                app.hosts[0]=q
                app.hosts[1].name=r
                with\\ space\\=x = 1
                map[a.b]=1
                """))
                .containsExactlyInAnyOrder(defined(
                        "properties",
                        "long.value:1",
                        "path:3",
                        "app.hosts:4 | src/main/resources/application.properties;5",
                        "with space=x:6",
                        "map[a.b]:7"));
    }

    @Test
    void configurationKeys_belowWhatIsBoundAsAWhole_defineItToo() {
        Graph.write(root, "application.yml", """
                app:
                  labels:
                    k: v
                  hosts: [a]
                  plain: 1
                  pool:
                    maxSize: 1
                """);
        Graph.write(root, "application-dev.properties", "app.hosts[0]=q\napp.labels[x.y]=z\n");
        Concepts.write(root, """
                // A.java
                import org.springframework.boot.context.properties.ConfigurationProperties;
                import org.springframework.beans.factory.annotation.Value;
                @ConfigurationProperties("app") class A {
                    java.util.Map<String, String> labels;
                    java.util.List<String> hosts;
                    Pool pool;
                }
                class Pool { int maxSize; @Value("${app}") String other; }
                """);
        assertThat(edges(EdgeKind.DEFINES))
                .containsExactlyInAnyOrder(
                        " -> app.labels | application-dev.properties:2 | application.yml:3",
                        " -> app.labels.k | application.yml:3",
                        " -> app.labels[x.y] | application-dev.properties:2",
                        " -> app.hosts | application-dev.properties:1 | application.yml:4",
                        " -> app.plain | application.yml:5",
                        " -> app.pool.max-size | application.yml:7");
    }
}
