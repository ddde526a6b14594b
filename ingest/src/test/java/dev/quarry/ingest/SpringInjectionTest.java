package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring's beans and where they are handed to. */
class SpringInjectionTest {
    @TempDir
    private Path root;

    private void check(EdgeKind kind, String sources, String... expected) {
        Concepts.write(root, sources);
        assertThat(Concepts.of(root).edges(kind)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void beans_ofClassesAndMethods_haveSpringsNames() {
        check(
                EdgeKind.DEFINES,
                """
                // a/A.java
                package a;
                import org.springframework.context.annotation.*;
                import org.springframework.stereotype.*;
                @org.springframework.stereotype.Service class PetService {}
                @Component("given") class Other {}
                @Service class URLService { @Component static class Inner {} }
                @Component abstract class Base {}
                @Component @interface Domain { String value() default ""; }
                @Domain class Composed {}
                @Configuration class Config {
                    @Bean String one() { return ""; }
                    @Bean({"two", "zwei"}) @Primary Runnable second() { return () -> {}; }
                    String none() { return ""; }
                }
                interface Pets extends org.springframework.data.jpa.repository.JpaRepository<String, Integer> {}
                """,
                "a.PetService -> petService(a.PetService)",
                "a.Other -> given(a.Other)",
                "a.URLService -> URLService(a.URLService)",
                "a.URLService$Inner -> URLService.Inner(a.URLService$Inner)",
                "a.Composed -> composed(a.Composed)",
                "a.Config -> config(a.Config)",
                "a.Config#one() -> one(java.lang.String)",
                "a.Config#second() -> two(java.lang.Runnable) [primary]",
                "a.Pets -> pets(a.Pets)");
    }

    @Test
    void injection_ofAClinic_isComplete() {
        check(
                EdgeKind.INJECTS,
                """
                // clinic/OwnerController.java
                package clinic;
                import org.springframework.stereotype.Controller;
                @Controller
                class OwnerController {
                    private final OwnerRepository owners;
                    OwnerController(OwnerRepository owners) { this.owners = owners; }
                }
                // clinic/OwnerRepository.java
                package clinic;
                interface OwnerRepository extends org.springframework.data.jpa.repository.JpaRepository<Object, Integer> {}
                // clinic/PetValidator.java
                package clinic;
                import org.springframework.beans.factory.annotation.*;
                import org.springframework.stereotype.Service;
                @Service
                class PetValidator {
                    @Autowired OwnerRepository field;
                    @Autowired(required = false) javax.sql.DataSource data;
                    @Autowired void setController(OwnerController controller) {}
                    @Value("${x}") String value;
                }
                // clinic/Config.java
                package clinic;
                import org.springframework.context.annotation.*;
                @Configuration
                class Config {
                    @Bean Runnable task(PetValidator validator, OwnerRepository owners) { return () -> {}; }
                }
                """,
                "clinic.OwnerController#<init>(clinic.OwnerRepository) -> ownerRepository(clinic.OwnerRepository)"
                        + " | parameter",
                "clinic.PetValidator#field -> ownerRepository(clinic.OwnerRepository) | field",
                "clinic.PetValidator#data -> javax.sql.DataSource"
                        + " [unresolved: the repository defines no bean of this type] | field",
                "clinic.PetValidator#setController(clinic.OwnerController)"
                        + " -> ownerController(clinic.OwnerController) | parameter",
                "clinic.Config#task(clinic.PetValidator,clinic.OwnerRepository)"
                        + " -> petValidator(clinic.PetValidator) | parameter",
                "clinic.Config#task(clinic.PetValidator,clinic.OwnerRepository)"
                        + " -> ownerRepository(clinic.OwnerRepository) | parameter");
    }

    private static final String CHANNELS = """
            // Channels.java
            import org.springframework.beans.factory.annotation.*;
            import org.springframework.context.annotation.Primary;
            import org.springframework.stereotype.*;
            interface Channel {}
            @Component @Primary class Mail implements Channel {}
            @Component @Qualifier("short") class Sms implements Channel {}
            interface Store<T> {}
            @Component class Texts implements Store<String> {}
            @Component class Numbers implements Store<Integer> {}
            """;

    @Test
    void injection_withSeveralCandidates_isChosenBySpringsRules() {
        check(
                EdgeKind.INJECTS,
                CHANNELS + """
                // User.java
                import org.springframework.beans.factory.annotation.*;
                import org.springframework.stereotype.*;
                import java.util.*;
                @Component class User {
                    @Autowired Channel primary;
                    @Autowired @Qualifier("short") Channel qualified;
                    @Autowired @Qualifier("sms") Channel byName;
                    @jakarta.annotation.Resource Channel sms;
                    @Autowired Store<String> texts;
                    @Autowired Store<Integer> other;
                    @Autowired Store<?> numbers;
                    @Autowired Store<?> ambiguous;
                    @Autowired List<Channel> all;
                    @Autowired Map<String, Channel> byNames;
                    @Autowired Optional<Store<String>> optional;
                    @Autowired org.springframework.beans.factory.ObjectProvider<Sms> provider;
                    @Autowired Channel[] array;
                }
                """,
                "User#primary -> mail(Mail) [primary] | field | primary",
                "User#qualified -> sms(Sms) | field | qualifier short",
                "User#byName -> sms(Sms) | field | qualifier sms",
                "User#sms -> sms(Sms) | field | name sms",
                "User#texts -> texts(Texts) | field",
                "User#other -> numbers(Numbers) | field",
                "User#numbers -> numbers(Numbers) | field | name numbers",
                "User#ambiguous -> texts(Texts) | field | ambiguous: 2 candidates",
                "User#ambiguous -> numbers(Numbers) | field | ambiguous: 2 candidates",
                "User#all -> mail(Mail) [primary] | field | collection",
                "User#all -> sms(Sms) | field | collection",
                "User#byNames -> mail(Mail) [primary] | field | collection",
                "User#byNames -> sms(Sms) | field | collection",
                "User#optional -> texts(Texts) | field",
                "User#provider -> sms(Sms) | field",
                "User#array -> mail(Mail) [primary] | field | collection",
                "User#array -> sms(Sms) | field | collection");
    }

    @Test
    void injection_intoGenericBase_takesTheSubclassArgument() {
        check(EdgeKind.INJECTS, CHANNELS + """
                // Base.java
                import org.springframework.beans.factory.annotation.Autowired;
                abstract class Base<T> { @Autowired Store<T> store; }
                @org.springframework.stereotype.Service class Words extends Base<String> {}
                """, "Base#store -> texts(Texts) | field");
    }

    @Test
    void injection_ofLombokConstructors_takesTheFields() {
        check(EdgeKind.INJECTS, CHANNELS + """
                // Services.java
                import lombok.RequiredArgsConstructor;
                import org.springframework.stereotype.Service;
                @Service @RequiredArgsConstructor class Service1 {
                    private final Sms sms;
                    private final int fixed = 1;
                    private Mail notTaken;
                    static final Mail NONE = null;
                }
                """, "Service1#sms -> sms(Sms) | field");
    }

    @Test
    void injection_ofOtherLombokConstructors_takesTheirFields() {
        check(
                EdgeKind.INJECTS,
                CHANNELS + """
                // Services.java
                import lombok.*;
                import org.springframework.stereotype.Service;
                @Service @Data class Service1 { final Sms sms; Mail notTaken; }
                @Service @Value class Service2 { Sms sms; Mail mail; }
                @Service @RequiredArgsConstructor class Service3 { @NonNull Sms sms; Mail notTaken; }
                @Service @NoArgsConstructor @AllArgsConstructor class Service4 { Sms sms; }
                @Service @NoArgsConstructor
                @AllArgsConstructor(onConstructor_ = @org.springframework.beans.factory.annotation.Autowired)
                class Service5 { Sms sms; }
                @Service @Data class Service6 { final Sms sms; Service6(Mail mail) { sms = null; } }
                """,
                "Service1#sms -> sms(Sms) | field",
                "Service2#mail -> mail(Mail) [primary] | field",
                "Service2#sms -> sms(Sms) | field",
                "Service3#sms -> sms(Sms) | field",
                "Service5#sms -> sms(Sms) | field",
                "Service6#<init>(Mail) -> mail(Mail) [primary] | parameter");
    }

    @Test
    void lookup_byClassOrName_leadsToTheBean() {
        check(
                EdgeKind.INJECTS,
                CHANNELS + """
                // Main.java
                import org.springframework.context.ApplicationContext;
                class Main {
                    void run(ApplicationContext context) {
                        context.getBean(Mail.class);
                        context.getBean("sms", Channel.class);
                    }
                }
                """,
                "Main#run(org.springframework.context.ApplicationContext) -> mail(Mail) [primary] | lookup",
                "Main#run(org.springframework.context.ApplicationContext) -> sms(Sms) | lookup | name sms");
    }

    @Test
    void injection_inSeveralApplications_staysInTheOneThatScansIt() {
        check(EdgeKind.INJECTS, """
                // shop/src/main/java/x/shop/Shop.java
                package x.shop;
                @org.springframework.boot.autoconfigure.SpringBootApplication public class Shop {}
                // shop/src/main/java/x/shop/web/Cart.java
                package x.shop.web;
                @org.springframework.stereotype.Controller class Cart { Cart(x.api.Clock clock) {} }
                // shop/src/main/java/x/shop/ShopClock.java
                package x.shop;
                @org.springframework.stereotype.Component class ShopClock implements x.api.Clock {}
                // shop/src/test/java/x/shop/TestClock.java
                package x.shop;
                @org.springframework.stereotype.Component class TestClock implements x.api.Clock {}
                // stock/src/main/java/x/stock/Stock.java
                package x.stock;
                @org.springframework.boot.autoconfigure.SpringBootApplication public class Stock {}
                // stock/src/main/java/x/stock/StockClock.java
                package x.stock;
                @org.springframework.stereotype.Component class StockClock implements x.api.Clock {}
                // api/src/main/java/x/api/Clock.java
                package x.api;
                public interface Clock {}
                """, "x.shop.web.Cart#<init>(x.api.Clock) -> shopClock(x.shop.ShopClock) | parameter");
    }

    @Test
    void lookup_ofWhatIsNotSprings_givesNoBean() {
        check(
                EdgeKind.INJECTS,
                CHANNELS + """
                        // User.java
                        import org.springframework.context.*;
                        class Registry { Object getBean(Class<?> type) { return null; } }
                        class Holder implements ApplicationContextAware {
                            static Object getBean(Class<?> type) { return null; }
                            public void setApplicationContext(ApplicationContext context) {}
                        }
                        class User {
                            void no(Registry registry) { registry.getBean(Sms.class); }
                            void holder() { Holder.getBean(Sms.class); }
                            void context(ApplicationContext context) { context.getBean(Sms.class); }
                            void unknown() { missing().getBean(Sms.class); }
                        }
                        """,
                "User#holder() -> sms(Sms) | lookup",
                "User#context(org.springframework.context.ApplicationContext) -> sms(Sms) | lookup",
                "User#unknown() -> sms(Sms) | lookup");
    }

    @Test
    void injection_byAWildcard_fitsByTheHierarchyOfTheJdkToo() {
        check(
                EdgeKind.INJECTS,
                """
                // Conv.java
                import org.springframework.beans.factory.annotation.*;
                import org.springframework.stereotype.*;
                interface Conv<S, T> {}
                interface Shape {}
                @Component class ToInteger implements Conv<String, Integer> {}
                @Component class ToText implements Conv<String, String> {}
                @Component class ToUnknown implements Conv<String, lib.Unknown> {}
                class User {
                    @Autowired Conv<String, ? extends Number> one;
                    @Autowired java.util.List<Conv<String, ? extends CharSequence>> all;
                    @Autowired Conv<String, ? extends Shape> none;
                }
                """,
                "User#one -> toInteger(ToInteger) | field | ambiguous: 2 candidates",
                "User#one -> toUnknown(ToUnknown) | field | ambiguous: 2 candidates",
                "User#all -> toText(ToText) | field | collection",
                "User#all -> toUnknown(ToUnknown) | field | collection",
                "User#none -> Conv<java.lang.String,? extends Shape> [unresolved: the repository defines no bean of"
                        + " this type] | field");
    }

    @Test
    void injection_withAQualifierThatNoBeanHas_saysSo() {
        check(
                EdgeKind.INJECTS,
                CHANNELS + """
                        // User.java
                        import org.springframework.beans.factory.annotation.*;
                        @Qualifier @interface Red {}
                        class User {
                            @Autowired @Qualifier("nope") Channel text;
                            @Autowired @Qualifier("nope") java.util.List<Channel> all;
                            @Autowired @Red Channel own;
                            @jakarta.annotation.Resource(name = "gone") Channel named;
                            @Autowired @Qualifier("nope") Runnable other;
                        }
                        """,
                "User#text -> Channel \"nope\" [unresolved: no bean of this type has this qualifier or name]"
                        + " | field | qualifier nope",
                "User#all -> Channel \"nope\" [unresolved: no bean of this type has this qualifier or name] | field |"
                        + " collection",
                "User#own -> Channel @Red [unresolved: no bean of this type has this qualifier or name] | field",
                "User#named -> Channel \"gone\" [unresolved: no bean of this type has this qualifier or name] | field"
                        + " | name gone",
                "User#other -> java.lang.Runnable [unresolved: the repository defines no bean of this type] | field |"
                        + " qualifier nope");
    }
}
