package dev.quarry.ingest;

import java.util.HashMap;
import java.util.Map;

/** Which file of a module declares each top-level type first. */
final class DuplicateTypes {
    private final Map<String, String> owners = new HashMap<>();
    private int refused;

    /** Forgets what the module before declared, and keeps the count. */
    void beginModule() {
        owners.clear();
    }

    /** Notes a top-level type; the first file stays its owner. */
    void declare(String qualifiedName, String path) {
        owners.putIfAbsent(qualifiedName, path);
    }

    /** Notes a top-level type; whether this file is its owner. */
    boolean claim(String qualifiedName, String path) {
        String owner = owners.putIfAbsent(qualifiedName, path);
        return owner == null || owner.equals(path);
    }

    /** Why a type is not in the graph; counts it. */
    String explain(String qualifiedName, String path) {
        refused++;
        String owner = owners.get(qualifiedName);
        return owner == null || owner.equals(path)
                ? qualifiedName + " is declared twice in this file"
                : qualifiedName + " is not indexed: " + owner + " declares it already";
    }

    /** How many types were left out. */
    int refused() {
        return refused;
    }
}
