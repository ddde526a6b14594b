package dev.quarry.ingest;

import java.util.Locale;

/** Names of tables, written as one: databases do not tell large from small letters where nothing is quoted. */
final class TableNames {
    private TableNames() {}

    /** A name that a statement or a mapping writes. */
    static String ofSql(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The name that Spring Boot makes of one of a mapping: small, its words apart by underscores. */
    static String ofBoot(String name) {
        return name.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
