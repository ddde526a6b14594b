package dev.quarry.ingest;

import dev.quarry.ingest.Outline.Call;
import dev.quarry.ingest.Outline.Part;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSNode;
import org.treesitter.TSQuery;
import org.treesitter.TSQueryCapture;
import org.treesitter.TSQueryCursor;
import org.treesitter.TSQueryMatch;

/** Reads the outline of one file from its tree. */
final class OutlineReader {
    private static final Set<String> AFTER_TYPE_NAME = Set.of("{", "<", "(", "extends", "implements", "permits");

    private final String text;
    private final TSQuery query;
    private final List<Part> parts = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Set<Integer> typeNames = new HashSet<>();
    private String packageName = "";

    OutlineReader(String text, TSQuery query) {
        this.text = text;
        this.query = query;
    }

    Outline read(TSNode root) {
        TSQueryCursor cursor = new TSQueryCursor();
        cursor.exec(query, root);
        TSQueryMatch match = new TSQueryMatch();
        while (cursor.nextMatch(match)) {
            Match found = new Match();
            for (TSQueryCapture capture : match.getCaptures()) {
                found.take(query.getCaptureNameForId(capture.getIndex()), capture.getNode());
            }
            add(found);
        }
        openTypes();
        parts.sort(Comparator.comparingInt(Part::start).thenComparingInt(part -> -part.end()));
        return new Outline(packageName, parts, calls);
    }

    /** The nodes of one match, by their names in the query. */
    private static final class Match {
        private @Nullable TSNode declaration;
        private @Nullable TSNode call;
        private @Nullable TSNode name;
        private @Nullable TSNode parameters;
        private @Nullable TSNode typeParameters;
        private @Nullable TSNode created;

        private void take(String capture, TSNode node) {
            switch (capture) {
                case "d" -> declaration = node;
                case "c" -> call = node;
                case "n" -> name = node;
                case "p" -> parameters = node;
                case "g" -> typeParameters = node;
                case "t" -> created = node;
                default -> throw new IllegalStateException("unknown capture " + capture);
            }
        }
    }

    private void add(Match match) {
        if (match.call != null) {
            call(match, match.call);
        } else if (match.declaration != null) {
            declaration(match, match.declaration);
        }
    }

    private void call(Match match, TSNode call) {
        if (match.created != null) {
            calls.add(new Call(true, erased(written(match.created)), startOfNew(call)));
        } else if (match.name != null && start(match.name) < end(match.name)) {
            calls.add(new Call(false, written(match.name), start(match.name)));
        }
    }

    /** Where the {@code new} stands: what the created object is an inner one of may precede it. */
    private int startOfNew(TSNode call) {
        for (int i = 0; i < call.getChildCount(); i++) {
            if (call.getChild(i).getType().equals("new")) {
                return start(call.getChild(i));
            }
        }
        return start(call);
    }

    private void declaration(Match match, TSNode declaration) {
        String type = declaration.getType();
        if (type.equals("package_declaration")) {
            packageName = match.name == null ? "" : written(match.name).replaceAll("\\s+", "");
            return;
        }
        NodeKind kind = kind(type);
        int anchor = match.name == null ? start(declaration) : start(match.name);
        String name = match.name == null ? "" : written(match.name);
        if (match.name != null && name.isEmpty()) {
            return;
        }
        Part part = new Part(
                kind,
                name,
                anchor,
                start(declaration),
                end(declaration),
                match.parameters == null ? "" : written(match.parameters),
                match.typeParameters == null ? "" : written(match.typeParameters));
        parts.add(part);
        if (part.isType()) {
            typeNames.add(anchor);
        }
    }

    private static @Nullable NodeKind kind(String type) {
        return switch (type) {
            case "class_declaration" -> NodeKind.CLASS;
            case "interface_declaration" -> NodeKind.INTERFACE;
            case "enum_declaration" -> NodeKind.ENUM;
            case "record_declaration" -> NodeKind.RECORD;
            case "annotation_type_declaration" -> NodeKind.ANNOTATION;
            case "method_declaration", "annotation_type_element_declaration" -> NodeKind.METHOD;
            case "constructor_declaration", "compact_constructor_declaration" -> NodeKind.CONSTRUCTOR;
            case "field_declaration", "constant_declaration" -> NodeKind.FIELD;
            case "enum_constant" -> NodeKind.ENUM_CONSTANT;
            case "static_initializer" -> NodeKind.INITIALIZER;
            default -> null;
        };
    }

    /** Types whose braces do not match: the tree has none for them, but their headings stand in the text. */
    private void openTypes() {
        TokenTable tokens = TokenTable.scan(text, SourceLines.of(text));
        for (int token = 0; token + 2 < tokens.count(); token++) {
            NodeKind kind = switch (tokens.text(token)) {
                case "class" -> NodeKind.CLASS;
                case "interface" -> token > 0 && tokens.is(token - 1, "@") ? NodeKind.ANNOTATION : NodeKind.INTERFACE;
                case "enum" -> NodeKind.ENUM;
                default -> null;
            };
            if (kind == null
                    || (token > 0 && tokens.is(token - 1, "."))
                    || tokens.category(token + 1) != TokenTable.Category.IDENTIFIER
                    || !AFTER_TYPE_NAME.contains(tokens.text(token + 2))
                    || typeNames.contains(tokens.start(token + 1))) {
                continue;
            }
            parts.add(new Part(
                    kind,
                    tokens.text(token + 1),
                    tokens.start(token + 1),
                    tokens.start(token),
                    bodyEnd(tokens, token),
                    "",
                    ""));
        }
    }

    /** Behind the brace that closes the body of the type that begins at a token; the end of the text where none does. */
    private int bodyEnd(TokenTable tokens, int from) {
        int depth = 0;
        for (int token = from; token < tokens.count(); token++) {
            if (tokens.is(token, "{")) {
                depth++;
            } else if (tokens.is(token, "}") && --depth <= 0) {
                return tokens.end(token);
            }
        }
        return text.length();
    }

    /** A type's name without arguments and annotations. */
    private static String erased(String type) {
        StringBuilder name = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (depth == 0 && c != '>' && !Character.isWhitespace(c)) {
                name.append(c);
            }
        }
        return name.toString();
    }

    private int start(TSNode node) {
        return Math.min(node.getStartByte() / Character.BYTES, text.length());
    }

    private int end(TSNode node) {
        return Math.clamp(node.getEndByte() / Character.BYTES, start(node), text.length());
    }

    private String written(TSNode node) {
        return text.substring(start(node), end(node));
    }
}
