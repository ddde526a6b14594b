package dev.quarry.ingest;

import java.util.List;
import java.util.stream.Stream;

/** The value of an annotation's element, or of an argument, with constants folded. */
sealed interface AnnotationValue {
    /** A constant's value as text: strings without their quotes, numbers and booleans as Java prints them. */
    record Text(String value) implements AnnotationValue {}

    /** A class literal, by the binary name of the class. */
    record ClassName(String name) implements AnnotationValue {}

    /** An enum constant, or another name whose value is not known: its last segment. */
    record Name(String name) implements AnnotationValue {}

    /** An array's elements. */
    record Many(List<AnnotationValue> values) implements AnnotationValue {
        public Many {
            values = List.copyOf(values);
        }
    }

    /** An annotation as a value. */
    record Nested(AnnotationModel annotation) implements AnnotationValue {}

    /** What is written as neither of these. */
    record Other() implements AnnotationValue {}

    /** The elements of an array; any other value by itself, as Java allows it. */
    default List<AnnotationValue> elements() {
        return this instanceof Many many ? many.values() : List.of(this);
    }

    /** The value and all elements as text: a class by its name, an unknown constant as {@code <NAME>}. */
    default Stream<String> texts() {
        return elements().stream().flatMap(value -> switch (value) {
            case Text text -> Stream.of(text.value());
            case ClassName type -> Stream.of(type.name());
            case Name name -> Stream.of("<" + name.name() + ">");
            case Many many -> many.texts();
            case Nested _, Other _ -> Stream.empty();
        });
    }

    /** The names of enum constants among the elements. */
    default Stream<String> names() {
        return elements().stream()
                .flatMap(value -> value instanceof Name name ? Stream.of(name.name()) : Stream.empty());
    }
}
