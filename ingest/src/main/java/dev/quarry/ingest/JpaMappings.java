package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Entities and their tables: from the type, from fields whose column is named, and from associations to the table that they
 * lead to and to the one that joins both. Fields of mapped superclasses and embedded types count for each entity.
 */
final class JpaMappings implements FrameworkExtractor {
    private static final List<String> ASSOCIATIONS = List.of("OneToMany", "ManyToOne", "OneToOne", "ManyToMany");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        JpaEntities entities = new JpaEntities(model);
        for (TypeModel type : model.types()) {
            entities.table(type).ifPresent(table -> {
                map(type.id(), "", table, Sites.NONE, "", graph);
                new Fields(model, entities, graph, type, table).addAll(type, new HashSet<>());
            });
        }
    }

    private static void map(NodeId from, String role, String table, Sites sites, String detail, ConceptGraph graph) {
        graph.edge(from, EdgeKind.MAPPED_TO, role, graph.concept(NodeKind.TABLE, table, "", ""), sites, detail);
    }

    /** The fields of one entity. */
    private record Fields(
            FrameworkModel model, JpaEntities entities, ConceptGraph graph, TypeModel entity, String table) {
        void addAll(TypeModel type, Set<String> met) {
            if (!met.add(type.name())) {
                return;
            }
            for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
                model.type(each.name()).ifPresent(above -> above.fields().forEach(field -> add(field, met)));
            }
        }

        private void add(TypeModel.Field field, Set<String> met) {
            column(field);
            for (String kind : ASSOCIATIONS) {
                JpaEntities.find(field.annotations(), kind).ifPresent(each -> association(field, kind, each));
            }
            boolean embedded = JpaEntities.find(field.annotations(), "Embedded").isPresent()
                    || JpaEntities.find(field.annotations(), "EmbeddedId").isPresent();
            entities.typeOf(field)
                    .filter(type -> embedded
                            || JpaEntities.find(type.annotations(), "Embeddable")
                                    .isPresent())
                    .ifPresent(type -> addAll(type, met));
        }

        private void column(TypeModel.Field field) {
            JpaEntities.find(field.annotations(), "Column")
                    .or(() -> JpaEntities.find(field.annotations(), "JoinColumn"))
                    .map(each -> each.text("name"))
                    .filter(name -> !name.isEmpty())
                    .ifPresent(name -> map(field.id(), "column", table, field.sites(), entities.physical(name), graph));
        }

        private void association(TypeModel.Field field, String kind, AnnotationModel annotation) {
            Optional<TypeModel> target =
                    model.type(annotation.text("targetEntity")).or(() -> entities.typeOf(field));
            Optional<String> other = target.flatMap(entities::table);
            other.ifPresent(name -> map(field.id(), "association", name, field.sites(), kind, graph));
            Optional<AnnotationModel> join = JpaEntities.find(field.annotations(), "JoinTable");
            boolean owns = annotation.text("mappedBy").isEmpty();
            if (join.isPresent() || (kind.equals("ManyToMany") && owns)) {
                String given = join.map(each -> each.text("name")).orElse("");
                String made = table + "_" + other.orElse(field.name());
                map(field.id(), "join", given.isEmpty() ? made : entities.physical(given), field.sites(), "", graph);
            }
        }
    }
}
