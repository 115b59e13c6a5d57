/// For tests of the APIs: an OpenAPI document in, requests that keep to it, nearly keep to it or
/// mean harm out. Plain maps and strings, so that it drags nothing into the class path of a test.
@NullMarked
package io.headwater.backends.openapi;

import org.jspecify.annotations.NullMarked;
