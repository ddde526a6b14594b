package dev.quarry.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A published library, pinned by version and hash: its sources to index and its classes as the truth about them.
 *
 * <p>The build copies the jars beside the test classes.
 */
enum Corpus {
    COMMONS_LANG(
            "commons-lang3-3.20.0",
            "eec245e820ec2800a1780cf756aefb427c1c6170e06902e67ac15b6910ce6335",
            "69e5c9fa35da7a51a5fd2099dfe56a2d8d32cf233e2f6d770e796146440263f4"),
    CONFIG_SERVER(
            "spring-cloud-config-server-5.0.2",
            "53a2190c0d28aa8c541c3b8a47ebd277665792baad047aa885c6b35e979a7c67",
            "81a8bf2793a32883524f6f3be4d3c9b05ee48180502d0a4fb9d47e31161a645c");

    private final String artifact;
    private final String sourcesSha256;
    private final String classesSha256;

    Corpus(String artifact, String sourcesSha256, String classesSha256) {
        this.artifact = artifact;
        this.sourcesSha256 = sourcesSha256;
        this.classesSha256 = classesSha256;
    }

    /** Unpacks the sources into this directory. */
    Path unpackSources(Path directory) {
        try (InputStream bytes = Files.newInputStream(verified(artifact + "-sources.jar", sourcesSha256));
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !target.startsWith(directory)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The jar of classes. */
    Path classes() {
        return verified(artifact + ".jar", classesSha256);
    }

    /** The jars that the classes of the configuration server need to be loaded, besides Spring's. */
    static List<Path> besideConfigServer() {
        return List.of(
                verified(
                        "spring-cloud-config-client-5.0.2.jar",
                        "6acabe0ca7a0762c4d77a29b02a34fcb813003eef6f9bb4b683114662db7b18f"),
                verified(
                        "spring-security-crypto-7.0.8.jar",
                        "346e084a5c4df9f5d6837c7579307b7de10ae7a19d661806b1818f0fcb0353b1"));
    }

    private static Path verified(String name, String sha256) {
        Path jar = Path.of("target", "corpora", name);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String found = HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar)));
            if (!found.equals(sha256)) {
                throw new IllegalStateException(jar + " has SHA-256 " + found + ", not " + sha256);
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
