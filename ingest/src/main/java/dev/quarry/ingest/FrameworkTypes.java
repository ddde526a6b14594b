package dev.quarry.ingest;

import java.util.Map;
import java.util.Set;

/**
 * Types of well-known frameworks by their package: with several wildcard imports of missing jars they tell which one a name
 * comes from.
 */
final class FrameworkTypes {
    private static final Set<String> INJECTION = Set.of("Inject", "Named", "Provider", "Qualifier", "Singleton");
    private static final Set<String> PERSISTENCE = Set.of(
            "Basic",
            "Column",
            "CascadeType",
            "ElementCollection",
            "Embeddable",
            "Embedded",
            "EmbeddedId",
            "Entity",
            "EntityManager",
            "Enumerated",
            "FetchType",
            "GeneratedValue",
            "GenerationType",
            "Id",
            "JoinColumn",
            "JoinTable",
            "ManyToMany",
            "ManyToOne",
            "MappedSuperclass",
            "NamedNativeQuery",
            "NamedQueries",
            "NamedQuery",
            "OneToMany",
            "OneToOne",
            "OrderBy",
            "PersistenceContext",
            "SecondaryTable",
            "Table",
            "Temporal",
            "Transient",
            "Version");
    private static final Set<String> REST = Set.of(
            "ApplicationPath",
            "Consumes",
            "DELETE",
            "DefaultValue",
            "GET",
            "HEAD",
            "HttpMethod",
            "OPTIONS",
            "PATCH",
            "POST",
            "PUT",
            "Path",
            "PathParam",
            "Produces",
            "QueryParam");

    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry(
                    "org.springframework.web.bind.annotation",
                    Set.of(
                            "ControllerAdvice",
                            "DeleteMapping",
                            "ExceptionHandler",
                            "GetMapping",
                            "ModelAttribute",
                            "PatchMapping",
                            "PathVariable",
                            "PostMapping",
                            "PutMapping",
                            "RequestBody",
                            "RequestHeader",
                            "RequestMapping",
                            "RequestMethod",
                            "RequestParam",
                            "ResponseBody",
                            "ResponseStatus",
                            "RestController",
                            "RestControllerAdvice")),
            Map.entry(
                    "org.springframework.web.service.annotation",
                    Set.of(
                            "DeleteExchange",
                            "GetExchange",
                            "HttpExchange",
                            "PatchExchange",
                            "PostExchange",
                            "PutExchange")),
            Map.entry("org.springframework.stereotype", Set.of("Component", "Controller", "Repository", "Service")),
            Map.entry(
                    "org.springframework.beans.factory.annotation",
                    Set.of("Autowired", "Lookup", "Qualifier", "Required", "Value")),
            Map.entry(
                    "org.springframework.context.annotation",
                    Set.of(
                            "Bean",
                            "ComponentScan",
                            "Conditional",
                            "Configuration",
                            "DependsOn",
                            "Import",
                            "Lazy",
                            "Primary",
                            "Profile",
                            "PropertySource",
                            "Scope")),
            Map.entry("jakarta.inject", INJECTION),
            Map.entry("javax.inject", INJECTION),
            Map.entry("jakarta.annotation", Set.of("PostConstruct", "PreDestroy", "Resource")),
            Map.entry("javax.annotation", Set.of("PostConstruct", "PreDestroy", "Resource")),
            Map.entry("jakarta.persistence", PERSISTENCE),
            Map.entry("javax.persistence", PERSISTENCE),
            Map.entry("jakarta.ws.rs", REST),
            Map.entry("javax.ws.rs", REST),
            Map.entry(
                    "org.apache.ibatis.annotations",
                    Set.of("Delete", "Insert", "Mapper", "Options", "Param", "Result", "Results", "Select", "Update")),
            Map.entry(
                    "lombok",
                    Set.of(
                            "AllArgsConstructor",
                            "Builder",
                            "Cleanup",
                            "Data",
                            "Getter",
                            "NoArgsConstructor",
                            "RequiredArgsConstructor",
                            "Setter",
                            "ToString",
                            "Value")));

    private FrameworkTypes() {}

    /** Whether a framework has a type of this simple name in this package. */
    static boolean contains(String packageName, String simpleName) {
        return TYPES.getOrDefault(packageName, Set.of()).contains(simpleName);
    }
}
