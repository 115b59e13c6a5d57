package io.headwater.archive.s3;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Objects by key, in one bucket. Every method throws an [IOException] when the store does not
/// answer or refuses.
public interface Bucket {

    /// Makes the bucket when it is missing.
    void prepare() throws IOException;

    /// Writes a whole object, in the place of the one that had this key.
    ///
    /// @throws IOException when the store did not confirm it; it may be there nevertheless
    void put(String key, byte[] bytes, String contentType) throws IOException;

    /// Writes an object unless there is one of this key.
    ///
    /// @return false when there is one; it is unchanged
    /// @throws IOException when the store did not confirm it; it may be there nevertheless
    boolean putNew(String key, byte[] bytes, String contentType) throws IOException;

    /// @return the whole object, empty when there is none
    Optional<byte[]> get(String key) throws IOException;

    /// @param startAfter keys up to this one are left out; empty: none
    /// @return in the order of their UTF-8 bytes
    List<String> list(String prefix, String startAfter) throws IOException;

    /// @param startAfter keys up to this one are left out; empty: none
    /// @param most how many
    /// @return sizes in bytes by key, the first of them in the order of their UTF-8 bytes
    SortedMap<String, Long> sizes(String prefix, String startAfter, int most) throws IOException;

    /// @return names of the "folders" directly below the prefix, each with its slash at the end
    List<String> folders(String prefix) throws IOException;

    /// No error when there is none.
    void delete(String key) throws IOException;
}
