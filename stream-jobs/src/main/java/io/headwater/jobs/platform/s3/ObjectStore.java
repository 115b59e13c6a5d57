package io.headwater.jobs.platform.s3;

import java.io.IOException;

/// Objects by key, in one bucket.
public interface ObjectStore {

    /// Makes the bucket when it is missing.
    ///
    /// @throws IOException when the store does not answer, or refuses
    void prepare() throws IOException;

    /// Writes a whole object, in the place of the one that had this key.
    ///
    /// @throws IOException when the store did not confirm it; it may be there nevertheless
    void put(String key, byte[] json) throws IOException;
}
