package dev.quarry.ingest;

import java.util.Map;
import java.util.TreeMap;

/** Sources that use Lombok in many ways. */
final class LombokFixtures {
    static final String CONFIG = """
            # a directory whose sources follow other rules
            config.stopBubbling = true
            lombok.accessors.chain = true
            lombok.accessors.prefix += m
            lombok.accessors.prefix += f_
            lombok.log.fieldName = LOG
            lombok.log.fieldIsStatic = false
            lombok.log.custom.declaration = own.MyLog own.MyLogs.get(NAME)
            lombok.fieldNameConstants.uppercase = true
            lombok.builder.className = *Maker
            lombok.getter.noIsPrefix = true
            lombok.accessors.capitalization = beanspec
            """;

    private LombokFixtures() {}

    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put("lombok.config", "lombok.addLombokGeneratedAnnotation = false\n");
        files.put("own/lombok.config", CONFIG);
        files.put("org/slf4j/Logger.java", "package org.slf4j; public interface Logger { void info(String s); }");
        files.put(
                "org/slf4j/LoggerFactory.java",
                "package org.slf4j; public class LoggerFactory {"
                        + " public static Logger getLogger(Class<?> c) { return null; } }");
        String jackson = "package com.fasterxml.jackson.databind.annotation; public @interface ";
        String folder = "com/fasterxml/jackson/databind/annotation/";
        files.put(folder + "JsonDeserialize.java", jackson + "JsonDeserialize { Class<?> builder(); }");
        files.put(
                folder + "JsonPOJOBuilder.java",
                jackson + "JsonPOJOBuilder { String withPrefix(); String buildMethodName(); }");
        files.put("own/MyLog.java", "package own; public class MyLog {}");
        files.put(
                "own/MyLogs.java",
                "package own; public class MyLogs { public static MyLog get(String s) { return null; } }");
        files.put("own/Configured.java", """
                package own;
                import lombok.*;
                import lombok.experimental.FieldNameConstants;
                @Data @CustomLog @Builder
                public class Configured { String mName; String f_other; boolean mOpen; int mXAxis; String unprefixed;
                    @FieldNameConstants static class Constants { int xAxis; String URLText; } }
                """);
        put(files, "Accessors1", """
                @Getter @Setter
                public class Accessors1<T extends Comparable<T>> {
                    private String name; private boolean open; private boolean isEnabled; private Boolean boxed;
                    private boolean island; private int aValue; private T item; private java.util.List<? extends T>[] lists;
                    private static int counter; private final long fixed = 1; private String $hidden;
                    @Getter(AccessLevel.PROTECTED) @Setter(AccessLevel.NONE) private int guarded;
                    @Getter private static String global; @Setter static int port;
                    private String given; public String getGiven(int unusual) { return ""; }
                    private String taken; public String GETTAKEN() { return ""; }
                    private boolean isOn; public boolean getOn() { return true; }
                    private String x, y;
                    @Getter(lazy = true) private final String slow = String.valueOf(1);
                }
                """);
        put(files, "Fluent", """
                @Accessors(fluent = true) @Getter @Setter
                public class Fluent<A, B> {
                    private A first; private B second; private boolean isReady;
                    @Accessors(chain = true) private String chained;
                    @Accessors(fluent = true, chain = false) private String unchained;
                    @Accessors(prefix = "m_") private int m_count; @Accessors(prefix = "m_") private int other;
                    @Accessors(makeFinal = true) private int fin;
                }
                """);
        put(files, "Entities", """
                @Data public class Entities {
                    private final String id; private int n; @NonNull private String must; private transient int skipped;
                    @Data(staticConstructor = "of") public static class Named<T> { private final T value; }
                    @Value public static class Point { int x; int y; @NonFinal int z; static int s; int w = 3; }
                    @Value(staticConstructor = "at") @With public static class Place<T> { T where; boolean isFar; }
                    @Data public static class Own { int a; public boolean equals(Object o) { return o == this; }
                        public Own(int a) {} public String toString() { return ""; } }
                    @Data @EqualsAndHashCode(callSuper = false) public static final class Sub extends Own {
                        private int b; Sub() { super(1); } }
                    @EqualsAndHashCode @ToString public static final class Last { int q; }
                    @Data @NoArgsConstructor @AllArgsConstructor public static class Both { int a; String b; }
                    @Data @Builder public static class DataBuilt { private final int a; private String b = "x"; }
                    @Data @Builder @NoArgsConstructor @AllArgsConstructor
                    public static class AllOfIt { private int a; private String b; }
                    @Getter public enum Color { RED("r"), BLUE("b"); private final String code;
                        Color(String code) { this.code = code; } }
                    @Getter @RequiredArgsConstructor public enum Shape { ROUND(1); private final int corners; }
                    @FieldDefaults(makeFinal = true, level = AccessLevel.PRIVATE) @AllArgsConstructor
                    public static class Defaulted { int a; @NonFinal String b; long c = 1; public int d; }
                }
                """);
        put(files, "Constructors", """
                @NoArgsConstructor(access = AccessLevel.PROTECTED) @RequiredArgsConstructor(staticName = "required")
                @AllArgsConstructor(access = AccessLevel.PRIVATE)
                public class Constructors { @NonNull private String a; private int b; private final int c = 1;
                    @NonNull private String set = "x"; private static int s;
                    @NoArgsConstructor(force = true) public static class Forced { final int x; }
                    @AllArgsConstructor(staticName = "of") public static class Pair<A, B extends Number> { A a; B b; }
                    @RequiredArgsConstructor public static class Extra { final int x; Extra(String s) { x = 1; } }
                    @StandardException public static class Failure extends Exception {
                        public Failure(String s) { super(s); } }
                    @StandardException(access = AccessLevel.PROTECTED) public static class Other extends Exception {}
                }
                """);
        put(files, "Built", """
                @Builder(toBuilder = true)
                public class Built<T> {
                    private final T value; private int count; @Builder.Default private String name = "n";
                    @Singular private java.util.List<String> items; @Singular("entry") private Map<String, T> entries;
                    @Singular private Set<? extends Number> statuses; @Singular private Collection<Integer> boxes;
                    @Singular private java.util.SortedMap<String, Integer> companies;
                    private final int fixed = 3; private static int s;
                    @Builder(access = AccessLevel.PROTECTED, builderClassName = "Maker", buildMethodName = "make",
                        builderMethodName = "maker", setterPrefix = "with")
                    public static class Custom { String a; @Singular List<String> tags; }
                    @Builder(builderMethodName = "") public static class Quiet { int a; }
                    public static class ByConstructor { @Builder public ByConstructor(int a, String... more)
                        throws java.io.IOException {} }
                    public static class ByMethod { @Builder(builderClassName = "CallBuilder")
                        public static <X extends Number> List<X> call(X x, int n) { return null; } }
                    @Builder public record Rec<R>(R left, int right) {}
                    @Builder public static class Partly { private String a; private int b;
                        public static class PartlyBuilder { private String a;
                            public PartlyBuilder b(int other) { return this; } public PartlyBuilder c() { return this; } } }
                    @Builder @Getter public static class WithExisting { int a; WithExisting(int a) { this.a = a; } }
                    @lombok.Builder @Jacksonized public static class Json { int a; }
                    @With @AllArgsConstructor public static class Withers { int a; final String b; boolean isC; static int d;
                        private final int e = 1; }
                }
                """);
        put(files, "Supers", """
                @SuperBuilder(toBuilder = true) @Getter
                public abstract class Supers<T> { private T base; @Builder.Default private int level = 1;
                    @Singular private List<String> names;
                    @SuperBuilder(toBuilder = true) public static class Child extends Supers<String> { private int own; }
                    @SuperBuilder public static class Root { String r; }
                    @SuperBuilder(setterPrefix = "set") @Data @EqualsAndHashCode(callSuper = true)
                    public static class Leaf extends Root { private String l; }
                    @SuperBuilder @NoArgsConstructor public static class Generic<C, B> { C c; B b; }
                }
                """);
        put(files, "Others", """
                @Slf4j @FieldNameConstants
                public class Others { private String first; private int secondOne; static int s;
                    @FieldNameConstants.Exclude private int third;
                    @Log public static class ByJdk { void m() { log.info(""); } }
                    @Slf4j(access = AccessLevel.PUBLIC) public enum Logging { A; }
                    @Slf4j public static class HasLog { private static final Object log = null; }
                    @FieldNameConstants(asEnum = true, innerTypeName = "Names", level = AccessLevel.PRIVATE)
                    public static class AsEnum { int a; String b; }
                    @FieldNameConstants(onlyExplicitlyIncluded = true)
                    public static class Some { @FieldNameConstants.Include int a; String b; }
                    @UtilityClass public static class Tools { int count; int twice(int n) { return 2 * n; } class In {} }
                    public static class Locks { @Synchronized void a() {} @Synchronized void b() {}
                        @Synchronized static void c() {} private final Object own = new Object();
                        @Synchronized("own") void d() {} @SneakyThrows void e() { throw new Exception(); } }
                    void locals() { val text = "x"; text.length(); for (val c : List.of("a")) { c.trim(); } }
                }
                """);
        put(files, "Copies", """
                @WithBy @AllArgsConstructor
                public class Copies<T> { int n; long l; float f; boolean isOn; T item;
                            List<? extends T> items; String[] rest;
                    final char c = 'x'; static int s;
                    @WithBy(AccessLevel.PROTECTED) private String guarded;
                    @RequiredArgsConstructor public static class Single {
                            @WithBy final Map<String, int[]> map; int other = 1;
                        Single(Map<String, int[]> map, int other) { this.map = map; } }
                    public static class Holder {
                        static int local() { @Data class Inside { final int x; String name; }
                            return new Inside(1).getX(); } } }
                """);
        return files;
    }

    private static void put(Map<String, String> files, String name, String body) {
        String imports = """
                package app;
                import java.util.*;
                import lombok.*;
                import lombok.experimental.*;
                import lombok.extern.java.Log;
                import lombok.extern.jackson.Jacksonized;
                import lombok.extern.slf4j.*;
                """;
        files.put("app/" + name + ".java", imports + body);
    }
}
