package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoomMetricsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void of_registryThatHasOne_isRefusedWithTheRemedy() {
        MeterRegistry registry = new SimpleMeterRegistry();
        LoomMetrics.of(registry);

        assertThatIllegalStateException()
                .isThrownBy(() -> LoomMetrics.of(registry))
                .withMessage("a registry must hold one LoomMetrics at a time: this one has another."
                        + " Share that one, or close it first.");
    }

    @Test
    void of_refusedRegistry_isLeftAsItWas() {
        TestLoom test = TestLoom.create();
        Map<String, Double> before = Readings.of(test.registry());

        assertThatIllegalStateException().isThrownBy(() -> LoomMetrics.of(test.registry()));
        assertThat(Readings.of(test.registry())).isEqualTo(before);
    }

    @Test
    void of_nullRegistry_saysWhatIsNull() {
        assertThatNullPointerException().isThrownBy(() -> LoomMetrics.of(null)).withMessage("registry");
    }

    @Test
    void of_twoRegistries_areIndependent() {
        TestLoom one = TestLoom.create();
        TestLoom two = TestLoom.create();
        one.loom().cache("response").hit();

        assertThat(one.sum("loom.cache.hits")).isEqualTo(1);
        assertThat(two.sum("loom.cache.hits")).isZero();
    }

    @Test
    void of_afterClose_worksWithLiveGauges() {
        TestLoom test = TestLoom.create();
        useEverything(test.loom());
        test.loom().close();

        LoomMetrics second = LoomMetrics.of(test.registry());
        second.sessions().open();
        second.http().start("GET", "/s");
        second.llm("anthropic", "claude-x").start();
        second.gauge("own.gauge", "Help.", "kind").with("x").set(9);
        second.interactions().rate(5);

        assertThat(test.gauge("loom.sessions.active")).isEqualTo(1);
        assertThat(test.gauge("http.requests.in.progress", "endpoint", "/s")).isEqualTo(1);
        assertThat(test.gauge("loom.llm.requests.in.progress")).isEqualTo(1);
        assertThat(test.gauge("own.gauge")).isEqualTo(9);
        assertThat(test.gauge("loom.user.satisfaction.score")).isEqualTo(5);
        assertThat(test.gauge("loom.metrics.series", "meter", "http.requests")).isEqualTo(1);
        assertThat(test.gauge("loom.build.info")).isEqualTo(1);
        second.close();
    }

    @Test
    void of_afterClose_goesOnCounting() {
        TestLoom test = TestLoom.create();
        test.loom().cache("response").hit();
        test.loom().close();
        LoomMetrics.of(test.registry()).cache("response").hit();

        assertThat(test.count("loom.cache.hits")).isEqualTo(2);
    }

    @Test
    void close_removesWhatReadsTheInstanceAndKeepsWhatHappened() {
        MeterRegistry registry = new SimpleMeterRegistry();
        Gauge theirs = Gauge.builder("theirs", () -> 1).register(registry);
        LoomMetrics loom = LoomMetrics.of(registry);
        useEverything(loom);
        int counters = registry.find("loom.cache.hits").counters().size();
        loom.close();

        assertThat(registry.getMeters())
                .filteredOn(meter -> meter.getId().syntheticAssociation() == null)
                .filteredOn(meter -> meter.getId().getType() == Meter.Type.GAUGE)
                .containsExactly(theirs);
        assertThat(registry.find("process.cpu").meters()).isEmpty();
        assertThat(registry.find("loom.cache.hits").counters())
                .hasSize(counters)
                .isNotEmpty();
        assertThat(registry.isClosed()).isFalse();
    }

    @Test
    void close_twice_changesNothing() {
        TestLoom test = TestLoom.create();
        test.loom().close();
        LoomMetrics second =
                LoomMetrics.builder(test.registry()).processMetrics(false).build();

        assertThat(test.deltas(test.loom()::close)).isEmpty();
        second.close();
    }

    @Test
    void handles_usedAfterClose_doNoHarm() {
        TestLoom test = TestLoom.create();
        LlmMeter claude = LlmReadings.claude(test);
        LlmCall call = claude.start();
        test.loom().close();
        call.succeed(Usage.of(1, 2));
        useEverything(test.loom());

        assertThat(test.count("loom.llm.tokens", "type", "prompt")).isEqualTo(2);
        assertThat(test.registry().find("loom.sessions.active").meters()).isEmpty();
        assertThat(test.registry().find("own.gauge").meters()).isEmpty();
    }

    @Test
    void close_leavesNoThread() throws InterruptedException {
        ThreadGroup group = new ThreadGroup("loom's own threads would be here");
        AtomicBoolean closed = new AtomicBoolean();
        Thread user = new Thread(group, () -> {
            MeterRegistry registry = new SimpleMeterRegistry();
            try (LoomMetrics loom = LoomMetrics.of(registry)) {
                useEverything(loom);
            }
            closed.set(true);
        });
        user.start();
        user.join();

        Thread[] left = new Thread[10];
        assertThat(closed).isTrue();
        assertThat(group.enumerate(left)).as("threads left").isZero();
    }

    @Test
    void noop_everything_recordsNothingAndNeverThrows() throws ReflectiveOperationException {
        try (LoomMetrics noop = LoomMetrics.noop();
                LoomMetrics another = LoomMetrics.noop()) {
            useEverything(noop);
            useEverything(another);
            String reply = noop.llm("anthropic", "claude-x").call(() -> "text", text -> Usage.of(1, 2));

            assertThat(reply).isEqualTo("text");
            assertThat(registryBehind(noop).getMeters()).isEmpty();
        }
    }

    @Test
    void buildInfo_ofALoom_isOneWithVersionAndRevision() {
        TestLoom test = TestLoom.create();
        Gauge info = test.registry().get("loom.build.info").gauge();

        assertThat(info.value()).isEqualTo(1);
        assertThat(info.getId().getTag("version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(info.getId().getTag("revision")).matches("[0-9a-f]{7,40}|unknown");
    }

    /** The registry of a no-op is nowhere to be seen from outside. */
    private static MeterRegistry registryBehind(LoomMetrics loom) throws ReflectiveOperationException {
        Field registrar = LoomMetrics.class.getDeclaredField("registrar");
        registrar.setAccessible(true);
        Field registry = Registrar.class.getDeclaredField("registry");
        registry.setAccessible(true);
        return (MeterRegistry) registry.get(registrar.get(loom));
    }

    private static void useEverything(LoomMetrics loom) {
        HttpRequest request = loom.http().start("GET", "/s");
        request.status(200);
        request.close();
        loom.http().record("GET", "/s", 200, SECOND);
        LlmMeter claude = loom.llm("anthropic", "claude-x");
        claude.record(SECOND, Usage.of(1, 2));
        claude.recordFailure(null, ErrorType.AUTH);
        claude.start().cancel();
        loom.cache("response").hit();
        loom.cache("response").miss();
        loom.sessions().open().close();
        loom.narratives().generated("fantasy", -1);
        loom.interactions().record(Interaction.EDIT);
        loom.interactions().rate(4);
        loom.rules().executed("consistency");
        loom.rules().violated("consistency", Severity.MAJOR);
        loom.counter("own.counter", "Help.", "kind").with("x").increment();
        loom.gauge("own.gauge", "Help.", "kind").with("x").set(7);
        loom.timer("own.timer", "Help.", "kind").with("x").record(SECOND);
    }
}
