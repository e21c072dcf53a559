package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.meter.ExemplarSampler;
import org.jspecify.annotations.Nullable;

/**
 * What meters show beside their values.
 *
 * @param maxima whether timers and summaries have a gauge of their maximum
 * @param created whether counters, timers and summaries tell when they were created
 * @param sampler where exemplars come from; null for none
 */
record MeterSettings(
        boolean maxima, boolean created, @Nullable ExemplarSampler sampler, NativeHistograms nativeHistograms) {
    static final MeterSettings STANDARD = new MeterSettings(true, false, null, NativeHistograms.NONE);
}
