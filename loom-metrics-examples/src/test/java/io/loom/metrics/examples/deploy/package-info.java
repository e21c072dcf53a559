/** Tests of the monitoring kit in {@code deploy/}: its names, rules, alerts and channels. */
@NullMarked
package io.loom.metrics.examples.deploy;

import org.jspecify.annotations.NullMarked;
