package dev.quarry.embed;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The maintainers' tool that makes signing keys and signs model manifests.
 *
 * <pre>{@code
 * ManifestSigner keys PRIVATE PUBLIC          makes a pair of Ed25519 keys; neither file may exist
 * ManifestSigner sign MANIFEST PRIVATE OUT    signs the exact bytes of MANIFEST
 * }</pre>
 *
 * <p>The private key stays with the maintainers and is never committed. To rotate it, or to replace a lost one: make a
 * new pair, put the text of PUBLIC into {@code VerifiedModel.TRUSTED_KEY}, sign every {@code manifest.json} that the
 * build ships, and release. Older releases go on trusting the older key with the manifests that they ship. To change a
 * model, edit its manifest (a refusal's message says the digest of the bytes found) and sign it again.
 */
public final class ManifestSigner {
    private static final String USAGE =
            "ManifestSigner keys PRIVATE PUBLIC | ManifestSigner sign MANIFEST PRIVATE SIGNATURE";

    private ManifestSigner() {}

    /** Runs the tool; a failure ends it with an exception. */
    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        if (command.equals("keys") && args.length == 3) {
            makeKeys(Path.of(args[1]), Path.of(args[2]));
        } else if (command.equals("sign") && args.length == 4) {
            sign(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
        } else {
            throw new QuarryException(ErrorCode.BAD_INPUT, "usage: " + USAGE);
        }
    }

    /** Makes a pair of keys: PKCS #8 and X.509 in Base64; the private file is readable by its owner alone. */
    static void makeKeys(Path privateFile, Path publicFile) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            createPrivate(privateFile);
            Files.writeString(
                    privateFile,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            Files.writeString(
                    publicFile,
                    Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                    StandardOpenOption.CREATE_NEW);
        } catch (GeneralSecurityException e) {
            throw new QuarryException(ErrorCode.INTERNAL, "this JDK cannot make Ed25519 keys", e);
        } catch (IOException e) {
            throw new QuarryException(ErrorCode.STORAGE, "the keys cannot be written: " + e, e);
        }
    }

    /** Writes the signature over the bytes of {@code manifest} to {@code signatureFile}. */
    static void sign(Path manifest, Path privateFile, Path signatureFile) {
        try {
            byte[] encoded =
                    Base64.getDecoder().decode(Files.readString(privateFile).strip());
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(Files.readAllBytes(manifest));
            Files.write(signatureFile, signer.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, privateFile + " holds no private key made by this tool: " + e, e);
        } catch (IOException e) {
            throw new QuarryException(ErrorCode.STORAGE, "the manifest cannot be signed: " + e, e);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }
}
