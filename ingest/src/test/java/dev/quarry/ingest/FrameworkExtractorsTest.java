package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JAX-RS, configuration and messages. */
class FrameworkExtractorsTest {
    @TempDir
    private Path root;

    private void check(EdgeKind kind, String sources, String... expected) {
        Concepts.write(root, sources);
        assertThat(Concepts.of(root).edges(kind)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void route_ofJaxRsResource_joinsApplicationClassAndMethod() {
        check(
                EdgeKind.HANDLED_BY,
                """
                // App.java
                @jakarta.ws.rs.ApplicationPath("/api") class App {}
                // Pets.java
                import jakarta.ws.rs.*;
                @Path("pets/") @Produces("application/json")
                class Pets implements Shared {
                    @GET public String all() { return ""; }
                    @POST @Path("/{id}") @Consumes({"a/b", "c/d"}) public void add() {}
                    @Lock @Path("lock") public void lock() {}
                    public void shared(int id) {}
                    @Path("sub") public Object locator() { return this; }
                }
                // Shared.java
                import jakarta.ws.rs.*;
                interface Shared { @DELETE @Path("{id}") void shared(int id); }
                @HttpMethod("LOCK") @interface Lock {}
                """,
                "GET /api/pets -> Pets#all() | produces=application/json",
                "POST /api/pets/{id} -> Pets#add() | consumes=a/b,c/d; produces=application/json",
                "LOCK /api/pets/lock -> Pets#lock() | produces=application/json",
                "DELETE /api/pets/{id} -> Pets#shared(int) | produces=application/json");
    }

    @Test
    void configuration_ofFieldsParametersAndLookups_leadsToKeys() {
        check(
                EdgeKind.CONFIGURED_BY,
                """
                // A.java
                import org.springframework.beans.factory.annotation.Value;
                import org.springframework.boot.context.properties.ConfigurationProperties;
                import org.springframework.core.env.Environment;
                class A {
                    private static final String KEY = "mail.from";
                    @Value("${" + KEY + "}") String from;
                    @Value("${a.url:none}/${b.path}") String url;
                    A(@Value("${size:3}") int size) {}
                    String read(Environment environment) {
                        System.getProperty("user.home");
                        return environment.getProperty(KEY);
                    }
                }
                @ConfigurationProperties(prefix = "shop") class Shop { int maxItems; String name; static int none; }
                """,
                "A#from -> mail.from",
                "A#url -> a.url | default none",
                "A#url -> b.path",
                "A#<init>(int) -> size | default 3",
                "A#read(org.springframework.core.env.Environment) -> mail.from",
                "Shop#maxItems -> shop.max-items",
                "Shop#name -> shop.name");
    }

    @Test
    void placeholder_withinAnother_leadsToItsKeyToo() {
        check(
                EdgeKind.CONFIGURED_BY,
                """
                // A.java
                import org.springframework.beans.factory.annotation.Value;
                class A {
                    @Value("${k.a:${k.b:x}}") String nested;
                    @Value("${k.c:a:b} ${k.${k.d}.e}") String computed;
                    @Value("#{'${k.f}'.split(',')}") String[] split;
                    @Value("${k.g:#{null}} } ${k.h") String open;
                }
                """,
                "A#nested -> k.a | default ${k.b:x}",
                "A#nested -> k.b | default x",
                "A#computed -> k.c | default a:b",
                "A#computed -> k.d",
                "A#split -> k.f",
                "A#open -> k.g | default #{null}");
    }

    @Test
    void configuration_ofClassesWithinEachOther_leadsToTheKeysOfTheirFields() {
        check(
                EdgeKind.CONFIGURED_BY,
                """
                // Props.java
                import org.springframework.boot.context.properties.*;
                import org.springframework.boot.context.properties.bind.Name;
                @ConfigurationProperties("app") class Props extends Base<Props.Pool> {
                    Pool firstPool; Level level; Cycle cycle; Filled filled; java.util.List<Pool> pools;
                    static class Pool { int maxSize; }
                    enum Level { LOW; int number; }
                }
                class Base<T> { T inherited; }
                @org.springframework.stereotype.Component class Filled { String not; }
                class Cycle { Cycle next; Empty empty; }
                class Empty {}
                @ConfigurationProperties(prefix = "rec") record Rec(String url, @Name("the-port") int port) {}
                @ConfigurationProperties("built") class Built {
                    final int port;
                    Built(@Name("builtPort") int port) { this.port = port; }
                }
                // Config.java
                import org.springframework.boot.context.properties.ConfigurationProperties;
                class Config {
                    @ConfigurationProperties("ds.main") Source source() { return null; }
                    @ConfigurationProperties("ds.other") javax.sql.DataSource other() { return null; }
                    @ConfigurationProperties void none() {}
                }
                // Source.java
                class Source { String url; }
                """,
                "Props$Pool#maxSize -> app.first-pool.max-size",
                "Props#level -> app.level",
                "Cycle#next -> app.cycle.next",
                "Cycle#empty -> app.cycle.empty",
                "Props#filled -> app.filled",
                "Props#pools -> app.pools",
                "Props$Pool#maxSize -> app.inherited.max-size",
                "Rec#url -> rec.url",
                "Rec#port -> rec.the-port",
                "Built#port -> built.built-port",
                "Source#url -> ds.main.url",
                "Config#other() -> ds.other");
    }

    @Test
    void schedule_always_isWhatTheMethodListensTo() {
        check(
                EdgeKind.LISTENS_TO,
                """
                // A.java
                import org.springframework.scheduling.annotation.*;
                class A {
                    private static final long SECOND = 1000;
                    @Scheduled(cron = "0 0 * * * *", zone = "UTC") void hourly() {}
                    @Schedules({@Scheduled(fixedRate = 5 * SECOND), @Scheduled(initialDelay = 1, fixedDelay = 2)})
                    void both() {}
                }
                """,
                "A#hourly() -> schedule cron=0 0 * * * * zone=UTC | scheduled",
                "A#both() -> schedule fixedRate=5000 | scheduled",
                "A#both() -> schedule fixedDelay=2 initialDelay=1 | scheduled");
    }

    private static final String MESSAGES = """
            // A.java
            import org.springframework.context.*;
            import org.springframework.context.event.EventListener;
            import org.springframework.kafka.annotation.KafkaListener;
            import org.springframework.kafka.core.KafkaTemplate;
            class Placed {}
            class A implements ApplicationListener<Placed> {
                private static final String TOPIC = "orders";
                private ApplicationEventPublisher publisher;
                private KafkaTemplate<String, String> kafka;
                void place() { publisher.publishEvent(new Placed()); }
                void send(String any) { kafka.send(TOPIC, any); kafka.send(any, any); }
                @EventListener void placed(Placed event) {}
                @EventListener(classes = Placed.class) void nothing() {}
                public void onApplicationEvent(Placed event) {}
                @KafkaListener(topics = {TOPIC, "${other.topic}"}) void receive(String text) {}
            }
            """;

    @Test
    void message_whereSent_leadsToEventOrTopic() {
        check(EdgeKind.PUBLISHES, MESSAGES, "A#place() -> Placed", "A#send(java.lang.String) -> orders | kafka");
    }

    @Test
    void message_whereListenedTo_leadsToEventOrTopic() {
        check(
                EdgeKind.LISTENS_TO,
                MESSAGES,
                "A#placed(Placed) -> Placed",
                "A#nothing() -> Placed",
                "A#onApplicationEvent(Placed) -> Placed",
                "A#receive(java.lang.String) -> orders | kafka",
                "A#receive(java.lang.String) -> ${other.topic} | kafka");
    }

    @Test
    void kafkaListener_repeatedOrAtAClass_leadsToEachTopic() {
        check(
                EdgeKind.LISTENS_TO,
                """
                // A.java
                import org.springframework.kafka.annotation.*;
                class A {
                    @KafkaListener(topics = "tx") @KafkaListener(topics = "ty") void repeated(String text) {}
                    @KafkaListeners({@KafkaListener(topics = "tz"), @KafkaListener(topicPattern = "t.*")})
                    void held() {}
                }
                @KafkaListener(topics = "tc") class B {
                    @KafkaHandler void first(String text) {}
                    @KafkaHandler void second(Integer number) {}
                    void none(Integer number) {}
                }
                """,
                "A#repeated(java.lang.String) -> tx | kafka",
                "A#repeated(java.lang.String) -> ty | kafka",
                "A#held() -> tz | kafka",
                "A#held() -> t.* | kafka",
                "B#first(java.lang.String) -> tc | kafka",
                "B#second(java.lang.Integer) -> tc | kafka");
    }

    @Test
    void applicationListener_belowAGenericOne_listensToTheEventThatItChooses() {
        check(
                EdgeKind.LISTENS_TO,
                """
                // Base.java
                import org.springframework.context.*;
                abstract class Base<E extends ApplicationEvent> implements ApplicationListener<E> {}
                abstract class Full<E extends ApplicationEvent> extends Base<E> {
                    public void onApplicationEvent(E event) {}
                }
                class Mine extends ApplicationEvent { Mine(Object source) { super(source); } }
                class Other extends ApplicationEvent { Other(Object source) { super(source); } }
                // Uses.java
                class OfMine extends Base<Mine> {
                    @Override public void onApplicationEvent(Mine event) {}
                    public void onApplicationEvent(String none) {}
                }
                class OfOther extends Full<Other> {}
                class OfBoth extends Full<Mine> {}
                """,
                "OfMine#onApplicationEvent(Mine) -> Mine",
                "Full#onApplicationEvent(org.springframework.context.ApplicationEvent) -> Other",
                "Full#onApplicationEvent(org.springframework.context.ApplicationEvent) -> Mine");
    }
}
