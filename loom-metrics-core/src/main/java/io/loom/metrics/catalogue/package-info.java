/**
 * What exists: every metric of the library is one constant of {@link io.loom.metrics.catalogue.LoomMeter}. Names on the wire
 * are a contract; documents, rules and dashboards are checked against this room.
 */
@NullMarked
package io.loom.metrics.catalogue;

import org.jspecify.annotations.NullMarked;
