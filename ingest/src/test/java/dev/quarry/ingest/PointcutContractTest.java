package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.aspectj.weaver.tools.PointcutExpression;
import org.aspectj.weaver.tools.PointcutParameter;
import org.aspectj.weaver.tools.PointcutParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pointcut means is what AspectJ's own parser says of the compiled methods. */
class PointcutContractTest {
    private static final List<String> POINTCUTS = List.of(
            "execution(* *(..))",
            "execution(* shop.Orders.*(..))",
            "execution(public String shop..*.f*(int))",
            "execution(!public * *(..))",
            "execution(* shop.Base+.*(String))",
            "execution(* Orders.*(*))",
            "execution(@shop.Timed * *(..))",
            "execution(* shop.*.*(..))",
            "execution(* shop.impl.*.*())",
            "execution(void shop..save(..))",
            "execution(* *..Store.*(.., String))",
            "execution(* *ore.*(..))",
            "execution(* (@shop.Audited *).*(..))",
            "execution(String[] *.*(int, ..))",
            "execution(* *(String...))",
            "execution(java.util.List<String> *(..))",
            "execution(* shop.impl.Outer.Inner.*(..))",
            "execution(* shop.impl.Outer.*(..))",
            "within(shop.impl.*)",
            "within(shop.impl..*)",
            "within(shop..* && !shop.impl.*)",
            "within(shop.Base+)",
            "within(@shop.Audited *)",
            "@annotation(shop.Timed)",
            "@within(shop.Audited)",
            "args()",
            "args(int, ..)",
            "args(int)",
            "args(String)",
            "within(shop.impl.Store) && !execution(* find(..)) || execution(long *())");

    private static final String SOURCES = """
            // shop/Orders.java
            package shop;
            public interface Orders { String find(int id); void save(String order); }
            // shop/Base.java
            package shop;
            public class Base { public void inherited(String text) {} }
            // shop/impl/Store.java
            package shop.impl;
            @org.springframework.stereotype.Component @shop.Audited
            public class Store extends shop.Base implements shop.Orders {
                public String find(int id) { return ""; }
                @shop.Timed public void save(String order) {}
                protected String[] tags(int id, String text) { return null; }
                void all(String... texts) {}
                public java.util.List<String> list() { return null; }
            }
            // shop/impl/Outer.java
            package shop.impl;
            @org.springframework.stereotype.Component
            public class Outer {
                public long now() { return 0; }
                @org.springframework.stereotype.Component public static class Inner { public void run() {} }
            }
            // shop/Timed.java
            package shop;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME) public @interface Timed {}
            // shop/Audited.java
            package shop;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME) public @interface Audited {}
            // org/springframework/stereotype/Component.java
            package org.springframework.stereotype;
            public @interface Component {}
            // shop/Watch.java
            package shop;
            import org.aspectj.lang.annotation.*;
            @Aspect @org.springframework.stereotype.Component
            public class Watch {
            """;

    @TempDir
    private Path folder;

    @Test
    void pointcuts_ofAllKinds_meanTheSameMethodsAsInAspectJ() throws Exception {
        StringBuilder advice = new StringBuilder();
        for (int i = 0; i < POINTCUTS.size(); i++) {
            advice.append("    @Before(\"%s\") public void advice%d() {}\n".formatted(POINTCUTS.get(i), i));
        }
        Path sources = folder.resolve("src");
        Concepts.write(sources, SOURCES + advice + "}\n");

        NavigableSet<String> known = new TreeSet<>();
        for (String line : Concepts.of(sources).edges(EdgeKind.MAY_DISPATCH)) {
            if (line.contains(" | advice | ")) {
                known.add(line.substring(0, line.indexOf(" | ")).replaceFirst(" -> .*#advice(\\d+)\\(\\)", " $1"));
            }
        }

        NavigableSet<String> truth = truth(sources);
        assertThat(truth).hasSizeGreaterThan(POINTCUTS.size());
        assertThat(known).isEqualTo(truth);
    }

    private NavigableSet<String> truth(Path sources) throws Exception {
        Path classes = folder.resolve("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> walk = Files.walk(sources);
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java = walk.filter(Files::isRegularFile).toList();
            List<String> options =
                    List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                            .call())
                    .isTrue();
        }
        NavigableSet<String> lines = new TreeSet<>();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            PointcutParser parser =
                    PointcutParser.getPointcutParserSupportingAllPrimitivesAndUsingSpecifiedClassloaderForResolution(
                            loader);
            Class<?> scope = loader.loadClass("shop.Watch");
            for (int i = 0; i < POINTCUTS.size(); i++) {
                PointcutExpression pointcut =
                        parser.parsePointcutExpression(POINTCUTS.get(i), scope, new PointcutParameter[0]);
                for (String name :
                        List.of("shop.Base", "shop.impl.Store", "shop.impl.Outer", "shop.impl.Outer$Inner")) {
                    for (Method method : loader.loadClass(name).getDeclaredMethods()) {
                        if (!pointcut.matchesMethodExecution(method).neverMatches()) {
                            lines.add(name + "#" + method.getName() + parameters(method) + " " + i);
                        }
                    }
                }
            }
        }
        return lines;
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type.isArray() ? type.getComponentType().getName() + "[]" : type.getName())
                .collect(Collectors.joining(",", "(", ")"));
    }
}
