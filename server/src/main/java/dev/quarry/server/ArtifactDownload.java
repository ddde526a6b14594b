package dev.quarry.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The program of the process that fetches artifacts: copies files of a Maven repository over HTTP into a local one. It uses
 * the JDK alone, runs nothing that it fetches, and reads nothing of the indexed repository but the list it is given.
 *
 * <p>A file is written under another name, held to the checksum that lies beside it, and then moved to its place, so that no
 * part of a file ever stands there.
 */
final class ArtifactDownload {
    /** What became of a file: the first word of its line in the outcome. */
    enum Outcome {
        FETCHED,
        /** The remote repository has no such file. */
        ABSENT,
        /** It is not what its checksum says, or the server failed. */
        REFUSED,
        /** No connection could be made. */
        UNREACHABLE
    }

    private static final int ARGUMENTS = 4;
    private static final int THREADS = 6;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int BUFFER = 1 << 16;
    private static final long MAX_BYTES = 512L << 20;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final String GRADLE_MARK = "published-with-gradle-metadata";

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String repository;
    private final Path local;
    private final Path temporary;

    private ArtifactDownload(String repository, Path local, Path temporary) {
        this.repository = repository.endsWith("/") ? repository : repository + "/";
        this.local = local;
        this.temporary = temporary;
    }

    /**
     * Fetches files.
     *
     * @param arguments the address of the remote repository; the folder of the local one; a folder on the same disk for
     *     files that are not whole yet, which holds {@code wanted}: paths below both repositories, one a line; the file
     *     that takes one line for each path: its {@link Outcome}, the path, and what went wrong
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("four arguments are needed, not " + arguments.length);
        }
        Path temporary = Path.of(arguments[2]);
        List<String> wanted = Files.readAllLines(temporary.resolve("wanted"), StandardCharsets.UTF_8);
        ArtifactDownload download = new ArtifactDownload(arguments[0], Path.of(arguments[1]), temporary);
        Files.write(Path.of(arguments[3]), download.all(wanted), StandardCharsets.UTF_8);
    }

    private List<String> all(List<String> wanted) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<String>> running =
                    wanted.stream().map(path -> threads.submit(() -> one(path))).toList();
            for (int i = 0; i < running.size(); i++) {
                try {
                    lines.add(running.get(i).get());
                } catch (ExecutionException failure) {
                    lines.add(line(Outcome.REFUSED, wanted.get(i), String.valueOf(failure.getCause())));
                }
            }
        }
        return lines;
    }

    private static String line(Outcome outcome, String path, String problem) {
        return outcome + "\t" + path + "\t" + problem.replaceAll("\\s+", " ");
    }

    private String one(String path) throws InterruptedException {
        try {
            Outcome outcome = fetch(path);
            if (outcome == Outcome.FETCHED && path.endsWith(".pom")) {
                String pom = Files.readString(local.resolve(path), StandardCharsets.ISO_8859_1);
                if (pom.contains(GRADLE_MARK)) {
                    fetch(path.substring(0, path.length() - ".pom".length()) + ".module");
                }
            }
            return line(outcome, path, "");
        } catch (ConnectException
                | NoRouteToHostException
                | UnknownHostException
                | HttpConnectTimeoutException unreachable) {
            return line(Outcome.UNREACHABLE, path, String.valueOf(unreachable));
        } catch (IOException failure) {
            return line(Outcome.REFUSED, path, String.valueOf(failure.getMessage()));
        }
    }

    private Outcome fetch(String path) throws IOException, InterruptedException {
        Path target = local.resolve(path);
        if (Files.isRegularFile(target)) {
            return Outcome.FETCHED;
        }
        Path part = Files.createTempFile(temporary, "part", "");
        HttpResponse<InputStream> response = get(path);
        try (InputStream body = response.body()) {
            if (response.statusCode() == NOT_FOUND) {
                return Outcome.ABSENT;
            }
            requireOk(response);
            MessageDigest sha256 = digest("SHA-256");
            MessageDigest sha1 = digest("SHA-1");
            copy(new DigestInputStream(new DigestInputStream(body, sha256), sha1), part);
            verify(path, sha256, sha1);
            Files.createDirectories(target.getParent());
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return Outcome.FETCHED;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void copy(InputStream in, Path part) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(part)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > MAX_BYTES) {
                    throw new IOException("it is larger than " + MAX_BYTES + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** Holds what was read to the better of the checksums that the repository has; one of them must be there. */
    private void verify(String path, MessageDigest sha256, MessageDigest sha1)
            throws IOException, InterruptedException {
        String expected = checksum(path + ".sha256");
        MessageDigest digest = expected.isEmpty() ? sha1 : sha256;
        if (expected.isEmpty()) {
            expected = checksum(path + ".sha1");
        }
        if (expected.isEmpty()) {
            throw new IOException("the repository has no checksum for it");
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(expected)) {
            throw new IOException("its checksum is " + actual + ", not " + expected);
        }
    }

    /** The checksum in a file; empty where there is none. */
    private String checksum(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = get(path);
        try (InputStream body = response.body()) {
            if (response.statusCode() == NOT_FOUND) {
                return "";
            }
            requireOk(response);
            String text = new String(body.readNBytes(BUFFER), StandardCharsets.ISO_8859_1).strip();
            return text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        }
    }

    private HttpResponse<InputStream> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(repository + path.replace("+", "%2B")))
                .timeout(ANSWER)
                .header("User-Agent", "quarry")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static void requireOk(HttpResponse<?> response) throws IOException {
        if (response.statusCode() != OK) {
            throw new IOException("the server answers with status " + response.statusCode());
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
