package dev.quarry.graphdb;

import dev.quarry.schema.Migration;
import dev.quarry.schema.Relations;
import dev.quarry.schema.SchemaVersions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a store that was just opened to the current schema: creates its relations, or runs the migrations it lacks. */
final class StoreSchema {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSchema.class);
    private static final Script META = new Script("?[key, value] := *meta{key, value}");
    private static final Script RELATIONS = new Script("::relations");

    private final Engine engine;
    private final String place;

    StoreSchema(Engine engine, String place) {
        this.engine = engine;
        this.place = place;
    }

    /**
     * Makes the store current and gives what it knows about itself.
     *
     * @throws dev.quarry.schema.QuarryException if the store is newer than this code, or is no store of ours
     */
    Map<String, String> bringUp() {
        if (isEmpty()) {
            create();
        }
        Map<String, String> meta = meta();
        for (Migration step : SchemaVersions.stepsFrom(version(meta), place)) {
            LOG.info("{}: schema {} to {}: {}", place, step.from(), step.from() + 1, step.what());
            engine.execute(inOneTransaction(step.scripts().stream(), step.from() + 1), new Params());
        }
        return meta();
    }

    private boolean isEmpty() {
        try (Rows rows = engine.read(RELATIONS, new Params())) {
            return rows.count() == 0;
        }
    }

    private void create() {
        Stream<String> scripts = Relations.all().stream()
                .flatMap(relation ->
                        Stream.concat(Stream.of(relation.createScript()), relation.indexScripts().stream()));
        engine.execute(inOneTransaction(scripts, SchemaVersions.CURRENT), new Params());
    }

    /** All scripts and the note of the version that they lead to, so that a store never lies between two versions. */
    private static String inOneTransaction(Stream<String> scripts, int version) {
        String note = "?[key, value] <- [['" + Meta.SCHEMA + "', '" + version + "']] :put meta {key => value}";
        StringBuilder all = new StringBuilder();
        Stream.concat(scripts, Stream.of(note))
                .forEach(script -> all.append("{ ").append(script).append(" }\n"));
        return all.toString();
    }

    /** What the store knows about itself. */
    Map<String, String> meta() {
        try (Rows rows = engine.read(META, new Params())) {
            Map<String, String> meta = new TreeMap<>();
            for (int row = 0; row < rows.count(); row++) {
                meta.put(rows.text(0, row), rows.text(1, row));
            }
            return meta;
        } catch (EngineException e) {
            if (e.code().equals("query::relation_not_found")) {
                throw EngineFailures.damaged(place, "it has no relation 'meta'", e);
            }
            throw e;
        }
    }

    private int version(Map<String, String> meta) {
        String version = meta.getOrDefault(Meta.SCHEMA, "");
        try {
            return Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw EngineFailures.damaged(place, "its schema version is '" + version + "'", e);
        }
    }
}
