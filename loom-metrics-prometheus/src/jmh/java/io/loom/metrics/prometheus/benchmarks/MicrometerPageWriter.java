package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Registers with a Micrometer registry: loom's, or Micrometer's own. */
record MicrometerPageWriter(MeterRegistry registry) implements PageWriter {
    @Override
    public void counter(String family, String[] values, int count) {
        Counter.builder(family)
                .description(Meters.HELP)
                .tags(tags(values))
                .register(registry)
                .increment(count);
    }

    @Override
    public void gauge(String family, String[] values, double value) {
        Gauge.builder(family, () -> value)
                .description(Meters.HELP)
                .tags(tags(values))
                .register(registry);
    }

    @Override
    public void timer(String family, String[] values, Buckets buckets, long[] elapsedNanos) {
        Timer timer = Timer.builder(family)
                .description(Meters.HELP)
                .tags(tags(values))
                .serviceLevelObjectives(buckets.asDurations())
                .register(registry);
        for (long nanos : elapsedNanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static Tags tags(String[] values) {
        return Tags.of("method", values[0], "endpoint", values[1], "shard", values[2]);
    }
}
