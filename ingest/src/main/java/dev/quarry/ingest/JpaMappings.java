package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entities and their tables: from the type, from fields whose column is named, from associations to the table that they lead
 * to and to the one that joins both, and from collections of what is no entity to the table of their own. Fields of mapped
 * superclasses and embedded types count for each entity; a getter with an annotation of the mapping counts as a field.
 */
final class JpaMappings implements FrameworkExtractor {
    private static final List<String> ASSOCIATIONS = List.of("OneToMany", "ManyToOne", "OneToOne", "ManyToMany");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        JpaEntities entities = new JpaEntities(model);
        for (TypeModel type : model.types()) {
            entities.table(type).ifPresent(table -> {
                map(type.id(), "", table, Sites.NONE, "", graph);
                new Fields(model, entities, graph, new HashSet<>())
                        .addAll(type, new Home(type, table, JpaOverrides.of(type.annotations())));
            });
        }
    }

    private static void map(NodeId from, String role, String table, Sites sites, String detail, ConceptGraph graph) {
        graph.edge(from, EdgeKind.MAPPED_TO, role, graph.concept(NodeKind.TABLE, table, "", ""), sites, detail);
    }

    /**
     * Where the columns of fields are.
     *
     * @param owner the entity that tables beside its own are named after
     * @param columns those that are named elsewhere than at their fields
     */
    private record Home(TypeModel owner, String table, Map<String, AnnotationModel> columns) {
        Home {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * The fields of one entity.
     *
     * @param met the types whose fields were added, each with the table and the columns that are named elsewhere
     */
    private record Fields(FrameworkModel model, JpaEntities entities, ConceptGraph graph, Set<List<Object>> met) {
        void addAll(TypeModel type, Home home) {
            if (!met.add(List.of(type.name(), home.table(), home.columns()))) {
                return;
            }
            TypeModel owner = home.owner();
            for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
                TypeModel above = model.type(each.name()).orElse(null);
                if (above != null) {
                    owner = JpaEntities.isEntity(above) ? above : owner;
                    Home own = new Home(owner, home.table(), home.columns());
                    JpaEntities.attributes(above).forEach(field -> add(field, own));
                }
            }
        }

        private void add(TypeModel.Field field, Home home) {
            boolean elements = has(field, "ElementCollection");
            String table = elements ? elements(field, home.owner()) : home.table();
            if (elements) {
                map(field.id(), "association", table, field.sites(), "ElementCollection", graph);
            }
            column(field, new Home(home.owner(), table, home.columns()));
            for (String kind : ASSOCIATIONS) {
                JpaEntities.find(field.annotations(), kind).ifPresent(each -> association(field, kind, each, home));
            }
            boolean embedded = has(field, "Embedded") || has(field, "EmbeddedId");
            entities.typeOf(field)
                    .filter(type -> embedded
                            || JpaEntities.find(type.annotations(), "Embeddable")
                                    .isPresent())
                    .ifPresent(type ->
                            addAll(type, new Home(home.owner(), table, JpaOverrides.inside(field, home.columns()))));
        }

        private static boolean has(TypeModel.Field field, String annotation) {
            return JpaEntities.find(field.annotations(), annotation).isPresent();
        }

        private void column(TypeModel.Field field, Home home) {
            Optional<AnnotationModel> column = Optional.ofNullable(
                            home.columns().get(field.name()))
                    .or(() -> JpaEntities.find(field.annotations(), "Column"));
            column.ifPresent(each -> column(field, each, Optional.of(home.table())));
            if (column.isEmpty()) {
                joinColumns(field).forEach(each -> column(field, each, joined(field, home.table())));
            }
        }

        private void column(TypeModel.Field field, AnnotationModel column, Optional<String> table) {
            String name = column.text("name");
            Optional<String> given = Optional.of(column.text("table"))
                    .filter(each -> !each.isEmpty())
                    .map(entities::physical);
            if (!name.isEmpty()) {
                given.or(() -> table)
                        .ifPresent(
                                each -> map(field.id(), "column", each, field.sites(), entities.physical(name), graph));
            }
        }

        private static List<AnnotationModel> joinColumns(TypeModel.Field field) {
            return JpaEntities.find(field.annotations(), "JoinColumns")
                    .map(QueryGraph::nested)
                    .orElseGet(() -> JpaEntities.findAll(field.annotations(), "JoinColumn"));
        }

        /** The table with the columns that join a field: of one side to many that of the many, where it is known. */
        private Optional<String> joined(TypeModel.Field field, String table) {
            return JpaEntities.find(field.annotations(), "OneToMany")
                    .map(each -> target(field, each).flatMap(entities::table))
                    .orElse(Optional.of(table));
        }

        private Optional<TypeModel> target(TypeModel.Field field, AnnotationModel association) {
            return model.type(association.text("targetEntity")).or(() -> entities.typeOf(field));
        }

        private void association(TypeModel.Field field, String kind, AnnotationModel annotation, Home home) {
            Optional<String> other = target(field, annotation).flatMap(entities::table);
            other.ifPresent(name -> map(field.id(), "association", name, field.sites(), kind, graph));
            Optional<AnnotationModel> join = JpaEntities.find(field.annotations(), "JoinTable");
            boolean owns = annotation.text("mappedBy").isEmpty();
            boolean between = kind.equals("ManyToMany")
                    || (kind.equals("OneToMany") && joinColumns(field).isEmpty());
            if (join.isPresent() || (between && owns)) {
                String made = entities.joinTable(home.owner(), field, other);
                map(field.id(), "join", named(join, made), field.sites(), "", graph);
            }
        }

        /** The table with the elements of a collection that are no entities. */
        private String elements(TypeModel.Field field, TypeModel owner) {
            String made = entities.physical(JpaEntities.name(owner) + "_" + field.name());
            return named(JpaEntities.find(field.annotations(), "CollectionTable"), made);
        }

        private String named(Optional<AnnotationModel> table, String made) {
            return table.map(each -> entities.tableOf(each, made)).orElse(made);
        }
    }
}
