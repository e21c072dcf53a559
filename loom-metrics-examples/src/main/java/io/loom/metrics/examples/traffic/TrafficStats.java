package io.loom.metrics.examples.traffic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the readers saw: in all, and since the last report. Thread-safe; one thread reports. */
final class TrafficStats {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private long reportedNanos;

    TrafficStats(long nowNanos) {
        this.reportedNanos = nowNanos;
    }

    /** Notes a request that was answered as it should be. */
    void answered(long elapsedNanos) {
        requests.increment();
        latencies.add(elapsedNanos);
    }

    /** Notes a request that was not answered, or not as it should be. */
    void failed() {
        requests.increment();
        errors.increment();
    }

    /** {@return what has happened since the last report} */
    Report report(long nowNanos) {
        long[] sorted = drain();
        double seconds = (nowNanos - reportedNanos) / NANOS_PER_SECOND;
        reportedNanos = nowNanos;
        return new Report(
                requests.sum(),
                errors.sum(),
                sorted.length / seconds,
                quantileMillis(sorted, 0.5),
                quantileMillis(sorted, 0.95));
    }

    private long[] drain() {
        long[] drained = new long[latencies.size()];
        int length = 0;
        Long next;
        while (length < drained.length && (next = latencies.poll()) != null) {
            drained[length++] = next;
        }
        return Arrays.stream(drained, 0, length).sorted().toArray();
    }

    private static double quantileMillis(long[] sorted, double quantile) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(quantile * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }

    /**
     * A report, which prints as one line.
     *
     * @param requests in all
     * @param errors in all
     * @param perSecond answers a second since the last report
     * @param p50Millis median latency since the last report; NaN where there was no answer
     * @param p95Millis the latency that 95 of 100 answers since the last report did not exceed
     */
    record Report(long requests, long errors, double perSecond, double p50Millis, double p95Millis) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "traffic: %d requests, %d errors, %.1f/s, p50 %.0f ms, p95 %.0f ms",
                    requests,
                    errors,
                    perSecond,
                    p50Millis,
                    p95Millis);
        }
    }
}
