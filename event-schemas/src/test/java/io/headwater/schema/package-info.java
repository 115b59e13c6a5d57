/// Tests of the contract, and sample records for the tests of every application.
@NullMarked
package io.headwater.schema;

import org.jspecify.annotations.NullMarked;
