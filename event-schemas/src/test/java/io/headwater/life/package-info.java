/// Facts for tests of every module.
@NullMarked
package io.headwater.life;

import org.jspecify.annotations.NullMarked;
