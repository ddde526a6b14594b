package dev.quarry.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that no one writes: each makes one construct so long or so deep that a parser or the binding may take forever. */
final class CraftedTexts {
    private static final int MANY = 10_000;

    private CraftedTexts() {}

    /**
     * Classes without a package by their names. Each has the methods {@code int first()} and {@code int last()} around the
     * construct, and {@code last} calls {@code first}.
     */
    static Map<String, String> all() {
        Map<String, String> texts = new LinkedHashMap<>();
        angles(texts);
        lambdas(texts);
        expressions(texts);
        chains(texts);
        members(texts);
        statements(texts);
        return texts;
    }

    private static void angles(Map<String, String> texts) {
        add(texts, "Comparisons", "int f(int a) { return " + "a<".repeat(MANY) + "a; }");
        add(texts, "OpenComparisons", "void f(int a) { " + "a<".repeat(MANY) + " }");
        add(texts, "OpenComparedCalls", "void f(int a) { " + "a(a<".repeat(MANY) + " }");
        add(
                texts,
                "GenericNewInside",
                "Object f() { return " + "new X<".repeat(MANY) + "X" + ">()".repeat(MANY) + "; }");
        add(texts, "ComparisonStatements", "void f(int a) { " + "a<".repeat(MANY) + "a; }");
        add(texts, "ComparisonsInBraces", "void f(int a) { " + "if (a<".repeat(MANY) + "a" + ")".repeat(MANY) + "; }");
        add(
                texts,
                "ComparedCalls",
                "boolean f(int a) { return " + "g(a<".repeat(MANY) + "a" + ")".repeat(MANY) + "; }");
        add(texts, "GenericType", "List<".repeat(MANY) + "String" + ">".repeat(MANY) + " field;");
        add(texts, "GenericLocal", "void f() { " + "List<".repeat(MANY) + "String" + ">".repeat(MANY) + " x = null; }");
        add(texts, "GenericParameter", "void f(" + "List<".repeat(MANY) + "String" + ">".repeat(MANY) + " x) { }");
        add(
                texts,
                "GenericNew",
                "Object f() { return new " + "List<".repeat(MANY) + "String" + ">".repeat(MANY) + "(); }");
        add(texts, "OpenGenerics", "void f() { " + "List<".repeat(MANY) + " }");
    }

    private static void lambdas(Map<String, String> texts) {
        add(texts, "Casts", "Object f(Object a) { return " + "(Object) ".repeat(MANY) + "a; }");
        add(texts, "GenericCasts", "Object f(Object a) { return " + "(List<String>) ".repeat(MANY) + "a; }");
        add(texts, "OpenParentheses", "int f(int a) { return " + "(a".repeat(MANY) + "; }");
        add(
                texts,
                "Lambdas",
                overloads() + "Object f() { return " + "run(() -> ".repeat(12) + "1" + ")".repeat(12) + "; }");
        add(
                texts,
                "BlockLambdas",
                overloads() + "Object f() { return " + "run(() -> { return ".repeat(12) + "1" + "; })".repeat(12)
                        + "; }");
        add(
                texts,
                "LambdasWithParameters",
                overloads() + "Object f() { return " + "map(x -> ".repeat(12) + "x" + ")".repeat(12) + "; }");
        add(texts, "BareLambdas", "Object f() { return " + "() -> ".repeat(3_000) + "1; }");
        add(
                texts,
                "LambdaBlocks",
                "Runnable f() { return " + "() -> { Runnable r = ".repeat(300) + "null" + "; }".repeat(300) + "; }");
    }

    private static void expressions(Map<String, String> texts) {
        add(texts, "Parentheses", "int f = " + "(".repeat(MANY) + "1" + ")".repeat(MANY) + ";");
        add(texts, "ParenthesesInBody", "int f() { return " + "(".repeat(MANY) + "1" + ")".repeat(MANY) + "; }");
        add(texts, "Concatenation", "String f(String s) { return s" + " + s".repeat(MANY) + "; }");
        add(texts, "LiteralConcatenation", "String f() { return \"a\"" + " + \"b\"".repeat(MANY) + "; }");
        add(texts, "MixedConcatenation", "String f(int i) { return \"a\"" + " + i + \"b\"".repeat(MANY) + "; }");
        add(texts, "Array", "int[] f = {" + list(MANY, i -> i + "") + "};");
        add(texts, "ArrayOfCalls", "int[] f = {" + list(MANY, _ -> "first()") + "};");
        add(texts, "NestedArrays", "Object f = new Object[] " + "{".repeat(390) + "}".repeat(390) + ";");
        add(
                texts,
                "IfElse",
                "int f(int a) { " + each(3_000, i -> "if (a == " + i + ") { return 1; } else ") + "return 0; }");
        add(texts, "NestedIf", "void f(int a) { " + "if (a > 0) ".repeat(MANY) + "a++; }");
    }

    private static void chains(Map<String, String> texts) {
        add(texts, "Chain", "Chain self() { return this; } Chain f() { return this" + ".self()".repeat(MANY) + "; }");
        add(texts, "UnknownChain", "Object f(Missing a) { return a" + ".b().c()".repeat(MANY / 2) + "; }");
        add(
                texts,
                "BuilderChain",
                "String f() { return new StringBuilder()" + ".append(1)".repeat(MANY) + ".toString(); }");
        add(
                texts,
                "StreamChain",
                "Object f(java.util.stream.Stream<String> s) { return s" + ".map(x -> x)".repeat(1_000) + "; }");
        add(
                texts,
                "Switch",
                "int f(int a) { switch (a) { " + each(5_000, i -> "case " + i + ": return " + i + "; ")
                        + "} return 0; }");
        add(
                texts,
                "StringSwitch",
                "int f(String a) { return switch (a) { "
                        + each(5_000, i -> "case \"c" + i + "\" -> " + i + "; ")
                        + "default -> 0; }; }");
        add(texts, "Ternaries", "int f(int a) { return " + each(5_000, i -> "a == " + i + " ? " + i + " : ") + "0; }");
        add(
                texts,
                "TernariesInside",
                "int f(int a) { return " + "a == 1 ? ".repeat(5_000) + "1" + " : 2".repeat(5_000) + "; }");
        add(
                texts,
                "GenericTernaries",
                "Object f(int a) { return " + "a == 1 ? java.util.List.of() : ".repeat(5_000) + "null; }");
        add(
                texts,
                "NestedCalls",
                "int g(int a) { return a; } int f() { return " + "g(".repeat(MANY) + "1" + ")".repeat(MANY) + "; }");
        add(
                texts,
                "GenericCalls",
                "<T> T g(T a) { return a; } Object f() { return " + "g(".repeat(3_000) + "1" + ")".repeat(3_000)
                        + "; }");
    }

    private static void members(Map<String, String> texts) {
        add(texts, "Methods", each(5_000, i -> "int m" + i + "() { return m" + (i + 1) % 5_000 + "(); } "));
        add(texts, "Overloads", each(2_000, i -> "void f(T" + i + " a, T" + i + " b) { f(null, null); } "));
        add(
                texts,
                "KnownOverloads",
                each(1_000, i -> "static class T" + i + " { } void f(T" + i + " a) { f(null); } "));
        add(
                texts,
                "KnownAndMissing",
                each(500, i -> "static class T" + i + " { } void f(T" + i + " a, Missing b) { f(null, g()); } "));
        add(texts, "Fields", "int " + list(MANY, i -> "x" + i + " = " + (i == 0 ? "1" : "x" + (i - 1))) + ";");
        add(
                texts,
                "Constants",
                "static final String "
                        + list(2_000, i -> "x" + i + " = " + (i == 0 ? "\"a\"" : "x" + (i - 1) + " + x" + (i - 1)))
                        + ";");
        add(
                texts,
                "TypeParameters",
                "<" + list(3_000, i -> "T" + i + " extends T" + (i + 1) % 3_000) + "> void f() { }");
        add(texts, "Annotations", "@SuppressWarnings(" + "{".repeat(390) + "}".repeat(390) + ") int f;");
        add(texts, "Minuses", "int f(int a) { return " + "- ".repeat(MANY) + "a; }");
        add(texts, "Nots", "boolean f(boolean a) { return " + "!".repeat(MANY) + "a; }");
        add(texts, "Dimensions", "int" + "[]".repeat(MANY) + " f;");
        add(texts, "Indices", "int f(int[] a) { return " + "a[".repeat(MANY) + "0" + "]".repeat(MANY) + "; }");
        add(texts, "Names", "Object f = a" + ".b".repeat(MANY) + ";");
    }

    private static void statements(Map<String, String> texts) {
        add(texts, "Labels", "void f() { " + each(3_000, i -> "l" + i + ": ") + ";" + " }");
        add(texts, "Tries", "void f() { " + "try { ".repeat(390) + "} finally { }".repeat(390) + " }");
        add(texts, "Catches", "void f() { try { } " + each(3_000, i -> "catch (E" + i + " e) { } ") + " }");
        add(
                texts,
                "Patterns",
                "boolean f(Object o) { return o instanceof " + "R(".repeat(3_000) + "int x" + ")".repeat(3_000)
                        + "; }");
        add(texts, "Assignments", "int f(int a) { return " + "a = ".repeat(MANY) + "1; }");
        add(texts, "Conditions", "boolean f(boolean a) { return a" + " && a || !a".repeat(MANY) + "; }");
        add(texts, "Semicolons", ";".repeat(MANY));
        add(texts, "OpenBraces", "void f() { " + "{ int x = 1; ".repeat(390));
        add(texts, "ClosedBraces", "void f() { " + "} ) ".repeat(MANY));
        add(texts, "Signs", "void f() { " + "+ * / ( ".repeat(MANY) + " }");
        add(
                texts,
                "Anonymous",
                "Object f() { return " + "new Object() { Object o = ".repeat(190) + "1" + "; }".repeat(190) + "; }");
        add(texts, "NestedTypes", each(390, i -> "class N" + i + " { ") + "}".repeat(390));
    }

    /** Whether the text cannot be told from an expression that goes on to its end. */
    static boolean hideWhatFollows(String name) {
        return name.equals("OpenParentheses");
    }

    private static void add(Map<String, String> texts, String name, String members) {
        texts.put(name, text(name, members));
    }

    private static String text(String name, String members) {
        return "import java.util.List;\nclass " + name + " {\n    int first() { return 1; }\n    " + members
                + "\n    int last() { return first(); }\n}\n";
    }

    private static String overloads() {
        return """
                interface A<T> { T a(); }
                interface B<T> { T b() throws Exception; }
                interface F<T, R> { R f(T t); }
                interface G<T, R> { R g(T t) throws Exception; }
                <T> T run(A<T> a) { return null; }
                <T> T run(B<T> b) { return null; }
                <T, R> R map(F<T, R> f) { return null; }
                <T, R> R map(G<T, R> g) { return null; }
                """;
    }

    private static String each(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    private static String list(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(", "));
    }
}
