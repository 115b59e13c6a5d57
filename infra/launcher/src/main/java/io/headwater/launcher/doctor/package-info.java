/// Looks for settings that are unsafe where they are.
///
/// in: what runs, its files, its environment · out: findings, each with what to do
@NullMarked
package io.headwater.launcher.doctor;

import org.jspecify.annotations.NullMarked;
