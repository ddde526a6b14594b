package dev.quarry.embed;

import dev.quarry.embed.ModelManifest.ModelFile;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A model whose manifest's signature was verified; its files are checked against the manifest as they are read.
 *
 * <p>The bytes that were checked are the bytes that are handed out: nothing is read a second time. Safe for use by
 * several threads.
 */
final class VerifiedModel {
    /** The public half of the key that signs Quarry's manifests, as X.509 in Base64; see {@link ManifestSigner}. */
    static final String TRUSTED_KEY = "MCowBQYDK2VwAyEA+r7MQPobp33Qx6eh9ZhiqeOXKAiaokL9Fbi/IS6NsUo=";

    private final ModelSource source;
    private final ModelManifest manifest;

    private VerifiedModel(ModelSource source, ModelManifest manifest) {
        this.source = source;
        this.manifest = manifest;
    }

    /**
     * Reads and checks a model's manifest.
     *
     * @throws QuarryException MODEL_REFUSED if it is not as signed
     */
    static VerifiedModel read(ModelSource source, PublicKey trusted) {
        byte[] manifestBytes = source.manifest();
        verifySignature(source, manifestBytes, trusted);
        return new VerifiedModel(source, ModelManifest.parse(manifestBytes));
    }

    /** The manifest whose signature was verified. */
    ModelManifest manifest() {
        return manifest;
    }

    /**
     * Reads and checks the bytes of the network.
     *
     * @throws QuarryException MODEL_REFUSED if they are not those that were signed
     */
    byte[] model() {
        return read(source, manifest.model());
    }

    /**
     * Reads and checks the bytes of the tokenizer's description.
     *
     * @throws QuarryException MODEL_REFUSED if they are not those that were signed
     */
    byte[] tokenizer() {
        return read(source, manifest.tokenizer());
    }

    /** The key that a text in the form of {@link #TRUSTED_KEY} writes. */
    static PublicKey key(String base64) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("'" + base64 + "' is no Ed25519 public key", e);
        }
    }

    private static void verifySignature(ModelSource source, byte[] manifest, PublicKey trusted) {
        boolean genuine;
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(trusted);
            verifier.update(manifest);
            genuine = verifier.verify(source.signature());
        } catch (GeneralSecurityException e) {
            genuine = false; // a signature of the wrong length or form
        }
        if (!genuine) {
            throw new QuarryException(
                    ErrorCode.MODEL_REFUSED,
                    "the model manifest of " + source + " (BLAKE3 " + ContentHash.ofContent(manifest)
                            + ") does not match its signature: it was changed or signed with another key;"
                            + " restore manifest.json and manifest.sig from where the model came from");
        }
    }

    /**
     * Reads and checks the bytes of a file.
     *
     * @throws QuarryException MODEL_REFUSED if they are not those that are expected
     */
    static byte[] read(ModelSource source, ModelFile expected) {
        if (!(source instanceof ModelSource.Bundled)) {
            return checked(source, expected);
        }
        UnpackedFile unpacked = new UnpackedFile(expected);
        byte[] known = unpacked.read();
        if (known != null) {
            return known;
        }
        byte[] bytes = checked(source, expected);
        unpacked.write(bytes);
        return bytes;
    }

    private static byte[] checked(ModelSource source, ModelFile expected) {
        byte[] bytes = source.file(expected.name());
        if (!expected.isOf(bytes)) {
            throw new QuarryException(
                    ErrorCode.MODEL_REFUSED,
                    "model file '" + expected.name() + "' of " + source + " is not the one that was signed: expected "
                            + expected.bytes() + " bytes with BLAKE3 " + expected.blake3() + ", found " + bytes.length
                            + " bytes with BLAKE3 " + ContentHash.ofContent(bytes)
                            + "; restore the file from where the model came from");
        }
        return bytes;
    }
}
