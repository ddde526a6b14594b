package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.UnresolvedReason;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that annotation processors make: from their sources where a build has left them, else told by their names. */
class GeneratedTypesTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "com.google.auto.value.AutoValue, AutoValue, AutoValue_Thing, AutoValue",
        "org.immutables.value.Value, Value.Immutable, ImmutableThing, Immutables",
        "dagger.Component, Component, DaggerThing, Dagger",
        "org.mapstruct.Mapper, 'Mapper(uses = {})', ThingImpl, MapStruct",
        "jakarta.persistence.Entity, Entity, QThing, QueryDSL",
        "javax.persistence.*, Entity, Thing_, JPA metamodel",
        "io.soabase.recordbuilder.core.RecordBuilder, RecordBuilder, ThingBuilder, RecordBuilder",
        "io.vertx.codegen.annotations.DataObject, DataObject, ThingConverter, Vert.x",
        "org.inferred.freebuilder.FreeBuilder, FreeBuilder, Thing_Builder, FreeBuilder"
    })
    void call_ofTypeThatAProcessorMakes_isGenerated(String imported, String annotation, String made, String processor) {
        Graph.write(root, "p/Thing.java", "package p; import " + imported + "; @" + annotation + " interface Thing {}");
        Graph.write(root, "p/Use.java", "package p; class Use { Object o = " + made + ".make(1).then(); }");

        Graph graph = Graph.of(root);

        assertThat(graph.coverage().reasons()).isEqualTo(Map.of(UnresolvedReason.GENERATED, 2));
        assertThat(graph.node("p." + made + "#make").detail()).isEqualTo("generated: p." + made + " by " + processor);
        assertThat(graph.node("then").detail()).isEqualTo("generated: what p." + made + " gives, by " + processor);
    }

    @Test
    void use_ofTypesThatProcessorsMake_isGeneratedWhereverItIsWritten() {
        Graph.write(root, "p/Outer.java", """
                package p;
                import com.google.auto.value.AutoValue;
                public class Outer {
                    @AutoValue abstract static class Inner { static Inner of() { return new AutoValue_Outer_Inner(1); } }
                }
                """);
        Graph.write(root, "q/Use.java", """
                package q;
                import java.util.*;
                import far.away.*;
                import p.AutoValue_Outer_Inner;
                import p.Missing;
                class Use extends Missing { AutoValue_Outer_Inner.Builder builder; }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .anyMatch(line -> line.startsWith("p.Outer$Inner#of() new p.AutoValue_Outer_Inner#<init>"));
        assertThat(graph.node("p.AutoValue_Outer_Inner").detail())
                .isEqualTo("generated: p.AutoValue_Outer_Inner by AutoValue");
        assertThat(graph.node("p.AutoValue_Outer_Inner$Builder").detail()).startsWith("generated: ");
        assertThat(graph.node("p.Missing").detail()).isEqualTo("missing type: p.Missing");
    }

    @Test
    void typeOfTheSameName_withoutTheAnnotation_isMissing() {
        Graph.write(root, "p/Thing.java", "package p; import other.Entity; @Entity class Thing {}");
        Graph.write(root, "p/Use.java", "package p; class Use { Object o = QThing.thing; Object p = new Thing_(); }");

        assertThat(Graph.of(root).coverage().reasons()).isEqualTo(Map.of(UnresolvedReason.MISSING_TYPE, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "pom.xml, target/generated-sources/annotations",
        "build.gradle, build/generated/sources/annotationProcessor/java/main"
    })
    void call_ofTypeWhoseSourcesABuildLeft_isBound(String build, String folder) {
        Graph.write(root, build, "");
        Graph.write(root, ".gitignore", "target/\nbuild/\n");
        Graph.write(root, "src/main/java/p/Mapping.java", """
                package p;
                @org.mapstruct.Mapper public interface Mapping { String text(int i); }
                """);
        Graph.write(root, "src/main/java/p/Use.java", """
                package p;
                class Use { String use(Mapping m) { return new MappingImpl().text(1) + m.text(2); } }
                """);
        Graph.write(root, folder + "/p/MappingImpl.java", """
                package p;
                public class MappingImpl implements Mapping { @Override public String text(int i) { return "" + i; } }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .anyMatch(line -> line.startsWith("p.Use#use(p.Mapping) virtual p.MappingImpl#text(int)"));
        assertThat(graph.edges(EdgeKind.MAY_DISPATCH))
                .anyMatch(line -> line.startsWith("p.Use#use(p.Mapping) only p.MappingImpl#text(int)"));
        assertThat(graph.nodes.values().stream().filter(node -> node.kind() == NodeKind.UNRESOLVED))
                .allMatch(node -> node.qualifiedName().startsWith("org.mapstruct."));
    }
}
