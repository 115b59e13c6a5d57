package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KmsTest {

    private static final byte[] ANY = {1};

    @Test
    void whoDoesNotAnswerIsNotWhoRefuses() {
        assertThatThrownBy(() -> answering(new IllegalStateException("no route")).decrypt(ANY, ANY))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("aws-kms://k does not answer");
        var away = new GeneralSecurityException("decryption failed", new IOException("reset"));
        assertThatThrownBy(() -> answering(away).encrypt(ANY, ANY))
                .isInstanceOf(VaultUnavailableException.class);
        var refused = new GeneralSecurityException("decryption failed");
        assertThatThrownBy(() -> answering(refused).decrypt(ANY, ANY)).isSameAs(refused);
    }

    /// Of a build with `-Pkms-aws`; that it makes a client is all that is seen without a cloud.
    @Test
    void theClientOfAwsIsFoundByName() {
        String uri =
                "aws-kms://arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        assumeThat(isThere("com.google.crypto.tink.integration.awskms.AwsKmsClient")).isTrue();

        assertThat(Kms.key(uri, Map.of())).isInstanceOf(Kms.OfCloud.class);
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static Aead answering(Exception with) {
        return new Kms.OfCloud(
                "aws-kms://k",
                new Aead() {
                    @Override
                    public byte[] encrypt(byte[] plaintext, byte[] associatedData)
                            throws GeneralSecurityException {
                        throw thrown();
                    }

                    @Override
                    public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
                            throws GeneralSecurityException {
                        throw thrown();
                    }

                    private GeneralSecurityException thrown() {
                        if (with instanceof RuntimeException fault) {
                            throw fault;
                        }
                        return (GeneralSecurityException) with;
                    }
                });
    }
}
