package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.bench.EditLatency.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Edits of bodies: a random method calls what it did not call before. */
final class BodyEdits implements EditLatency.Edits {
    private static final int METHODS = 3_000;
    private static final int HEAD_LINES = 6;
    private static final String CALLED = "reverseBytes";

    private final ServerClient server;
    private final Path root;
    private final SplittableRandom random;
    private final List<Method> methods = new ArrayList<>();

    private record Method(String id, String path) {}

    private record Body(ServerClient server, Path file, String text, String callees) implements Edit {
        @Override
        public boolean isSeen() throws IOException {
            return server.get(callees).contains(CALLED);
        }
    }

    /** Edits of files in a folder below the root, given with {@code /} at its end; empty for all. */
    BodyEdits(ServerClient server, Path root, String folder, SplittableRandom random) throws IOException {
        this.server = server;
        this.root = root;
        this.random = random;
        String script = "?[h, id, path] := *node{id, kind, file, version}, kind == 'METHOD',"
                + " *file{id: file, path}, starts_with(path, '" + folder + "'), h = version :order h :limit " + METHODS;
        for (JsonNode row : server.query(script).get("rows")) {
            methods.add(new Method(row.get(1).asText(), row.get(2).asText()));
        }
    }

    @Override
    public Edit next() throws IOException {
        while (true) {
            Optional<Edit> edit = edit(methods.remove(random.nextInt(methods.size())));
            if (edit.isPresent()) {
                return edit.get();
            }
        }
    }

    /** Empty where the method has no body that can be edited. */
    private Optional<Edit> edit(Method method) throws IOException {
        Path file = root.resolve(method.path());
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int line = server.line(method.id());
        int brace = line > 0 ? brace(lines, line - 1) : -1;
        if (brace < 0) {
            return Optional.empty();
        }
        lines.add(brace + 1, "        Integer." + CALLED + "(" + random.nextInt(1_000) + ");");
        String text = String.join("\n", lines);
        Edit edit = new Body(server, file, text, "/v1/symbols/" + method.id() + "/callees?limit=200");
        return edit.isSeen() ? Optional.empty() : Optional.of(edit);
    }

    /** The line at whose end the method's body begins; negative where that cannot be told. */
    private static int brace(List<String> lines, int start) {
        for (int i = start; i < Math.min(lines.size(), start + HEAD_LINES); i++) {
            String line = lines.get(i);
            if (line.contains(";") || line.contains(" new ") || line.contains("return ") || line.contains("->")) {
                return -1;
            }
            if (line.endsWith(") {")) {
                return i;
            }
        }
        return -1;
    }
}
