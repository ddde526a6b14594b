package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Spring hands to fields, constructors, setters and factory methods, and what code looks up.
 *
 * <p>Where no bean of the repository fits, the edge leads to a bean named after the wanted type that says so; where
 * several fit and nothing decides, there is an edge to each, and its detail counts them.
 */
final class SpringInjection implements FrameworkExtractor {
    private static final List<String> INJECTS = List.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "jakarta.inject.Inject",
            "javax.inject.Inject",
            "jakarta.annotation.Resource",
            "javax.annotation.Resource");
    private static final List<String> VALUES = List.of("org.springframework.beans.factory.annotation.Value");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        new Run(model, graph).run();
    }

    /** One extraction. */
    private static final class Run {
        private final FrameworkModel model;
        private final ConceptGraph graph;
        private final SpringAnnotations spring;
        private final BeanCatalog catalog;
        private final Set<NodeId> done = new HashSet<>();

        Run(FrameworkModel model, ConceptGraph graph) {
            this.model = model;
            this.graph = graph;
            this.spring = new SpringAnnotations(model);
            this.catalog = model.beans();
        }

        void run() {
            for (TypeModel type : model.types()) {
                if (catalog.isManaged(type)) {
                    constructor(type);
                    members(type);
                }
            }
            // what no component inherits: tests, and classes that a factory method makes
            for (TypeModel type : model.types()) {
                own(type, type, Map.of(), Set.of());
            }
            model.invocations().forEach(this::lookup);
        }

        private void constructor(TypeModel type) {
            List<TypeModel.Method> all = type.methods().stream()
                    .filter(TypeModel.Method::isConstructor)
                    .toList();
            List<TypeModel.Method> marked = all.stream().filter(Run::isInjected).toList();
            if (!marked.isEmpty()) {
                marked.forEach(each -> parameters(type, each, Map.of()));
            } else if (all.size() == 1) {
                parameters(type, all.getFirst(), Map.of());
            } else if (all.isEmpty()) {
                generatedConstructor(type);
            }
        }

        /** The constructor that a record has by itself, or that Lombok adds: it takes the fields. */
        private void generatedConstructor(TypeModel type) {
            for (TypeModel.Field field : type.fields()) {
                if (field.constructed()
                        && TypeModel.findAny(field.annotations(), VALUES).isEmpty()) {
                    field(type, field, Map.of());
                }
            }
        }

        /** Fields and methods that the class has, those of its superclasses included. */
        private void members(TypeModel type) {
            Set<NodeId> overridden = HandlerMethods.of(model, type).stream()
                    .flatMap(methods -> methods.stream().skip(1))
                    .map(TypeModel.Method::id)
                    .collect(Collectors.toSet());
            for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
                TypeModel declaring = model.type(each.name()).orElse(null);
                if (declaring == null) {
                    continue;
                }
                Map<String, TypeName> variables = FrameworkModel.variables(declaring, each);
                done.addAll(overridden);
                own(type, declaring, variables, overridden);
                declaring.methods().stream()
                        .filter(method -> spring.has(method.annotations(), BeanCatalog.BEAN))
                        .forEach(method -> parameters(type, method, variables));
            }
        }

        private void own(TypeModel seenFrom, TypeModel type, Map<String, TypeName> variables, Set<NodeId> overridden) {
            boolean generic = !variables.isEmpty();
            for (TypeModel.Field field : type.fields()) {
                if (TypeModel.findAny(field.annotations(), INJECTS).isPresent()
                        && (generic || !done.contains(field.id()))) {
                    field(seenFrom, field, variables);
                }
            }
            for (TypeModel.Method method : type.methods()) {
                if (isInjected(method)
                        && !overridden.contains(method.id())
                        && (generic || !done.contains(method.id()))) {
                    parameters(seenFrom, method, variables);
                }
            }
        }

        private static boolean isInjected(TypeModel.Method method) {
            return TypeModel.findAny(method.annotations(), INJECTS).isPresent();
        }

        private void field(TypeModel type, TypeModel.Field field, Map<String, TypeName> variables) {
            done.add(field.id());
            inject(
                    type,
                    field.id(),
                    "field",
                    field.type().with(variables),
                    field.name(),
                    field.annotations(),
                    field.sites());
        }

        private void parameters(TypeModel type, TypeModel.Method method, Map<String, TypeName> variables) {
            done.add(method.id());
            boolean setter =
                    method.name().startsWith("set") && method.parameters().size() == 1;
            for (TypeModel.Parameter parameter : method.parameters()) {
                if (TypeModel.findAny(parameter.annotations(), VALUES).isPresent()) {
                    continue;
                }
                boolean resource = setter
                        && !TypeModel.findAny(method.annotations(), INJECTS.subList(3, 5))
                                .isEmpty();
                inject(
                        type,
                        method.id(),
                        "parameter",
                        parameter.type().with(variables),
                        resource ? BeanCatalog.defaultName(method.name().substring(3)) : parameter.name(),
                        resource ? method.annotations() : parameter.annotations(),
                        method.sites());
            }
        }

        private void inject(
                TypeModel type,
                NodeId from,
                String role,
                TypeName wanted,
                String name,
                List<AnnotationModel> annotations,
                Sites sites) {
            boolean isFactory = catalog.isFactory(from);
            InjectionChoice choice = new InjectionChoice(model, spring, catalog.visibleFrom(type), bean -> {
                boolean same = bean.factory().equals(isFactory ? from : type.id());
                return same
                        ? InjectionChoice.Nearness.SAME
                        : !isFactory && bean.home().id().equals(type.id())
                                ? InjectionChoice.Nearness.OWN
                                : InjectionChoice.Nearness.OTHER;
            });
            add(from, role, choice.choose(wanted, name, annotations), sites);
        }

        private void add(NodeId from, String role, InjectionChoice.Choice choice, Sites sites) {
            if (choice.beans().isEmpty()) {
                boolean isType = choice.missing().isEmpty();
                NodeId leaf = graph.concept(
                        NodeKind.BEAN,
                        choice.wanted().text() + (isType ? "" : " " + choice.missing()),
                        "",
                        isType
                                ? "unresolved: the repository defines no bean of this type"
                                : "unresolved: no bean of this type has this qualifier or name");
                graph.edge(from, EdgeKind.INJECTS, role, leaf, sites, choice.detail());
            }
            choice.beans()
                    .forEach(
                            bean -> graph.edge(from, EdgeKind.INJECTS, role, bean.node(graph), sites, choice.detail()));
        }

        /** Whether a type is one of Spring's, or one that is made of these; an unknown one may be. */
        private boolean mayBeSprings(String receiver) {
            return receiver.isEmpty()
                    || model.hierarchy(TypeName.plain(receiver)).stream()
                            .anyMatch(type -> type.name().startsWith("org.springframework."));
        }

        private void lookup(FrameworkModel.Invocation call) {
            if (!call.method().startsWith("getBean") || !mayBeSprings(call.receiver())) {
                return;
            }
            VisibleBeans visible = catalog.all(call.test());
            InjectionChoice choice = new InjectionChoice(model, spring, visible, _ -> InjectionChoice.Nearness.OTHER);
            String name = "";
            for (FrameworkModel.Argument argument : call.arguments()) {
                if (argument.value() instanceof AnnotationValue.Text text) {
                    name = text.value();
                }
            }
            String wantedName = name;
            List<Bean> named = visible.all().stream()
                    .filter(bean -> bean.names().contains(wantedName))
                    .toList();
            if (!named.isEmpty()) {
                add(
                        call.caller(),
                        "lookup",
                        new InjectionChoice.Choice(named, named.getFirst().type(), "name " + name),
                        call.sites());
                return;
            }
            for (FrameworkModel.Argument argument : call.arguments()) {
                if (argument.value() instanceof AnnotationValue.ClassName type) {
                    add(
                            call.caller(),
                            "lookup",
                            choice.choose(TypeName.plain(type.name()), "", List.of()),
                            call.sites());
                }
            }
        }
    }
}
