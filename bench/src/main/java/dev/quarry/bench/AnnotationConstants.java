package dev.quarry.bench;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.util.ArrayList;
import java.util.List;

/** The constants of enums that the annotations of a declaration name, and the default of an annotation's member. */
final class AnnotationConstants {
    /** One of them. */
    record Constant(String owner, String name) {}

    private final List<Constant> found = new ArrayList<>();

    private AnnotationConstants() {}

    /** Those that a class file keeps. */
    static List<Constant> of(AttributedElement declaration) {
        AnnotationConstants constants = new AnnotationConstants();
        declaration
                .findAttribute(Attributes.annotationDefault())
                .ifPresent(each -> constants.value(each.defaultValue()));
        declaration
                .findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(each -> constants.annotations(each.annotations()));
        declaration
                .findAttribute(Attributes.runtimeInvisibleAnnotations())
                .ifPresent(each -> constants.annotations(each.annotations()));
        declaration
                .findAttribute(Attributes.runtimeVisibleParameterAnnotations())
                .ifPresent(each -> each.parameterAnnotations().forEach(constants::annotations));
        declaration
                .findAttribute(Attributes.runtimeInvisibleParameterAnnotations())
                .ifPresent(each -> each.parameterAnnotations().forEach(constants::annotations));
        return constants.found;
    }

    private void annotations(List<Annotation> annotations) {
        for (Annotation annotation : annotations) {
            for (AnnotationElement element : annotation.elements()) {
                value(element.value());
            }
        }
    }

    private void value(AnnotationValue value) {
        switch (value) {
            case AnnotationValue.OfEnum constant -> {
                String descriptor = constant.className().stringValue();
                found.add(new Constant(
                        descriptor.substring(1, descriptor.length() - 1),
                        constant.constantName().stringValue()));
            }
            case AnnotationValue.OfArray array -> array.values().forEach(this::value);
            case AnnotationValue.OfAnnotation inner -> annotations(List.of(inner.annotation()));
            default -> {}
        }
    }
}
