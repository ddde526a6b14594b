package dev.quarry.tests;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeConverter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Starts a Spring application and prints what its container made of it: a line for each route, for each bean of the
 * application's own classes, and for each bean that was handed to one of them.
 *
 * <p>To be run as a process of its own. Arguments: the root package, the application class, and a profile; empty for none.
 */
final class SpringDump {
    /** Stands for a bean that the application's own classes do not define, and for none. */
    static final String OUTSIDE = "(outside)";

    private SpringDump() {}

    /** Prints the lines, sorted. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        String root = arguments[0] + ".";
        Recorder recorder = new Recorder(root);
        SpringApplication application = new SpringApplication(Class.forName(arguments[1]));
        application.setWebApplicationType(WebApplicationType.SERVLET);
        if (!arguments[2].isEmpty()) {
            application.setAdditionalProfiles(arguments[2]);
        }
        application.setApplicationContextFactory(_ -> new AnnotationConfigServletWebServerApplicationContext(recorder));
        try (ConfigurableApplicationContext context = application.run(
                "--server.port=0", "--spring.main.banner-mode=off", "--spring.main.log-startup-info=false")) {
            Set<String> lines = new TreeSet<>(recorder.lines);
            for (String name : recorder.getBeanDefinitionNames()) {
                if (recorder.isOwn(name)) {
                    lines.add("bean\t" + name);
                }
            }
            context.getBeansOfType(RequestMappingHandlerMapping.class)
                    .values()
                    .forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
                        if (handler.getBeanType().getName().startsWith(root)) {
                            routes(info, handler.getMethod(), lines);
                        }
                    }));
            lines.forEach(line -> System.out.println("dump\t" + line)); // what this process is for
        }
    }

    /** Adds a line for each verb and path that leads to a method. */
    static void routes(RequestMappingInfo info, Method handler, Set<String> into) {
        Set<String> verbs = info.getMethodsCondition().getMethods().isEmpty()
                ? Set.of("*")
                : info.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .collect(Collectors.toSet());
        for (String verb : verbs) {
            for (String path : info.getPatternValues()) {
                into.add("route\t" + verb + "\t" + (path.isEmpty() ? "/" : path) + "\t" + symbol(handler));
            }
        }
    }

    private static String symbol(Member member) {
        String owner = member.getDeclaringClass().getName();
        return switch (member) {
            case Field field -> owner + "#" + field.getName();
            case Executable executable ->
                owner + "#" + (executable instanceof Constructor ? "<init>" : executable.getName())
                        + Arrays.stream(executable.getParameterTypes())
                                .map(SpringDump::name)
                                .collect(Collectors.joining(",", "(", ")"));
            default -> throw new IllegalArgumentException(member.toString());
        };
    }

    private static String name(Class<?> type) {
        return type.isArray() ? name(type.getComponentType()) + "[]" : type.getName();
    }

    /** Spring's own container, which notes what it hands out. */
    private static final class Recorder extends DefaultListableBeanFactory {
        private final String root;
        private final Set<String> lines = new TreeSet<>();

        Recorder(String root) {
            this.root = root;
        }

        @Override
        public @Nullable Object doResolveDependency(
                DependencyDescriptor descriptor,
                @Nullable String beanName,
                @Nullable Set<String> autowiredBeanNames,
                @Nullable TypeConverter typeConverter) {
            Set<String> found = new LinkedHashSet<>();
            Object value = super.doResolveDependency(descriptor, beanName, found, typeConverter);
            note(descriptor, found);
            if (autowiredBeanNames != null) {
                autowiredBeanNames.addAll(found);
            }
            return value;
        }

        @Override
        public Object resolveBeanByName(String name, DependencyDescriptor descriptor) {
            note(descriptor, Set.of(name));
            return super.resolveBeanByName(name, descriptor);
        }

        private void note(DependencyDescriptor descriptor, Set<String> names) {
            Member member = descriptor.getMember();
            if (member == null
                    || !member.getDeclaringClass().getName().startsWith(root)
                    || Arrays.stream(descriptor.getAnnotations()).anyMatch(Value.class::isInstance)) {
                return;
            }
            String place = "injection\t" + symbol(member) + "\t";
            if (names.isEmpty()) {
                lines.add(place + OUTSIDE);
            }
            names.forEach(name -> lines.add(place + (isOwn(name) ? name : OUTSIDE)));
        }

        /** Whether a class of the application, or a method of one, makes this bean. */
        boolean isOwn(String name) {
            if (!containsBeanDefinition(name)) {
                return false;
            }
            BeanDefinition definition = getMergedBeanDefinition(name);
            if (definition instanceof RootBeanDefinition bean && bean.getResolvedFactoryMethod() != null) {
                return bean.getResolvedFactoryMethod()
                        .getDeclaringClass()
                        .getName()
                        .startsWith(root);
            }
            String type = definition.getBeanClassName();
            return type != null && type.startsWith(root);
        }
    }
}
