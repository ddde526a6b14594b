package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The beans that code in one place can be given, found by the types that they have. */
final class VisibleBeans {
    private final FrameworkModel model;
    private final List<Bean> all;
    private final Map<String, List<Bean>> byType = new HashMap<>();

    VisibleBeans(FrameworkModel model, List<Bean> all) {
        this.model = model;
        this.all = List.copyOf(all);
        for (Bean bean : all) {
            for (TypeName type : model.hierarchy(bean.type())) {
                byType.computeIfAbsent(type.name(), _ -> new ArrayList<>()).add(bean);
            }
        }
    }

    List<Bean> all() {
        return all;
    }

    /** Those that can be handed to what wants this type. */
    List<Bean> fitting(TypeName wanted) {
        if (wanted.form() == TypeName.Form.VARIABLE || wanted.name().equals("?")) {
            return all;
        }
        return byType.getOrDefault(wanted.name(), List.of()).stream()
                .filter(bean -> model.isAssignable(bean.type(), wanted))
                .toList();
    }
}
