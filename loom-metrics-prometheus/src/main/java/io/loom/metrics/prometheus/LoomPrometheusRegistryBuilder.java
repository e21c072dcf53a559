package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.ExponentialLayout;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.util.Objects;
import java.util.function.Predicate;

/** Builds a {@link LoomPrometheusRegistry}: default configuration, the system clock, maxima shown, no
 * native histograms. Not thread-safe. */
public final class LoomPrometheusRegistryBuilder {
    private PrometheusConfig config = PrometheusConfig.DEFAULT;
    private Clock clock = Clock.SYSTEM;
    private boolean maxima = true;
    private NativeHistograms nativeHistograms = NativeHistograms.NONE;

    LoomPrometheusRegistryBuilder() {}

    /** Sets whether to show descriptions, and the step of the windows of maxima. */
    public LoomPrometheusRegistryBuilder config(PrometheusConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    /** Sets what timers read. */
    public LoomPrometheusRegistryBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Sets whether timers and summaries show a {@code _max} gauge, as they do in Micrometer's registry. */
    public LoomPrometheusRegistryBuilder maxima(boolean shown) {
        this.maxima = shown;
        return this;
    }

    /**
     * Makes a timer or a summary a native histogram, too: one of exponential buckets, which only {@link
     * ExpositionFormat#PROTOBUF} shows. Beware: a Prometheus that knows native histograms stores no {@code _bucket} of it.
     *
     * @param meterName Micrometer's name of the meter
     * @param schema to begin with, 0 to 8: each octave has 2<sup>schema</sup> buckets
     * @param maxBuckets 8 to 1,000: when more have values, the schema becomes coarser by one; 160 is usual
     * @throws IllegalArgumentException where the schema or the number is out of its range
     */
    public LoomPrometheusRegistryBuilder nativeHistogram(String meterName, int schema, int maxBuckets) {
        return nativeHistograms(Objects.requireNonNull(meterName, "meterName")::equals, schema, maxBuckets);
    }

    /**
     * Makes timers and summaries native histograms, too, as {@link #nativeHistogram} does. Of what is said about a meter the
     * first counts.
     *
     * @param meterNames asked for each timer and summary that is registered, by Micrometer's name
     * @throws IllegalArgumentException where the schema or the number is out of its range
     */
    public LoomPrometheusRegistryBuilder nativeHistograms(Predicate<String> meterNames, int schema, int maxBuckets) {
        nativeHistograms = nativeHistograms.and(
                Objects.requireNonNull(meterNames, "meterNames"), new ExponentialLayout(schema, maxBuckets));
        return this;
    }

    /** {@return the registry} */
    public LoomPrometheusRegistry build() {
        return new LoomPrometheusRegistry(config, clock, maxima, nativeHistograms);
    }
}
