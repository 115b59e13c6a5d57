package io.headwater.command.intake.signature;

import io.headwater.command.platform.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What makes a signature from the signed bytes.
enum Algorithm {
    HMAC_SHA1("HmacSHA1", 20),
    HMAC_SHA256("HmacSHA256", 32),
    HMAC_SHA512("HmacSHA512", 64),
    /// a digest; the secret is among the signed bytes
    SHA256("SHA-256", 32),
    ED25519("Ed25519", 64),
    /// no signature: the secret itself is sent, and its digest is known
    SHARED_KEY("", 0);

    /// What stands before the 32 bytes of a public key in its X.509 form, RFC 8410.
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String jcaName;
    private final int length;

    Algorithm(String jcaName, int length) {
        this.jcaName = jcaName;
        this.length = length;
    }

    /// @return bytes of a signature
    int length() {
        return length;
    }

    /// Takes the signed bytes, piece by piece.
    @FunctionalInterface
    interface Sink {
        void add(byte[] piece) throws GeneralSecurityException;
    }

    @FunctionalInterface
    interface Feed {
        /// @return false when the request cannot have been signed like this
        boolean into(Sink sink) throws GeneralSecurityException;
    }

    /// A secret, ready for use, for as long as the source does not change.
    Object key(byte[] secret) {
        try {
            return switch (this) {
                case HMAC_SHA1, HMAC_SHA256, HMAC_SHA512 -> new SecretKeySpec(secret, jcaName);
                case ED25519 -> {
                    byte[] encoded = new byte[ED25519_HEAD.length + secret.length];
                    System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
                    System.arraycopy(secret, 0, encoded, ED25519_HEAD.length, secret.length);
                    yield KeyFactory.getInstance(jcaName)
                            .generatePublic(new X509EncodedKeySpec(encoded));
                }
                case SHA256, SHARED_KEY -> secret;
            };
        } catch (GeneralSecurityException noKey) {
            throw new IllegalArgumentException("not a key", noKey);
        }
    }

    /// Takes the same time however much of a signature is right.
    ///
    /// @param key of [#key]
    /// @param signed feeds the signed bytes
    boolean verifies(Object key, Feed signed, byte[] signature) {
        try {
            return switch (this) {
                case HMAC_SHA1, HMAC_SHA256, HMAC_SHA512 -> {
                    Mac mac = Mac.getInstance(jcaName);
                    mac.init((SecretKeySpec) key);
                    yield signed.into(mac::update)
                            && MessageDigest.isEqual(mac.doFinal(), signature);
                }
                case SHA256 -> {
                    var digest = MessageDigest.getInstance(jcaName);
                    yield signed.into(digest::update)
                            && MessageDigest.isEqual(digest.digest(), signature);
                }
                case ED25519 -> {
                    var verifier = Signature.getInstance(jcaName);
                    verifier.initVerify((PublicKey) key);
                    yield signed.into(verifier::update) && verified(verifier, signature);
                }
                case SHARED_KEY -> MessageDigest.isEqual((byte[]) key, Sha256.of(signature));
            };
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean verified(Signature verifier, byte[] signature) {
        try {
            return verifier.verify(signature);
        } catch (SignatureException notOne) {
            return false;
        }
    }
}
