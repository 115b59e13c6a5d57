/// The key vault as this application uses it: opened at the start, a line of `GET /health`, and
/// secrets of sources sealed and opened with its keys. in: settings, migrations of the module
/// `vault` · out: [SourceSecrets]
@NullMarked
package io.headwater.command.platform.vault;

import org.jspecify.annotations.NullMarked;
