@NullMarked
package io.headwater.archive.s3;

import org.jspecify.annotations.NullMarked;
