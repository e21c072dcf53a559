package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.catalogue.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rendering allocates its buffer and little else, whatever the size of the page and however cold the code. */
@Isolated
class ScrapeAllocationTest {
    private static final int LINES = 100_000;
    private static final int COUNTERS = 30_000;
    private static final int GAUGES = 12_000;
    private static final long LIMIT = 256 * 1024;
    private static final long WARM_LIMIT = 64 * 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random = new Random(7);
    private final List<Counter> counters = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "OPENMETRICS"})
    void scrape_ofAHundredThousandLines_allocatesLessThanItsLimit(ExpositionFormat format) throws IOException {
        assertAllocatesLittle(new LoomPrometheusRegistry(), format, ScrapeAllocationTest::isWholeText);
    }

    @Test
    void scrape_withExemplarsAndTimesOfCreation_allocatesLessThanItsLimit() throws IOException {
        assertAllocatesLittle(traced(), ExpositionFormat.OPENMETRICS, ScrapeAllocationTest::isWholeText);
    }

    /** An exemplar takes another 80 bytes. */
    @Test
    void scrape_withExemplarsInProtobuf_allocatesLessThanItsLimit() throws IOException {
        assertAllocatesLittle(traced(), ExpositionFormat.PROTOBUF, lines -> lines.bytes >= 110 * COUNTERS);
    }

    /** The size tells that all are there: each counter and each gauge takes some 30 bytes. */
    @Test
    void scrape_ofAsManySamplesInProtobuf_allocatesLessThanItsLimit() throws IOException {
        assertAllocatesLittle(
                withNativeHistogram(), ExpositionFormat.PROTOBUF, lines -> lines.bytes >= 30 * (COUNTERS + GAUGES));
    }

    /** With the metrics of the process, for which files of the system are read. */
    @Test
    void scrape_ofLoomsOwnMeters_allocatesLittleOnceItIsWarm() throws IOException {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        try (LoomMetrics loom = LoomMetrics.of(registry)) {
            loom.http().record("GET", "/s", 200, Duration.ofMillis(3));
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 50; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                registry.scrape(new Lines());
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(least).isLessThan(WARM_LIMIT);
        }
    }

    private static boolean isWholeText(Lines lines) {
        return lines.count >= LINES;
    }

    private static LoomPrometheusRegistry traced() {
        return LoomPrometheusRegistry.builder()
                .created(true)
                .spanContext(new ScriptedSpans("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"))
                .build();
    }

    private static LoomPrometheusRegistry withNativeHistogram() {
        return LoomPrometheusRegistry.builder().nativeHistogram("n", 3, 160).build();
    }

    private void assertAllocatesLittle(LoomPrometheusRegistry registry, ExpositionFormat format, Predicate<Lines> whole)
            throws IOException {
        scrapeSomethingSmall(format); // loads the classes
        register(registry);

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            record();
            Lines lines = new Lines();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            registry.scrape(format, lines);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);

            assertThat(lines).matches(whole, "has the whole page");
        }
        assertThat(least).as("bytes of a scrape, once it is compiled").isLessThan(LIMIT);
    }

    private static void scrapeSomethingSmall(ExpositionFormat format) throws IOException {
        LoomPrometheusRegistry small = withNativeHistogram();
        small.counter("c").increment(0.3);
        small.timer("t").record(1, TimeUnit.SECONDS);
        small.timer("n").record(1, TimeUnit.SECONDS);
        small.scrape(format, new Lines());
    }

    private void register(LoomPrometheusRegistry registry) {
        for (int i = 0; i < 3_000; i++) {
            timers.add(Timer.builder("t")
                    .serviceLevelObjectives(Buckets.HTTP.asDurations())
                    .tag("i", "v" + i)
                    .register(registry));
        }
        for (int i = 0; i < 100; i++) {
            timers.add(registry.timer("n", "i", "v" + i));
        }
        for (int i = 0; i < COUNTERS; i++) {
            counters.add(registry.counter("c", "i", "v" + i));
        }
        for (int i = 0; i < GAUGES; i++) {
            double value = random.nextGaussian();
            Gauge.builder("g", random, state -> value).tag("i", "v" + i).register(registry);
        }
    }

    private void record() {
        timers.forEach(timer -> timer.record(random.nextInt(2_000_000_000), TimeUnit.NANOSECONDS));
        counters.forEach(counter -> counter.increment(random.nextBoolean() ? 1 : random.nextDouble()));
    }

    private static final class Lines extends OutputStream {
        private int count;
        private int bytes;

        @Override
        public void write(int b) {
            bytes++;
            count += b == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
