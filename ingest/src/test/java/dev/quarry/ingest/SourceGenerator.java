package dev.quarry.ingest;

import java.util.SplittableRandom;

/** Random Java files, correct in their syntax. Every field stands in a declaration of its own. */
final class SourceGenerator {
    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private int names;

    private SourceGenerator(SplittableRandom random) {
        this.random = random;
    }

    static String file(SplittableRandom random) {
        SourceGenerator generator = new SourceGenerator(random);
        generator.text.append("package p.q; import java.util.List; import static a.B.*;\n");
        for (int types = 1 + random.nextInt(2); types > 0; types--) {
            generator.type(0);
        }
        generator.text.append("class Last { int last = 1; }\n");
        return generator.text.toString();
    }

    private String name() {
        names++;
        return random.nextInt(8) == 0 ? "größe" + names : "name" + names;
    }

    private void type(int depth) {
        String name = name();
        switch (random.nextInt(4)) {
            case 0 ->
                text.append("/** Doc. */ public final class ")
                        .append(name)
                        .append("<T extends Comparable<? super T>> extends Base<T> {\n");
            case 1 -> text.append("@Marked(value = 3) interface ").append(name).append(" {\n");
            case 2 -> text.append("record ").append(name).append("(int a, String... b) {\n");
            default -> text.append("enum ").append(name).append(" { ONE(1), @Old TWO(2) { int x() { return 2; } };\n");
        }
        for (int members = random.nextInt(5); members > 0; members--) {
            member(depth);
        }
        text.append("}\n");
    }

    private void member(int depth) {
        switch (random.nextInt(depth < 3 ? 5 : 3)) {
            case 0 ->
                text.append("static final int ")
                        .append(name())
                        .append(" = ")
                        .append(expression(0))
                        .append(";\n");
            case 1 -> method("static <U> int ");
            case 2 -> method("/** Doc of it. */ @Marked public static List<int[]> ");
            default -> type(depth + 1);
        }
    }

    private void method(String head) {
        text.append(head).append(name()).append("(final String a, int[] b) throws E {\n");
        for (int statements = random.nextInt(4); statements > 0; statements--) {
            switch (random.nextInt(4)) {
                case 0 ->
                    text.append("int ")
                            .append(name())
                            .append(" = ")
                            .append(expression(0))
                            .append(";\n");
                case 1 ->
                    text.append("class ")
                            .append(name())
                            .append(" { int f = ")
                            .append(expression(1))
                            .append("; }\n");
                case 2 ->
                    text.append("Runnable ")
                            .append(name())
                            .append(" = () -> run(")
                            .append(expression(0))
                            .append(");\n");
                default ->
                    text.append("if (a == \"s\\\"t\") { foo(")
                            .append(expression(0))
                            .append("); }\n");
            }
        }
        text.append("return null; }\n");
    }

    private String expression(int depth) {
        return switch (random.nextInt(depth < 3 ? 4 : 2)) {
            case 0 -> Integer.toString(random.nextInt(1000));
            case 1 -> "x";
            case 2 -> "(" + expression(depth + 1) + " + " + expression(depth + 1) + ")";
            default -> "a.call(" + expression(depth + 1) + ", 'c')";
        };
    }
}
