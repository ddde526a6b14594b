package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running server questions made of the names of random methods, and the backend behind it in turn, and prints how
 * long it takes to the first event, to the sources, and from the beginning of the generation to the first token; beside it
 * the backend's own time to its first token, asked alone over chat completions.
 *
 * <p>Arguments: the server's address, the file with its token, the backend's address as the configuration has it, its
 * model, the number of questions, a seed; with {@code again}, each question is asked twice more, written a little
 * otherwise, when its answer must come from the cache, for which the backend must cite, and in other words, which a network
 * must read and may refuse.
 */
public final class AskLatency {
    private static final int WARM_UP = 30;
    private static final int METHODS = 500;
    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";
    private static final String AGAIN = "again";

    private final ObjectMapper json = new ObjectMapper();
    private final String address;
    private final String token;
    private final ServerClient server;
    private final String backend;
    private final String model;
    private final SplittableRandom random;
    private final boolean again;
    private final Map<String, List<Double>> times = new LinkedHashMap<>();

    private AskLatency(String[] arguments) throws IOException {
        address = arguments[0];
        token = Files.readString(Path.of(arguments[1])).strip();
        server = new ServerClient(address, token);
        backend = arguments[2];
        model = arguments[3];
        random = new SplittableRandom(Long.parseLong(arguments[5]));
        again = arguments.length == 7;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 6 || arguments.length > 7 || (arguments.length == 7 && !arguments[6].equals(AGAIN))) {
            System.err.println("usage: AskLatency ADDRESS TOKENFILE BACKEND MODEL QUESTIONS SEED [" + AGAIN + "]");
            System.exit(2);
        }
        new AskLatency(arguments).run(Integer.parseInt(arguments[4]));
    }

    private void run(int questions) throws IOException {
        List<String> names = server.methodNames(METHODS);
        for (int i = -WARM_UP; i < questions; i++) {
            if (i == 0) {
                times.clear();
            }
            String name = names.get(random.nextInt(names.size()));
            String question = "How does " + name + " work?";
            ask(question);
            alone(question);
            if (again) {
                askAgain(name, question.replace("How", "how").replace("?", ""));
            }
        }
        System.out.println("until\tp50_ms\tp95_ms\tquestions");
        times.forEach((name, millis) -> {
            Percentiles of = new Percentiles(millis);
            System.out.printf("%s\t%.1f\t%.1f\t%d%n", name, of.median(), of.at(95), of.count());
        });
    }

    private void ask(String question) throws IOException {
        long start = System.nanoTime();
        Map<String, Long> first = new LinkedHashMap<>();
        HttpURLConnection connection =
                post(address + "/v1/ask", token, Map.of("question", question, "stream", true, "fresh", true));
        try (BufferedReader lines = lines(connection)) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EVENT)) {
                    name = line.substring(EVENT.length());
                    first.putIfAbsent(first.isEmpty() ? "event" : name, System.nanoTime());
                } else if (line.contains("\"generate\"")) {
                    first.putIfAbsent("generate", System.nanoTime());
                }
            }
        }
        note("the first event", start, first.get("event"));
        note("the sources", start, first.get("sources"));
        note("the first token, from the generation's begin", first.get("generate"), first.get("token"));
    }

    private void askAgain(String name, String question) throws IOException {
        if (!isKept(question, "a kept answer, whole")) {
            throw new IOException("'" + question + "' was not answered from the cache: does the backend cite?");
        }
        isKept("Please describe what " + name + " does and how", "a kept answer in other words, whole");
    }

    /** Asks a question that was answered before; whether the cache answers it. */
    private boolean isKept(String question, String what) throws IOException {
        long start = System.nanoTime();
        String reply = server.post("/v1/ask", Map.of("question", question, "stream", false));
        long end = System.nanoTime();
        boolean isKept = json.readTree(reply).path("kind").asText().equals("CACHED");
        if (isKept) {
            note(what, start, end);
        }
        return isKept;
    }

    /** The backend by itself, asked for a stream as Quarry does. */
    private void alone(String question) throws IOException {
        long start = System.nanoTime();
        Map<String, Object> message = Map.of("role", "user", "content", question);
        HttpURLConnection connection = post(
                backend + "/chat/completions",
                "none",
                Map.of("model", model, "stream", true, "messages", List.of(message)));
        boolean noted = false;
        try (BufferedReader lines = lines(connection)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!noted && line.startsWith(DATA + "{") && hasText(line)) {
                    noted = true;
                    note("the backend's own first token", start, System.nanoTime());
                }
            }
        }
    }

    private boolean hasText(String line) throws IOException {
        JsonNode delta = json.readTree(line.substring(DATA.length())).at("/choices/0/delta/content");
        return !delta.asText("").isEmpty();
    }

    private void note(String name, @Nullable Long start, @Nullable Long end) throws IOException {
        if (start == null || end == null) {
            throw new IOException("there was no " + name + ": is the backend up, and the server set up with it?");
        }
        times.computeIfAbsent(name, _ -> new ArrayList<>()).add((end - start) / 1e6);
    }

    private HttpURLConnection post(String url, String bearer, Map<String, Object> body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + bearer);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(json.writeValueAsBytes(body));
        return connection;
    }

    private static BufferedReader lines(HttpURLConnection connection) throws IOException {
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }
}
