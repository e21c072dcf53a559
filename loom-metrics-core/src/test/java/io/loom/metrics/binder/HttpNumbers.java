package io.loom.metrics.binder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the HTTP meters of a registry say. */
record HttpNumbers(MeterRegistry registry) {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * All that is not 0 as soon as {@code requests} have ended: the client has its answer before. Requests are {@code GET
     * /stories/{id} 200}, durations {@code GET /stories/{id}}, and what is in progress is the endpoint alone.
     */
    Map<String, Double> after(int requests) {
        long start = System.nanoTime();
        while (timed() < requests || inProgress() > 0) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("waited too long for " + requests + " requests: " + now());
            }
            Thread.onSpinWait();
        }
        return now();
    }

    Map<String, Double> now() {
        Map<String, Double> numbers = new TreeMap<>();
        for (Counter counter : registry.find("http.requests").counters()) {
            put(
                    numbers,
                    tag(counter, "method") + " " + endpoint(counter) + " " + tag(counter, "status"),
                    counter.count());
        }
        for (Timer timer : registry.find("http.request.duration").timers()) {
            put(numbers, tag(timer, "method") + " " + endpoint(timer), (double) timer.count());
        }
        for (Gauge gauge : registry.find("http.requests.in.progress").gauges()) {
            put(numbers, endpoint(gauge), gauge.value());
        }
        return numbers;
    }

    private long timed() {
        return registry.find("http.request.duration").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private double inProgress() {
        return registry.find("http.requests.in.progress").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static void put(Map<String, Double> numbers, String key, double value) {
        if (value != 0) {
            numbers.put(key, value);
        }
    }

    private static String endpoint(Meter meter) {
        return tag(meter, "endpoint");
    }

    private static String tag(Meter meter, String key) {
        return meter.getId().getTag(key);
    }
}
