package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.noop.NoopCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What happens where the registry does not do as it is told. */
class RegistrarTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void register_filterThatThrows_isLoggedOnceAndRecordingGoesOn() {
        registry.config().meterFilter(throwingFor(name -> name.startsWith("refused.")));
        LoomMetrics loom = LoomMetrics.of(registry);
        try (LogLines log = new LogLines("refused.counter")) {
            CounterFamily family = loom.counter("refused.counter", "Help.", "kind");
            family.with("x").increment();
            family.with("y").increment();

            assertThat(log.warnings())
                    .containsExactly("refused.counter: the registry refused it, so it is not recorded:"
                            + " java.lang.IllegalStateException: no");
        }
        loom.gauge("refused.gauge", "Help.", "kind").with("x").set(1);
        loom.timer("refused.timer", "Help.", "kind").with("x").recordNanos(1);
        loom.summary("refused.summary", "Help.", Buckets.NONE, "kind").with("x").record(1);

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains("loom.sessions")
                .noneMatch(name -> name.startsWith("refused."));
    }

    @Test
    void register_whereTheStackEnds_leavesTheThreadUnmarked() throws Exception {
        Registrar registrar = new Registrar(registry, Budgets.DEFAULT);
        AtomicReference<Boolean> marked = new AtomicReference<>();
        Thread thread =
                new Thread(null, () -> marked.set(isMarkedAfterOverflows(registrar)), "small-stack", 256 * 1024);

        thread.start();
        thread.join();

        assertThat(marked.get()).isFalse();
    }

    @Test
    void register_filterThatAlwaysThrows_neverMakesRecordingThrow() {
        registry.config().meterFilter(throwingFor(name -> true));
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.http().record("GET", "/s", 200, null);
        loom.http().start("GET", "/s").close();
        loom.llm("anthropic", "claude-x").record(Duration.ZERO, Usage.of(-1, 1));
        loom.cache("response").hit();
        loom.sessions().open().close();
        loom.narratives().generated("fantasy", -1);
        loom.interactions().rate(7);
        loom.interactions().rate(4);
        loom.rules().violated("consistency", Severity.MINOR);
        loom.counter("a.b", "Help.", "kind").with("x", "y").increment(-1);
        loom.close();

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void register_filterThatThrowsLater_neverMakesRecordingThrow() {
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.http().record("GET", "/before", 200, Duration.ZERO);
        registry.config().meterFilter(throwingFor(name -> true));
        loom.http().record("GET", "/before", 404, Duration.ZERO);
        loom.http().record("GET", "/after", 200, Duration.ZERO);
        loom.http().record("GET", "/before", 200, Duration.ZERO);

        assertThat(registry.get("http.requests")
                        .tags("endpoint", "/before", "status", "200")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void register_nameThatTheRegistryHasAsAnotherType_neverMakesRecordingThrow() {
        registry.gauge("loom.cache.hits", Tags.of("cache_type", "response"), 1);
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.cache("response").hit();
        loom.cache("response").miss();

        assertThat(registry.get("loom.cache.misses").counter().count()).isEqualTo(1);
    }

    /** Registers at each depth of the stack until it ends, so that it ends in each part of registering some time. */
    private static boolean isMarkedAfterOverflows(Registrar registrar) {
        for (int i = 0; i < 1_000; i++) {
            try {
                registerAndGoDeeper(registrar);
            } catch (StackOverflowError e) {
                // as meant
            }
        }
        return OwnRegistration.isUnderWay();
    }

    @SuppressWarnings("InfiniteRecursion") // as meant
    private static void registerAndGoDeeper(Registrar registrar) {
        Meter meter = new NoopCounter(new Meter.Id("deep", Tags.empty(), null, null, Meter.Type.COUNTER));
        registrar.registerOrElse("deep", () -> meter, () -> meter);
        registerAndGoDeeper(registrar);
    }

    private static MeterFilter throwingFor(Predicate<String> names) {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (names.test(id.getName())) {
                    throw new IllegalStateException("no");
                }
                return MeterFilterReply.NEUTRAL;
            }
        };
    }
}
