package io.headwater.launcher.imports;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One row of the file.
///
/// @param number 1 for the first one under the header
/// @param line of the file where it begins, 1 for the first
/// @param columns as they stand in the file
/// @param flaw why the row cannot be read; null: it can
record Row(long number, long line, ObjectNode columns, @Nullable String flaw) {}
