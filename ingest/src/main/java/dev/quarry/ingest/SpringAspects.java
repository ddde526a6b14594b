package dev.quarry.ingest;

import dev.quarry.ingest.Pointcut.Match;
import dev.quarry.schema.EdgeKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Advice of aspects that are beans: each method of a bean that a pointcut means leads to the advice, which may run when the
 * method is called through the bean. So who calls the method is among those that an advice's change concerns.
 */
final class SpringAspects implements FrameworkExtractor {
    private static final String PACKAGE = "org.aspectj.lang.annotation.";
    private static final Map<String, String> ADVICE = new TreeMap<>(Map.of(
            "Around", "around",
            "Before", "before",
            "After", "after",
            "AfterReturning", "after returning",
            "AfterThrowing", "after throwing"));

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        for (Bean bean : model.beans().beans()) {
            if (bean.absent().isEmpty()) {
                model.type(bean.type().name())
                        .filter(type -> !type.test()
                                && TypeModel.find(type.annotations(), JoinPoints.ASPECT)
                                        .isPresent())
                        .ifPresent(aspect -> aspect(model, aspect, graph));
            }
        }
    }

    private static void aspect(FrameworkModel model, TypeModel aspect, ConceptGraph graph) {
        List<JoinPoint> points =
                JoinPoints.of(model, model.beans().visibleFrom(aspect).all());
        for (List<TypeModel.Method> methods : HandlerMethods.of(model, aspect)) {
            advice(model, aspect, methods.getFirst(), points, graph);
        }
    }

    private static void advice(
            FrameworkModel model,
            TypeModel aspect,
            TypeModel.Method method,
            List<JoinPoint> points,
            ConceptGraph graph) {
        for (AnnotationModel annotation : method.annotations()) {
            String moment = annotation.type().startsWith(PACKAGE)
                    ? ADVICE.get(annotation.type().substring(PACKAGE.length()))
                    : null;
            String text = annotation.text("pointcut", "value");
            if (moment != null && !text.isEmpty()) {
                PointcutReader.read(model, aspect, method, text)
                        .ifPresent(pointcut -> lead(points, pointcut, method, moment + " " + text.strip(), graph));
            }
        }
    }

    private static void lead(
            List<JoinPoint> points, Pointcut pointcut, TypeModel.Method advice, String detail, ConceptGraph graph) {
        for (JoinPoint point : points) {
            Match match = pointcut.test(point);
            if (match != Match.NO) {
                TypeModel.Method advised = point.nearest().method();
                String open = match == Match.YES ? "" : "; its arguments decide";
                graph.edge(advised.id(), EdgeKind.MAY_DISPATCH, "advice", advice.id(), advised.sites(), detail + open);
            }
        }
    }
}
