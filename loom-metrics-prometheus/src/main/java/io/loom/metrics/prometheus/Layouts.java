package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** From Micrometer's configuration of a distribution to the layout of its cell. */
final class Layouts {
    private Layouts() {}

    static HistogramLayout ofTimer(DistributionStatisticConfig config) {
        return HistogramLayout.ofNanos(bounds(config), windowSlots(config), windowStepNanos(config));
    }

    static HistogramLayout ofSummary(DistributionStatisticConfig config) {
        return HistogramLayout.ofAmounts(bounds(config), windowSlots(config), windowStepNanos(config));
    }

    /** The bucket to +Inf is always there. */
    private static double[] bounds(DistributionStatisticConfig config) {
        return config.getHistogramBuckets(true).stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
    }

    private static int windowSlots(DistributionStatisticConfig config) {
        Integer length = config.getBufferLength();
        return orDefault(length, DistributionStatisticConfig.DEFAULT.getBufferLength());
    }

    private static long windowStepNanos(DistributionStatisticConfig config) {
        Duration expiry = config.getExpiry();
        return orDefault(expiry, DistributionStatisticConfig.DEFAULT.getExpiry())
                .toNanos();
    }

    private static <T> T orDefault(@Nullable T value, @Nullable T standard) {
        if (value != null) {
            return value;
        }
        if (standard == null) {
            throw new IllegalStateException("Micrometer's default for distributions must be complete");
        }
        return standard;
    }
}
