/// A living demonstration: one site, its sources, and a seeded stream of visits and leads.
///
/// in: the public HTTP API and an admin key, like any customer out: HTTP calls; DIR/demo.json
@NullMarked
package io.headwater.launcher.demo;

import org.jspecify.annotations.NullMarked;
