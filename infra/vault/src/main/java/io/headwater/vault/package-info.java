/// The keys that secrets and personal data are sealed with, and sealing itself.
///
/// in: a Postgres schema of its own (`vault`), a keyset file that is not in it; out: data keys in
/// one of three states (active, erased, absent), and values sealed with them
@NullMarked
package io.headwater.vault;

import org.jspecify.annotations.NullMarked;
