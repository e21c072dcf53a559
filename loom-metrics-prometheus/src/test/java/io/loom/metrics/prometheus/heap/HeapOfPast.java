package io.loom.metrics.prometheus.heap;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.api.LiveFigures;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.List;

/**
 * Measures the bytes of heap that the past of a JSON API takes, where all endpoints and all models are used in each step of 5
 * seconds. Prints a line for each service: {@code large 1234567}. Wants a JVM of its own.
 */
final class HeapOfPast {
    private static final int STEPS = 200;
    private static final Duration STEP = Duration.ofSeconds(5);

    private HeapOfPast() {}

    public static void main(String[] args) {
        print("warm-up", 3, 3);
        print("usual", 20, 3);
        print("large", 150, 150);
    }

    private static void print(String what, int endpoints, int models) {
        Service service = new Service(endpoints, models);
        service.use();
        long before = UsedHeap.with(service);
        LiveFigures figures = service.registry.figures(STEP);
        for (int i = 0; i < STEPS; i++) {
            service.use();
            service.clock.add(STEP);
            figures.sample();
        }
        long after = UsedHeap.with(List.of(service, figures));
        System.out.println(what + ' ' + (after - before));
    }

    /** Whose endpoints and models have durations that differ, and costs. */
    private static final class Service {
        private final MockClock clock = new MockClock();
        private final LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().clock(clock).build();
        private final LoomMetrics loom;
        private final int endpoints;
        private final int models;

        Service(int endpoints, int models) {
            this.endpoints = endpoints;
            this.models = models;
            StringBuilder prices =
                    new StringBuilder("model,from_context_tokens,prompt,completion,cached,cache_write,reasoning\n");
            for (int i = 0; i < models; i++) {
                prices.append(model(i)).append(",0,1000,3000,,,\n");
            }
            this.loom = LoomMetrics.builder(registry)
                    .pricing(Pricing.parse(prices.toString()))
                    .build();
        }

        void use() {
            for (int i = 0; i < endpoints; i++) {
                loom.http().record("GET", "/route/" + model(i), i % 2 == 0 ? 200 : 500, Duration.ofMillis(7L * i));
            }
            for (int i = 0; i < models; i++) {
                loom.llm("north", model(i)).record(Duration.ofMillis(70L * i), Usage.of(100, 10));
            }
            loom.narratives().generated("fantasy", 1_000, Duration.ofSeconds(3));
        }

        private static String model(int i) {
            return "m" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
        }
    }
}
