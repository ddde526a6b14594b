package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void createScript_relationWithValues_separatesKeysFromValues() {
        assertThat(Relations.META.createScript()).isEqualTo(":create meta {key: String => value: String}");
    }

    @Test
    void indexScripts_edge_givesTheReverseOrder() {
        assertThat(Relations.EDGE.indexScripts()).containsExactly("::index create edge:rev {dst, kind, src}");
    }

    @Test
    void all_relations_haveDifferentNames() {
        assertThat(Relations.all()).extracting(Relation::name).doesNotHaveDuplicates();
    }

    @Test
    void stepsFrom_current_isNothing() {
        assertThat(SchemaVersions.stepsFrom(SchemaVersions.CURRENT, "here")).isEmpty();
    }

    @Test
    void stepsFrom_eachOlderVersion_leadsToTheCurrentOne() {
        for (int version = 1; version < SchemaVersions.CURRENT; version++) {
            assertThat(SchemaVersions.stepsFrom(version, "here")).hasSize(SchemaVersions.CURRENT - version);
        }
    }

    @Test
    void stepsFrom_newerVersion_isRefusedWithTheRemedy() {
        assertThatThrownBy(() -> SchemaVersions.stepsFrom(SchemaVersions.CURRENT + 1, "here"))
                .isInstanceOfSatisfying(
                        QuarryException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_TOO_NEW))
                .hasMessageContaining("here")
                .hasMessageContaining("--store");
    }

    @Test
    void of_eachKindsName_isTheKind() {
        for (NodeKind kind : NodeKind.values()) {
            assertThat(NodeKind.of(kind.name())).isEqualTo(kind);
        }
        for (EdgeKind kind : EdgeKind.values()) {
            assertThat(EdgeKind.of(kind.name())).isEqualTo(kind);
        }
    }

    @Test
    void of_unknownKind_namesIt() {
        assertThatThrownBy(() -> NodeKind.of("MODUL")).hasMessageContaining("'MODUL'");
        assertThatThrownBy(() -> EdgeKind.of("CALL")).hasMessageContaining("'CALL'");
    }

    @Test
    void nodeKind_each_belongsToOneGroup() {
        for (NodeKind kind : NodeKind.values()) {
            assertThat(kind.isLeaf() && kind.isDeclared()).as(kind.name()).isFalse();
        }
    }
}
