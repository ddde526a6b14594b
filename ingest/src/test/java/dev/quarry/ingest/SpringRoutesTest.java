package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of Spring's controllers and declared clients. */
class SpringRoutesTest {
    @TempDir
    private Path root;

    private void check(EdgeKind kind, String sources, String... expected) {
        Concepts.write(root, sources);
        assertThat(Concepts.of(root).edges(kind)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void route_ofAClinic_hasPrefixVerbAndHandler() {
        check(
                EdgeKind.HANDLED_BY,
                """
                // clinic/OwnerController.java
                package clinic;
                import org.springframework.stereotype.Controller;
                import org.springframework.web.bind.annotation.*;
                @Controller
                class OwnerController {
                    @ModelAttribute("owner") String owner(@PathVariable(required = false) Integer ownerId) { return ""; }
                    @GetMapping("/owners/new") String form() { return "form"; }
                    @PostMapping("/owners/new") String create() { return "form"; }
                    @GetMapping("/owners") String list(@RequestParam(defaultValue = "1") int page) { return "list"; }
                    @GetMapping("/owners/{ownerId}") String show(@PathVariable("ownerId") int id) { return "show"; }
                }
                // clinic/PetController.java
                package clinic;
                import org.springframework.stereotype.Controller;
                import org.springframework.web.bind.annotation.*;
                @Controller
                @RequestMapping("/owners/{ownerId}")
                class PetController {
                    @GetMapping("/pets/new") String form() { return "form"; }
                    @PostMapping(path = "pets/{petId}/edit") String edit() { return "form"; }
                }
                // clinic/VetController.java
                package clinic;
                import org.springframework.web.bind.annotation.GetMapping;
                import org.springframework.web.bind.annotation.RestController;
                @RestController
                class VetController {
                    @GetMapping({"/vets.html", "/vets"}) String vets() { return ""; }
                }
                // clinic/WelcomeController.java
                package clinic;
                @org.springframework.stereotype.Controller
                class WelcomeController {
                    @org.springframework.web.bind.annotation.GetMapping("/") String welcome() { return ""; }
                }
                """,
                "GET / -> clinic.WelcomeController#welcome()",
                "GET /owners -> clinic.OwnerController#list(int)",
                "GET /owners/new -> clinic.OwnerController#form()",
                "GET /owners/{ownerId} -> clinic.OwnerController#show(int)",
                "GET /owners/{ownerId}/pets/new -> clinic.PetController#form()",
                "GET /vets -> clinic.VetController#vets()",
                "GET /vets.html -> clinic.VetController#vets()",
                "POST /owners/new -> clinic.OwnerController#create()",
                "POST /owners/{ownerId}/pets/{petId}/edit -> clinic.PetController#edit()");
    }

    @Test
    void route_withConstantsOfOtherFiles_isFolded() {
        check(
                EdgeKind.HANDLED_BY,
                """
                // a/Api.java
                package a;
                import org.springframework.web.bind.annotation.*;
                @RestController
                @RequestMapping(Paths.BASE + "/items")
                class Api {
                    private static final String ONE = "/{" + Paths.ID + "}";
                    @GetMapping(ONE) void one() {}
                    @GetMapping(value = {ONE + "/a", Paths.Inner.B}, params = {"x", "!y"}) void two() {}
                    @PutMapping(elsewhere.Missing.PATH + "/c") void three() {}
                }
                // b/Z.java
                package b;
                public class Z { public static final String ROOT = "/api"; }
                // a/Paths.java
                package a;
                interface Paths {
                    String BASE = b.Z.ROOT + "/v" + 2;
                    String ID = "id";
                    interface Inner { String B = "b"; }
                }
                """,
                "GET /api/v2/items/{id} -> a.Api#one()",
                "GET /api/v2/items/{id}/a -> a.Api#two() | params=x,!y",
                "GET /api/v2/items/b -> a.Api#two() | params=x,!y",
                "PUT /api/v2/items/<PATH>/c -> a.Api#three()");
    }

    @Test
    void route_withSeveralOrNoVerbs_namesEachOrAll() {
        check(
                EdgeKind.HANDLED_BY,
                """
                // A.java
                import static org.springframework.web.bind.annotation.RequestMethod.PUT;
                import org.springframework.web.bind.annotation.*;
                @RestController
                @RequestMapping(value = {"/a", "/b/"}, produces = "text/plain", headers = "h=1")
                class A {
                    @RequestMapping(method = {RequestMethod.GET, PUT}) void two() {}
                    @RequestMapping(path = "/any", produces = "text/html", consumes = "x/y") void any() {}
                }
                """,
                "GET /a -> A#two() | headers=h=1; produces=text/plain",
                "GET /b/ -> A#two() | headers=h=1; produces=text/plain",
                "PUT /a -> A#two() | headers=h=1; produces=text/plain",
                "PUT /b/ -> A#two() | headers=h=1; produces=text/plain",
                "* /a/any -> A#any() | headers=h=1; consumes=x/y; produces=text/html",
                "* /b/any -> A#any() | headers=h=1; consumes=x/y; produces=text/html");
    }

    @Test
    void route_inheritedFromInterfaceOrSuperclass_isThatOfTheConcreteController() {
        check(
                EdgeKind.HANDLED_BY,
                """
                // A.java
                import org.springframework.web.bind.annotation.*;
                @RequestMapping("/api")
                interface Api<T> {
                    @GetMapping("/{id}") T get(T id);
                    @DeleteMapping("/{id}") default void delete(T id) {}
                }
                abstract class Base {
                    @PostMapping("/base") public void base() {}
                    @PostMapping("/over") public void over() {}
                }
                @RestController
                class Impl extends Base implements Api<String> {
                    public String get(String id) { return id; }
                    @Override public void over() {}
                    public void other() {}
                }
                class NoController implements Api<String> {
                    public String get(String id) { return id; }
                }
                """,
                "GET /api/{id} -> Impl#get(java.lang.String)",
                "DELETE /api/{id} -> Api#delete(java.lang.Object)",
                "POST /api/base -> Base#base()",
                "POST /api/over -> Impl#over()");
    }

    @Test
    void route_ofComposedAnnotations_takesTheirValues() {
        check(
                EdgeKind.HANDLED_BY,
                """
                // A.java
                import org.springframework.core.annotation.AliasFor;
                import org.springframework.web.bind.annotation.*;
                @RestController @RequestMapping("/admin") @interface AdminApi {}
                @RequestMapping(method = RequestMethod.GET, produces = "application/json") @interface JsonGet {
                    @AliasFor(annotation = RequestMapping.class, attribute = "path") String[] value() default {};
                }
                @GetMapping("/fixed") @interface Fixed {}
                @PostMapping @interface Command {
                    @AliasFor(annotation = PostMapping.class, attribute = "value") String at();
                }
                @AdminApi
                class A {
                    @JsonGet("/x") void x() {}
                    @Fixed void fixed() {}
                    @Command(at = "/run") void run() {}
                }
                """,
                "GET /admin/x -> A#x() | produces=application/json",
                "GET /admin/fixed -> A#fixed()",
                "POST /admin/run -> A#run()");
    }

    @Test
    void route_whereTheAnnotationsAreSources_isTheSame() {
        check(EdgeKind.HANDLED_BY, """
                // org/springframework/stereotype/Controller.java
                package org.springframework.stereotype;
                public @interface Controller { String value() default ""; }
                // org/springframework/web/bind/annotation/RequestMethod.java
                package org.springframework.web.bind.annotation;
                public enum RequestMethod { GET, HEAD }
                // org/springframework/web/bind/annotation/RequestMapping.java
                package org.springframework.web.bind.annotation;
                public @interface RequestMapping {
                    String[] value() default {};
                    RequestMethod[] method() default {};
                }
                // A.java
                import org.springframework.stereotype.Controller;
                import org.springframework.web.bind.annotation.*;
                @Controller
                @RequestMapping(A.P)
                class A {
                    static final String P = "/p";
                    @RequestMapping(value = P + P, method = {RequestMethod.GET, RequestMethod.HEAD}) void a() {}
                }
                """, "GET /p/p/p -> A#a()", "HEAD /p/p/p -> A#a()");
    }

    @Test
    void client_ofFeignAndHttpExchange_requestsRoutes() {
        check(
                EdgeKind.REQUESTS,
                """
                // A.java
                import org.springframework.cloud.openfeign.FeignClient;
                import org.springframework.web.bind.annotation.*;
                import org.springframework.web.service.annotation.*;
                @FeignClient(name = "visits", path = "/v1")
                interface Visits {
                    @GetMapping("/pets/{id}") String pet(@PathVariable int id);
                    @RequestMapping(method = RequestMethod.POST, value = "/pets") String add();
                }
                @HttpExchange("/repos")
                interface Repos {
                    @GetExchange("/{name}") String get(String name);
                    @HttpExchange(method = "PATCH", url = "/{name}") void patch(String name);
                }
                """,
                "Visits#pet(int) -> GET /v1/pets/{id} | visits",
                "Visits#add() -> POST /v1/pets | visits",
                "Repos#get(java.lang.String) -> GET /repos/{name}",
                "Repos#patch(java.lang.String) -> PATCH /repos/{name}");
    }
}
