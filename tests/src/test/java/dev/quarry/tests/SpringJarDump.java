package dev.quarry.tests;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Prints the routes that Spring's own mapping makes of the controllers in a jar; placeholders have their default values.
 *
 * <p>To be run as a process of its own, with the jar on the class path and its path as the argument.
 */
final class SpringJarDump {
    private SpringJarDump() {}

    /** Prints the lines, sorted. */
    public static void main(String[] arguments) throws IOException {
        Set<String> lines = new TreeSet<>();
        Mapping mapping = new Mapping();
        mapping.setEmbeddedValueResolver(text -> text.replaceAll("\\$\\{[^{}:]*:([^{}]*)}", "$1"));
        mapping.afterPropertiesSet();
        try (ZipFile jar = new ZipFile(Path.of(arguments[0]).toFile())) {
            List<String> names = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .toList();
            for (String name : names) {
                Class<?> type = controller(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                if (type != null) {
                    mapping.routes(type).forEach((method, info) -> SpringDump.routes(info, method, lines));
                }
            }
        }
        lines.forEach(line -> System.out.println("dump\t" + line)); // what this process is for
    }

    /** The class, if it is a controller; what a missing library keeps from being loaded is none. */
    private static @Nullable Class<?> controller(String name) {
        try {
            Class<?> type = Class.forName(name, false, SpringJarDump.class.getClassLoader());
            boolean found = !Modifier.isAbstract(type.getModifiers())
                    && AnnotatedElementUtils.hasAnnotation(type, Controller.class);
            return found ? type : null;
        } catch (ClassNotFoundException | LinkageError missing) {
            return null;
        }
    }

    /** Spring's mapping, asked for one class. */
    private static final class Mapping extends RequestMappingHandlerMapping {
        @Override
        protected void initHandlerMethods() {
            // there is no context with beans
        }

        Map<Method, RequestMappingInfo> routes(Class<?> type) {
            MetadataLookup<RequestMappingInfo> lookup = method -> getMappingForMethod(method, type);
            return MethodIntrospector.selectMethods(type, lookup);
        }
    }
}
