package dev.quarry.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Java file made of the declarations that a development set has of it.
 *
 * @param text the file
 * @param lines the ids of the documents by the line, counted from 1, on which their code begins
 */
record SourceSketch(String text, Map<Integer, String> lines) {
    /** The file with these declarations, which are of one package. {@code interfaces} names types that are implemented. */
    static SourceSketch of(List<EvalDocument> documents, Set<String> interfaces) {
        Map<String, TypeSketch> types = new LinkedHashMap<>();
        for (EvalDocument document : documents) {
            TypeSketch type = type(document.type(), types);
            if (document.isType()) {
                type.declaration = document;
            } else {
                type.members.add(document);
            }
        }
        Writer writer = new Writer(interfaces);
        writer.line("package " + documents.getFirst().packageName() + ";");
        types.values().stream().filter(type -> !type.isNested).forEach(writer::type);
        return new SourceSketch(writer.text.toString(), Map.copyOf(writer.lines));
    }

    private static TypeSketch type(String name, Map<String, TypeSketch> types) {
        TypeSketch known = types.get(name);
        if (known != null) {
            return known;
        }
        int dot = name.lastIndexOf('.');
        TypeSketch made = new TypeSketch(name.substring(dot + 1), dot >= 0);
        types.put(name, made);
        if (dot >= 0) {
            type(name.substring(0, dot), types).nested.add(made);
        }
        return made;
    }

    private static final class TypeSketch {
        private final String name;
        private final boolean isNested;
        private final List<EvalDocument> members = new ArrayList<>();
        private final List<TypeSketch> nested = new ArrayList<>();
        private EvalDocument declaration = new EvalDocument("", "", "", "", "", "", List.of(), List.of());

        private TypeSketch(String name, boolean isNested) {
            this.name = name;
            this.isNested = isNested;
        }

        /** The keyword; where the set does not say it, what the members look like. */
        private String keyword() {
            return switch (declaration.typeKind()) {
                case "" -> members.stream().anyMatch(TypeSketch::isOfInterface) ? "interface" : "class";
                case "annotation_type" -> "@interface";
                default -> declaration.typeKind();
            };
        }

        private static boolean isOfInterface(EvalDocument member) {
            String head = member.code().substring(0, Math.max(0, member.code().indexOf('(')));
            boolean hasBody = member.code().stripTrailing().endsWith("}");
            return head.contains("default ") || (!hasBody && !head.contains("abstract ") && !head.contains("native "));
        }
    }

    private static final class Writer {
        private final Set<String> interfaces;
        private final StringBuilder text = new StringBuilder();
        private final Map<Integer, String> lines = new HashMap<>();
        private int line = 1;

        private Writer(Set<String> interfaces) {
            this.interfaces = interfaces;
        }

        private void type(TypeSketch type) {
            String keyword = type.keyword();
            EvalDocument declaration = type.declaration;
            doc(declaration.doc());
            if (!declaration.id().isEmpty()) {
                lines.put(line, declaration.id());
            }
            String parameters = keyword.equals("record") ? "()" : "";
            line("public " + (type.isNested ? "static " : "") + keyword + " " + type.name + parameters
                    + supers(declaration, keyword) + " {");
            if (keyword.equals("enum")) {
                line(";");
            }
            for (String field : declaration.fields()) {
                line("Object " + field + " = null;");
            }
            for (EvalDocument member : type.members) {
                doc(member.doc());
                lines.put(line, member.id());
                line(member.code());
            }
            type.nested.forEach(this::type);
            line("}");
        }

        private String supers(EvalDocument declaration, String keyword) {
            List<String> extended = new ArrayList<>();
            List<String> implemented = new ArrayList<>();
            for (String each : declaration.supers()) {
                String simple = each.replaceFirst("<.*", "");
                boolean isClass = keyword.equals("class") && extended.isEmpty() && !interfaces.contains(simple);
                (isClass || keyword.equals("interface") ? extended : implemented).add(each);
            }
            return clause(" extends ", extended) + clause(" implements ", implemented);
        }

        private static String clause(String word, List<String> names) {
            return names.isEmpty() ? "" : word + String.join(", ", names);
        }

        private void doc(String doc) {
            if (!doc.isEmpty()) {
                line("/**\n" + doc.replace("*/", "* /") + "\n*/");
            }
        }

        private void line(String content) {
            text.append(content).append('\n');
            line += 1 + (int) content.chars().filter(c -> c == '\n').count();
        }
    }
}
