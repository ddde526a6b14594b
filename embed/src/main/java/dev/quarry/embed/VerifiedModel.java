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
 * A model's bytes, after they were found to be those that a signed manifest names.
 *
 * <p>The bytes that were checked are the bytes that are loaded: nothing is read a second time.
 */
final class VerifiedModel {
    /** The public half of the key that signs Quarry's manifests, as X.509 in Base64; see {@link ManifestSigner}. */
    static final String TRUSTED_KEY = "MCowBQYDK2VwAyEANfignAZ//yzuK68dfKPX9FJTNOveWTRxuzFiG3ox2yo=";

    private final ModelManifest manifest;
    private final byte[] model;
    private final byte[] tokenizer;

    private VerifiedModel(ModelManifest manifest, byte[] model, byte[] tokenizer) {
        this.manifest = manifest;
        this.model = model;
        this.tokenizer = tokenizer;
    }

    /**
     * Reads and checks a model.
     *
     * @throws QuarryException MODEL_REFUSED if anything about it is not as signed
     */
    static VerifiedModel read(ModelSource source, PublicKey trusted) {
        byte[] manifestBytes = source.manifest();
        verifySignature(source, manifestBytes, trusted);
        ModelManifest manifest = ModelManifest.parse(manifestBytes);
        return new VerifiedModel(
                manifest, verifiedFile(source, manifest.model()), verifiedFile(source, manifest.tokenizer()));
    }

    /** The manifest whose signature was verified. */
    ModelManifest manifest() {
        return manifest;
    }

    /** The bytes of the network, shared with this object. */
    byte[] model() {
        return model;
    }

    /** The bytes of the tokenizer's description, shared with this object. */
    byte[] tokenizer() {
        return tokenizer;
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

    private static byte[] verifiedFile(ModelSource source, ModelFile expected) {
        byte[] bytes = source.file(expected.name());
        ContentHash found = ContentHash.ofContent(bytes);
        if (bytes.length != expected.bytes() || !found.equals(expected.blake3())) {
            throw new QuarryException(
                    ErrorCode.MODEL_REFUSED,
                    "model file '" + expected.name() + "' of " + source + " is not the one that was signed: expected "
                            + expected.bytes() + " bytes with BLAKE3 " + expected.blake3() + ", found " + bytes.length
                            + " bytes with BLAKE3 " + found + "; restore the file from where the model came from");
        }
        return bytes;
    }
}
