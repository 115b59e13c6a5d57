/// The key vault as the jobs use it, which open what others sealed. in: settings · out:
/// [io.headwater.vault.VaultReader]
@NullMarked
package io.headwater.jobs.platform.vault;

import org.jspecify.annotations.NullMarked;
