package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.bench.EditLatency.Edit;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Edits of signatures: a method that a hundred others or more call, and that neither overrides one nor is overridden, takes
 * further arguments, so that each of these calls another method than before; the next edit takes it back.
 */
final class SignatureEdits implements EditLatency.Edits {
    private static final int FEWEST = 100;
    private static final int MOST = 150;
    private static final String PARAMETER = "Object... further";
    private static final String CALLERS = "?[count_unique(src)] := *edge:rev{dst: $id, kind: 'CALLS', src}";
    private static final String TYPE = "java.lang.Object[]";

    private final ServerClient server;
    private final Path root;
    private final SplittableRandom random;
    private final List<Method> methods = new ArrayList<>();
    private int statics;
    private Optional<Edit> undo = Optional.empty();

    /** A method with so many callers. */
    private record Method(String id, String name, String qualifiedName, String signature, String path, int callers) {}

    private record Signature(ServerClient server, Path file, String text, NodeId method, int callers) implements Edit {
        @Override
        public boolean isSeen() throws IOException {
            JsonNode rows = server.query(CALLERS, method).get("rows");
            return !rows.isEmpty() && rows.get(0).get(0).asInt() >= callers;
        }
    }

    /** Edits of files in a folder below the root, given with {@code /} at its end; empty for all. */
    SignatureEdits(ServerClient server, Path root, String folder, SplittableRandom random) throws IOException {
        this.server = server;
        this.root = root;
        this.random = random;
        // Letter by letter, because a script may not take long.
        for (char letter = 'a'; letter <= 'z'; letter++) {
            addMethods(letter, folder);
        }
        System.out.println(
                "# methods with " + FEWEST + " to " + MOST + " callers: " + methods.size() + ", static: " + statics);
    }

    private void addMethods(char letter, String folder) throws IOException {
        String script = "method[id, file] := *node:by_name{name, id}, starts_with(name, '" + letter + "'),"
                + " *node{id, kind, file}, kind == 'METHOD'"
                + " called[id, count_unique(src)] := method[id, file], *file{id: file, path}, starts_with(path, '"
                + folder
                + "'), *edge:rev{dst: id, kind, src}, kind == 'CALLS'"
                + " ?[id, name, qname, signature, path, flags, n] := called[id, n], n >= " + FEWEST + ", n <= " + MOST
                + ", *node{id, name, qname, signature, file, flags}, *file{id: file, path},"
                + " not *edge{src: id, kind: 'OVERRIDES'}, not *edge:rev{dst: id, kind: 'OVERRIDES'} :order id";
        for (JsonNode row : server.query(script).get("rows")) {
            statics += Modifier.isStatic(row.get(5).asInt()) ? 1 : 0;
            methods.add(new Method(
                    row.get(0).asText(),
                    row.get(1).asText(),
                    row.get(2).asText(),
                    row.get(3).asText(),
                    row.get(4).asText(),
                    row.get(6).asInt()));
        }
    }

    @Override
    public Edit next() throws IOException {
        if (undo.isPresent()) {
            Edit edit = undo.get();
            undo = Optional.empty();
            return edit;
        }
        while (true) {
            Optional<Edit> edit = edit(methods.get(random.nextInt(methods.size())));
            if (edit.isPresent()) {
                return edit.get();
            }
        }
    }

    /** Empty where the head cannot be edited, or where calls might then mean an overload. */
    private Optional<Edit> edit(Method method) throws IOException {
        if (overloads(method) != 1 || method.signature().endsWith("[])")) {
            return Optional.empty();
        }
        Path file = root.resolve(method.path());
        String text = Files.readString(file);
        int end = endOfParameters(text, method.name(), server.line(method.id()));
        if (end < 0) {
            return Optional.empty();
        }
        boolean isBare = method.signature().equals("()");
        String changed = text.substring(0, end) + (isBare ? "" : ", ") + PARAMETER + text.substring(end);
        String signature = method.signature().replace(")", (isBare ? "" : ",") + TYPE + ")");
        undo = Optional.of(edit(method, file, text, method.signature()));
        return Optional.of(edit(method, file, changed, signature));
    }

    private Edit edit(Method method, Path file, String text, String signature) {
        NodeId id = NodeId.of(NodeKind.METHOD, method.qualifiedName(), signature);
        return new Signature(server, file, text, id, method.callers());
    }

    private int overloads(Method method) throws IOException {
        String script = "?[count(id)] := *node:by_name{name: " + quoted(method.name())
                + ", id}, *node{id, qname}, qname == " + quoted(method.qualifiedName());
        return server.query(script).get("rows").get(0).get(0).asInt();
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    /** Where the parenthesis stands that ends the parameters; negative if that cannot be told. */
    private static int endOfParameters(String text, String name, int declaredAt) {
        int line = 0;
        for (int i = 1; i < declaredAt; i++) {
            line = text.indexOf('\n', line) + 1;
        }
        int open = text.indexOf(name + "(", line);
        int close = text.indexOf(')', open);
        boolean isPlain = open >= 0 && close > open && text.indexOf('(', open + name.length() + 1) > close;
        return isPlain ? close : -1;
    }
}
