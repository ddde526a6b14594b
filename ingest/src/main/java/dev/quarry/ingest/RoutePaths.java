package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;

/** Paths of routes, joined as Spring's path patterns are. */
final class RoutePaths {
    private RoutePaths() {}

    /** Each prefix with each path; no prefix or no path counts as an empty one. */
    static List<String> combine(List<String> prefixes, List<String> paths) {
        List<String> all = new ArrayList<>();
        for (String prefix : prefixes.isEmpty() ? List.of("") : prefixes) {
            for (String path : paths.isEmpty() ? List.of("") : paths) {
                all.add(combine(rooted(prefix), rooted(path)));
            }
        }
        return all;
    }

    private static String rooted(String path) {
        String stripped = path.strip();
        return stripped.isEmpty() || stripped.startsWith("/") || stripped.startsWith("${") ? stripped : "/" + stripped;
    }

    private static String combine(String prefix, String path) {
        if (prefix.isEmpty()) {
            return path.isEmpty() ? "/" : path;
        }
        if (path.isEmpty()) {
            return prefix;
        }
        String start = prefix.endsWith("/*") ? prefix.substring(0, prefix.length() - 2) : prefix;
        boolean twoSlashes = start.endsWith("/") && path.startsWith("/");
        boolean none = !start.endsWith("/") && !path.startsWith("/");
        return twoSlashes ? start + path.substring(1) : none ? start + "/" + path : start + path;
    }
}
