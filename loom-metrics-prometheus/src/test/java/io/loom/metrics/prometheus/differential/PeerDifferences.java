package io.loom.metrics.prometheus.differential;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The intended differences from Micrometer's registry: for each, work that shows it, and what is on our page and on theirs.
 * {@code docs/exposition.md} gives the reasons.
 */
enum PeerDifferences {
    WHOLE_NUMBERS(
            (registry, clock) -> registry.counter("c").increment(42), //
            "c_total 42\n",
            "c_total 42.0\n"),
    NO_EMPTY_HELP(
            (registry, clock) -> registry.counter("c"), //
            Outcome.START + "# TYPE c_total",
            Outcome.START + "# HELP c_total  \n"),
    FIRST_HELP(
            (registry, clock) -> {
                Counter.builder("c").description("first").register(registry);
                Counter.builder("c").description("second").tag("k", "v").register(registry);
            },
            "# HELP c_total first\n",
            "# HELP c_total second\n"),
    FRACTIONS_IN_BUCKETS(
            (registry, clock) -> DistributionSummary.builder("s")
                    .serviceLevelObjectives(.25, .5, 1)
                    .register(registry)
                    .record(.3),
            "s_bucket{le=\"0.5\"} 1\n",
            "s_bucket{le=\"0.5\"} 0\n"),
    EXACT_SUM(
            (registry, clock) -> registry.timer("t").record((1L << 60) + 1, TimeUnit.NANOSECONDS),
            "t_seconds_sum 1152921504.606846977\n",
            "t_seconds_sum 1.152921504606847E9\n"),
    FRESH_MAX(
            (registry, clock) -> {
                registry.timer("t").record(5, TimeUnit.SECONDS);
                clock.add(Duration.ofHours(1));
            },
            "t_seconds_max 5\n",
            "t_seconds_max 0.0\n"),
    REFUSED_AT_REGISTRATION(
            (registry, clock) -> {
                registry.counter("fine");
                registry.counter("c", "a.b", "1", "a_b", "2");
            },
            "fine_total 0\n",
            Outcome.FAILURE + "IllegalArgumentException"),
    MIXED_BUCKETS(
            (registry, clock) -> {
                Timer.builder("t")
                        .tag("k", "1")
                        .serviceLevelObjectives(Duration.ofSeconds(1))
                        .register(registry);
                Timer.builder("t").tag("k", "2").register(registry);
            },
            "t_seconds_count{k=\"1\"} 0\n",
            Outcome.FAILURE + "ClassCastException"),
    NO_SAMPLE_TWICE(
            (registry, clock) -> {
                Timer.builder("t").register(registry);
                Gauge.builder("t.seconds.count", () -> 7).register(registry);
            },
            "t_seconds_count 0\nt_seconds_sum 0\n",
            "t_seconds_count 7.0\n"),
    COLON_IN_LABEL(
            (registry, clock) -> registry.counter("c", "aws:region", "v"),
            "c_total{aws_region=\"v\"} ",
            "c_total{\"aws:region\"=\"v\"} "),
    INFINITE_AMOUNTS(
            (registry, clock) -> {
                registry.counter("c").increment(Double.POSITIVE_INFINITY);
                registry.counter("c").increment();
            },
            "c_total 1\n",
            "c_total +Inf\n"),
    NEGATIVE_SCALE(
            (registry, clock) -> DistributionSummary.builder("s")
                    .scale(-1)
                    .register(registry)
                    .record(3),
            "s_count 0\n",
            "s_sum -3.0\n"),
    FAILING_FUNCTION(
            (registry, clock) -> {
                registry.counter("fine");
                FunctionCounter.builder("c", "", state -> {
                            throw new IllegalStateException("foreign");
                        })
                        .register(registry);
            },
            "fine_total 0\n",
            Outcome.FAILURE + "IllegalStateException"),
    STATISTICS_OF_REGISTRATION(
            (registry, clock) -> {
                List<Measurement> measurements = new ArrayList<>();
                measurements.add(new Measurement(() -> 1.0, Statistic.VALUE));
                Meter.builder("m", Meter.Type.OTHER, measurements).register(registry);
                measurements.add(new Measurement(() -> 2.0, Statistic.COUNT));
            },
            "m_value{statistic=\"VALUE\"} 1\n",
            "m_total{statistic=\"COUNT\"} 2.0\n");

    final Work work;
    /** What is in our outcome, and not in theirs. */
    final String ours;
    /** What is in their outcome, and not in ours. */
    final String theirs;

    PeerDifferences(Work work, String ours, String theirs) {
        this.work = work;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** What is done to either registry. */
    @FunctionalInterface
    interface Work {
        /** Registers and records. */
        void on(MeterRegistry registry, MockClock clock);
    }

    /** What a scrape led to: a page, or a failure. */
    static final class Outcome {
        static final String START = "page:\n";
        static final String FAILURE = "failure: ";

        private Outcome() {}

        static String ofPage(String page) {
            return START + page;
        }

        static String ofFailure(RuntimeException e) {
            return FAILURE + e.getClass().getSimpleName();
        }
    }
}
