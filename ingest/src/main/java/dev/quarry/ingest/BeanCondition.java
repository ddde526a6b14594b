package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Under which conditions a bean is made, from the annotations of its method and class. They are not evaluated, but for one:
 * that no other bean of its type is there.
 *
 * @param text the conditions as people read them; empty for none
 * @param missing the types of which no other bean may be there; empty where this is no condition
 */
record BeanCondition(String text, List<String> missing) {
    static final BeanCondition NONE = new BeanCondition("", List.of());

    private static final String PROFILE = SpringAnnotations.CONTEXT + "Profile";
    private static final String CONDITIONAL = SpringAnnotations.CONTEXT + "Conditional";
    private static final String BOOT = "org.springframework.boot.autoconfigure.condition.ConditionalOn";
    private static final String MISSING = BOOT + "MissingBean";

    BeanCondition {
        missing = List.copyOf(missing);
    }

    /** The conditions that these annotations make for a bean of this type. */
    static BeanCondition of(List<AnnotationModel> annotations, TypeName type, SpringAnnotations spring) {
        List<String> parts = new ArrayList<>();
        spring.find(annotations, PROFILE)
                .ifPresent(each -> parts.add("profile " + String.join(" or ", each.texts("value"))));
        List<String> missing = new ArrayList<>();
        for (AnnotationModel each : annotations) {
            if (each.type().equals(MISSING)) {
                List<String> named = each.texts("value", "type");
                missing.addAll(named.isEmpty() ? List.of(type.name()) : named);
            } else if (each.type().startsWith(BOOT) || each.type().equals(CONDITIONAL)) {
                String kind = each.type().substring(each.type().lastIndexOf('.') + 1);
                List<String> values = each.texts("value", "name", "type");
                parts.add(values.isEmpty() ? kind : kind + " " + String.join(",", values));
            }
        }
        return new BeanCondition(String.join(" and ", parts), missing);
    }

    /** Both conditions together. */
    BeanCondition and(BeanCondition other) {
        List<String> all = new ArrayList<>(missing);
        all.addAll(other.missing);
        String both = text.isEmpty() || other.text.isEmpty() ? text + other.text : text + " and " + other.text;
        return new BeanCondition(both, all);
    }

    /** Whether only a run can tell. */
    boolean isOpen() {
        return !text.isEmpty();
    }
}
