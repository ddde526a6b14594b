package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods of beans that a container's proxies can intercept. */
final class JoinPoints {
    static final String ASPECT = "org.aspectj.lang.annotation.Aspect";

    private JoinPoints() {}

    /** Those of all these beans, in their order. Aspects are not advised, final classes cannot be. */
    static List<JoinPoint> of(FrameworkModel model, List<Bean> beans) {
        List<JoinPoint> points = new ArrayList<>();
        for (Bean bean : beans) {
            if (bean.absent().isEmpty()) {
                model.type(bean.type().name())
                        .filter(JoinPoints::isProxied)
                        .ifPresent(type -> add(model, bean, type, points));
            }
        }
        return points;
    }

    private static boolean isProxied(TypeModel type) {
        return (type.kind() == NodeKind.CLASS || type.kind() == NodeKind.INTERFACE)
                && !Modifier.isFinal(type.modifiers())
                && TypeModel.find(type.annotations(), ASPECT).isEmpty();
    }

    private static void add(FrameworkModel model, Bean bean, TypeModel type, List<JoinPoint> points) {
        Map<NodeId, TypeModel> owners = new HashMap<>();
        for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
            model.type(each.name())
                    .ifPresent(owner -> owner.methods().forEach(method -> owners.put(method.id(), owner)));
        }
        for (List<TypeModel.Method> methods : HandlerMethods.of(model, type)) {
            List<JoinPoint.Declared> declared = new ArrayList<>();
            for (TypeModel.Method method : methods) {
                TypeModel owner = owners.get(method.id());
                if (owner != null) {
                    declared.add(new JoinPoint.Declared(owner, method));
                }
            }
            if (!declared.isEmpty() && isOpen(type, methods.getFirst())) {
                points.add(new JoinPoint(bean, type, declared));
            }
        }
    }

    private static boolean isOpen(TypeModel type, TypeModel.Method method) {
        int closed = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
        boolean bodiless = Modifier.isAbstract(method.modifiers()) && type.kind() == NodeKind.CLASS;
        return (method.modifiers() & closed) == 0 && !bodiless;
    }

    /** The erased types of a method's parameters. */
    static List<String> parameters(TypeModel.Method method) {
        String types = method.signature().substring(1, method.signature().length() - 1);
        return types.isEmpty() ? List.of() : List.of(types.split(","));
    }
}
