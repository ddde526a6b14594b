package dev.quarry.schema;

import java.util.List;

/** From version 2 to 3: two relations say which derived facts the store holds, so that equal ones are not compared again. */
final class DerivedRelations {
    static final Migration STEP = new Migration(
            2,
            "derived facts are noted",
            List.of(":create derived {part: Int => digest: Bytes}", ":create concept {id: Bytes}"));

    private DerivedRelations() {}
}
