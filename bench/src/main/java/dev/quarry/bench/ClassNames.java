package dev.quarry.bench;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Collectors;

/** The names under which graph and class files are compared: binary names, and erased parameter types. */
final class ClassNames {
    private ClassNames() {}

    /** The binary name of a class's internal name. */
    static String binary(String internalName) {
        return internalName.replace('/', '.');
    }

    /** The name of a type, such as {@code int} or {@code java.util.Map$Entry[]}. */
    static String type(ClassDesc type) {
        if (type.isArray()) {
            return type(type.componentType()) + "[]";
        }
        return type.isPrimitive() ? type.displayName() : binary(internal(type));
    }

    /** The internal name of a class, {@code [} for an array. */
    static String internal(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.startsWith("[") ? "[" : descriptor.substring(1, descriptor.length() - 1);
    }

    /** Parameter types in brackets. */
    static String parameters(Iterable<ClassDesc> types) {
        StringBuilder text = new StringBuilder("(");
        for (ClassDesc type : types) {
            text.append(text.length() > 1 ? "," : "").append(type(type));
        }
        return text.append(')').toString();
    }

    /** What a class finds a method by: the name, and the descriptors of its parameters. */
    static String key(String name, MethodTypeDesc type) {
        return name
                + type.parameterList().stream()
                        .map(ClassDesc::descriptorString)
                        .collect(Collectors.joining("", "(", ")"));
    }

    /** The type that a member's name begins with; a type's name is its own. */
    static String owner(String member) {
        int end = member.indexOf('#');
        return end < 0 ? member : member.substring(0, end);
    }

    /** Whether a binary name is that of an anonymous class, or of one nested in it. */
    static boolean isAnonymous(String binaryName) {
        String[] parts = binaryName.split("\\$", -1);
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty() && parts[i].chars().allMatch(Character::isDigit)) {
                return true;
            }
        }
        return false;
    }
}
