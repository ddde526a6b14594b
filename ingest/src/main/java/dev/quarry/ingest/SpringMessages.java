package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events of Spring's context, topics of Kafka and schedules: who sends them, who is called for them. An event is the node of
 * its type; a topic stands in for a type that the repository does not declare.
 */
final class SpringMessages implements FrameworkExtractor {
    static final String ON_EVENT = "onApplicationEvent";

    private static final List<String> LISTENERS = List.of(
            "org.springframework.context.event.EventListener",
            "org.springframework.transaction.event.TransactionalEventListener");
    private static final String LISTENER = "org.springframework.context.ApplicationListener";
    private static final String SCHEDULED = "org.springframework.scheduling.annotation.Scheduled";
    private static final String SCHEDULES = "org.springframework.scheduling.annotation.Schedules";
    private static final String KAFKA_LISTENER = "org.springframework.kafka.annotation.KafkaListener";
    private static final String KAFKA_LISTENERS = "org.springframework.kafka.annotation.KafkaListeners";
    private static final String KAFKA_HANDLER = "org.springframework.kafka.annotation.KafkaHandler";
    private static final String KAFKA_TEMPLATE = "org.springframework.kafka.core.KafkaTemplate";

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        for (TypeModel type : model.types()) {
            for (TypeModel.Method method : type.methods()) {
                listener(model, method, graph);
                kafka(type, method, graph);
            }
            applicationListener(model, type, graph);
        }
        for (FrameworkModel.Invocation call : model.invocations()) {
            FrameworkModel.Argument first = call.arguments().getFirst();
            if (call.method().equals("publishEvent")
                    && call.receiver().startsWith("org.springframework.")
                    && !first.type().isEmpty()) {
                graph.edge(call.caller(), EdgeKind.PUBLISHES, "", event(model, first.type(), graph), call.sites(), "");
            } else if (call.method().equals("send")
                    && call.receiver().equals(KAFKA_TEMPLATE)
                    && first.value() instanceof AnnotationValue.Text topic) {
                graph.edge(call.caller(), EdgeKind.PUBLISHES, "", topic(topic.value(), graph), call.sites(), "kafka");
            }
        }
    }

    private static void listener(FrameworkModel model, TypeModel.Method method, ConceptGraph graph) {
        TypeModel.findAny(method.annotations(), LISTENERS).ifPresent(annotation -> {
            List<String> given = annotation.texts("classes", "value");
            List<String> events = given.isEmpty()
                    ? method.parameters().stream()
                            .limit(1)
                            .map(each -> each.type().name())
                            .toList()
                    : given;
            for (String event : events) {
                listen(method, event(model, event, graph), "", graph);
            }
        });
        annotations(method.annotations(), SCHEDULED, SCHEDULES)
                .forEach(each -> listen(method, topic(schedule(each), graph), "scheduled", graph));
    }

    /** The method that a class, or a superclass of it, has for the event that the class has chosen. */
    private static void applicationListener(FrameworkModel model, TypeModel type, ConceptGraph graph) {
        for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
            TypeName event = each.argument(0);
            if (each.name().equals(LISTENER) && event.form() == TypeName.Form.PLAIN) {
                HandlerMethods.of(model, type).stream()
                        .map(List::getFirst)
                        .filter(method -> takes(method, event))
                        .forEach(method -> listen(method, event(model, event.name(), graph), "", graph));
            }
        }
    }

    private static boolean takes(TypeModel.Method method, TypeName event) {
        if (!method.name().equals(ON_EVENT) || method.parameters().size() != 1) {
            return false;
        }
        TypeName type = method.parameters().getFirst().type();
        return type.form() == TypeName.Form.VARIABLE || type.name().equals(event.name());
    }

    /** The topics of a method, or of its class where the method is one of those that share these. */
    private static void kafka(TypeModel type, TypeModel.Method method, ConceptGraph graph) {
        boolean shares = TypeModel.find(method.annotations(), KAFKA_HANDLER).isPresent();
        Stream.concat(
                        annotations(method.annotations(), KAFKA_LISTENER, KAFKA_LISTENERS),
                        annotations(shares ? type.annotations() : List.of(), KAFKA_LISTENER, KAFKA_LISTENERS))
                .flatMap(annotation -> annotation.texts("topics", "topicPattern").stream())
                .forEach(name -> listen(method, topic(name, graph), "kafka", graph));
    }

    /** The annotations of a type, by themselves or in the container that holds repeated ones. */
    private static Stream<AnnotationModel> annotations(List<AnnotationModel> all, String type, String container) {
        return all.stream()
                .flatMap(each -> each.type().equals(container) ? QueryGraph.nested(each).stream() : Stream.of(each))
                .filter(each -> each.type().equals(type));
    }

    /** The times of a schedule as written, such as {@code schedule cron=0 0 * * * *}. */
    private static String schedule(AnnotationModel scheduled) {
        return new TreeMap<>(scheduled.values())
                .keySet().stream()
                        .map(name -> name + "=" + scheduled.text(name))
                        .collect(Collectors.joining(" ", "schedule ", ""));
    }

    private static void listen(TypeModel.Method method, NodeId to, String detail, ConceptGraph graph) {
        graph.edge(method.id(), EdgeKind.LISTENS_TO, "", to, method.sites(), detail);
    }

    private static NodeId event(FrameworkModel model, String type, ConceptGraph graph) {
        return model.type(type).map(TypeModel::id).orElseGet(() -> topic(type, graph));
    }

    private static NodeId topic(String name, ConceptGraph graph) {
        return graph.concept(NodeKind.TOPIC, name, "", "");
    }
}
