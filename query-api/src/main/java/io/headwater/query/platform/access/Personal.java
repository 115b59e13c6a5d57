package io.headwater.query.platform.access;

/// A row with an e-mail address or a phone number in it, or an address that may carry one: answers
/// go through [Caller#see].
public interface Personal<T> {

    /// The same row with [Mask] applied to what identifies a person.
    T masked();
}
