/// Classes that do what a fold may not, each in one way.
///
/// in: nothing · out: what `PlantedTest` expects each rule to report
@NullMarked
package io.headwater.projectors.planted;

import org.jspecify.annotations.NullMarked;
