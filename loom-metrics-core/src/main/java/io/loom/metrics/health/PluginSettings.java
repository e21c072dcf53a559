package io.loom.metrics.health;

import java.time.Duration;

/**
 * How plugins are called.
 *
 * @param interval from the end of one call to the next
 * @param timeout how long a call may take
 * @param seriesLimit how many series a plugin may have
 */
record PluginSettings(Duration interval, Duration timeout, int seriesLimit) {
    static final PluginSettings DEFAULT = new PluginSettings(Duration.ofSeconds(15), Duration.ofSeconds(5), 1_000);
}
