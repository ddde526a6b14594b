package dev.quarry.ingest;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods whose calls frameworks give a meaning. */
final class FrameworkCalls {
    private static final Set<String> ANYWHERE =
            Set.of("publishEvent", "getBean", "getBeanProvider", "send", "getProperty", "getRequiredProperty");

    private static final List<String> PERSISTENCE =
            List.of("jakarta.persistence.", "javax.persistence.", "org.hibernate.");
    private static final List<String> SESSION = List.of("org.apache.ibatis.session.", "org.mybatis.spring.");
    private static final List<String> JDBC = List.of("org.springframework.jdbc.", "java.sql.");
    private static final List<String> LOADER = List.of("java.util.ServiceLoader");

    /** Methods by their names, with the packages or types that they are called on. */
    private static final Map<String, List<String>> BY_RECEIVER = Map.ofEntries(
            Map.entry("createQuery", PERSISTENCE),
            Map.entry("createNativeQuery", PERSISTENCE),
            Map.entry("createNamedQuery", PERSISTENCE),
            Map.entry("createSQLQuery", PERSISTENCE),
            Map.entry("selectOne", SESSION),
            Map.entry("selectList", SESSION),
            Map.entry("selectMap", SESSION),
            Map.entry("selectCursor", SESSION),
            Map.entry("select", SESSION),
            Map.entry("insert", SESSION),
            Map.entry("delete", SESSION),
            Map.entry(
                    "update",
                    List.of("org.apache.ibatis.session.", "org.mybatis.spring.", "org.springframework.jdbc.")),
            Map.entry("query", JDBC),
            Map.entry("queryForObject", JDBC),
            Map.entry("queryForList", JDBC),
            Map.entry("queryForMap", JDBC),
            Map.entry("batchUpdate", JDBC),
            Map.entry("execute", JDBC),
            Map.entry("executeQuery", JDBC),
            Map.entry("executeUpdate", JDBC),
            Map.entry("prepareStatement", JDBC),
            Map.entry("prepareCall", JDBC),
            Map.entry("sql", JDBC),
            Map.entry("load", LOADER),
            Map.entry("loadInstalled", LOADER));

    private FrameworkCalls() {}

    /** Whether calls of methods of this name may matter. */
    static boolean isMethod(String name) {
        return ANYWHERE.contains(name) || BY_RECEIVER.containsKey(name);
    }

    /** Whether a call on this type matters; where the type is not known, only one to a session of MyBatis may. */
    static boolean matters(String method, String receiver) {
        List<String> wanted = BY_RECEIVER.get(method);
        return wanted == null
                || wanted.stream().anyMatch(receiver::startsWith)
                || (receiver.isEmpty() && method.startsWith("select"));
    }

    /** Whether a call says something only by a constant text as its first argument. */
    static boolean wantsText(String method) {
        return BY_RECEIVER.containsKey(method) && !method.startsWith("load");
    }
}
