package io.headwater.vault;

/// What stands in a vault.
///
/// @param kekId the key that wraps new data keys; `-`: never opened
/// @param active usable data keys
/// @param unassigned of those: of nobody, in a pool or lost from one
/// @param waiting of the active ones: wrapped by an older key-encryption key
/// @param erased fences
public record VaultStatus(String kekId, long active, long unassigned, long waiting, long erased) {

    public static VaultStatus of(KeyVault vault) {
        vault.migrate();
        return vault.transactions()
                .call(connection -> {
                    String primary = KekTable.primary(connection).orElse("-");
                    try (var select =
                            connection.prepareStatement(
                                    """
                                    select count(*) filter (where state = 'active'),
                                           count(*) filter (where state = 'active' and subject is null),
                                           count(*) filter (where state = 'active' and kek_id <> ?),
                                           count(*) filter (where state = 'erased')
                                    from vault.data_key
                                    """)) {
                        select.setString(1, primary);
                        try (var rows = select.executeQuery()) {
                            rows.next();
                            return new VaultStatus(
                                    primary,
                                    rows.getLong(1),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getLong(4));
                        }
                    }
                });
    }
}
