package io.headwater.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;

/// Services that keep a key which never leaves them, by the URI of the key as Tink writes it. Their
/// key locks the file of key-encryption keys.
final class Kms {

    /// Of Tink's extensions, which bring the client of a cloud each: they are on the class path
    /// when it was built with the profile of that name.
    private enum Cloud {
        AWS("aws-kms://", "com.google.crypto.tink.integration.awskms.AwsKmsClient", "kms-aws"),
        GCP("gcp-kms://", "com.google.crypto.tink.integration.gcpkms.GcpKmsClient", "kms-gcp");

        private final String prefix;
        private final String client;
        private final String profile;

        Cloud(String prefix, String client, String profile) {
            this.prefix = prefix;
            this.client = client;
            this.profile = profile;
        }
    }

    private Kms() {}

    /// @param uri `hcvault://…`, `aws-kms://…` or `gcp-kms://…`
    /// @throws VaultRefusedException when there is no client for it
    static Aead key(String uri, Map<String, String> environment) {
        if (uri.startsWith("hcvault://") || uri.startsWith("hcvault+http://")) {
            return new HashicorpTransit(uri, environment);
        }
        for (var cloud : Cloud.values()) {
            if (uri.startsWith(cloud.prefix)) {
                return of(cloud, uri);
            }
        }
        throw new VaultRefusedException(
                uri + " is no key that is known here: hcvault://, aws-kms:// or gcp-kms://");
    }

    /// With the credentials that the cloud's own client finds.
    private static Aead of(Cloud cloud, String uri) {
        try {
            var client =
                    (KmsClient) Class.forName(cloud.client).getDeclaredConstructor().newInstance();
            return new OfCloud(uri, client.withDefaultCredentials().getAead(uri));
        } catch (ClassNotFoundException absent) {
            throw new VaultRefusedException(
                    "%s needs a client that is not in this build: mvn -P%s package"
                            .formatted(uri, cloud.profile),
                    absent);
        } catch (ReflectiveOperationException | GeneralSecurityException refused) {
            throw new VaultRefusedException(
                    "%s cannot be used: %s".formatted(uri, refused.getMessage()), refused);
        }
    }

    /// Tells who does not answer from who refuses: the clients do it by exceptions of their own.
    record OfCloud(String uri, Aead client) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData)
                throws GeneralSecurityException {
            return told(() -> client.encrypt(plaintext, associatedData));
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
                throws GeneralSecurityException {
            return told(() -> client.decrypt(ciphertext, associatedData));
        }

        private interface Call {
            byte[] get() throws GeneralSecurityException;
        }

        /// @throws VaultUnavailableException when it does not answer
        private byte[] told(Call call) throws GeneralSecurityException {
            try {
                return call.get();
            } catch (GeneralSecurityException refused) {
                if (refused.getCause() instanceof IOException away) {
                    throw unavailable(away);
                }
                throw refused;
            } catch (RuntimeException away) {
                throw unavailable(away);
            }
        }

        private VaultUnavailableException unavailable(Exception away) {
            return new VaultUnavailableException(
                    "%s does not answer: %s".formatted(uri, away.getClass().getSimpleName()));
        }
    }
}
