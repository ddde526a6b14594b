package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods of a class as frameworks see them: inherited ones too, each with those that it overrides. */
final class HandlerMethods {
    private HandlerMethods() {}

    /** Each method of the class, nearest declaration first, those that it overrides behind it. */
    static Collection<List<TypeModel.Method>> of(FrameworkModel model, TypeModel type) {
        Map<TypeModel.Method, List<TypeModel.Method>> all = new LinkedHashMap<>();
        for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
            TypeModel declaring = model.type(each.name()).orElse(null);
            if (declaring != null) {
                for (TypeModel.Method method : declaring.methods()) {
                    add(all, method);
                }
            }
        }
        return all.values();
    }

    private static void add(Map<TypeModel.Method, List<TypeModel.Method>> all, TypeModel.Method method) {
        if (method.isConstructor()) {
            return;
        }
        for (List<TypeModel.Method> known : all.values()) {
            if (overrides(known.getFirst(), method)) {
                known.add(method);
                return;
            }
        }
        all.put(method, new ArrayList<>(List.of(method)));
    }

    /** Whether the parameters agree, where a type variable agrees with all. */
    private static boolean overrides(TypeModel.Method method, TypeModel.Method other) {
        if (!method.name().equals(other.name())
                || method.parameters().size() != other.parameters().size()) {
            return false;
        }
        for (int i = 0; i < method.parameters().size(); i++) {
            TypeName type = other.parameters().get(i).type();
            if (type.form() != TypeName.Form.VARIABLE
                    && !type.name().equals(method.parameters().get(i).type().name())) {
                return false;
            }
        }
        return true;
    }
}
