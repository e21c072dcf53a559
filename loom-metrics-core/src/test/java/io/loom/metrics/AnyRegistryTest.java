package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The same events give the same numbers whatever the registry. */
class AnyRegistryTest {
    private final MockClock clock = new MockClock();

    @Test
    void events_onSimpleMeterRegistry_giveTheExpectedReadings() {
        MeterRegistry registry = simple();
        happenOn(registry);

        assertThat(nonZero(registry)).isEqualTo(expected());
    }

    @Test
    void events_onMicrometersPrometheusRegistry_giveTheExpectedReadings() {
        MeterRegistry registry = prometheus();
        happenOn(registry);

        assertThat(nonZero(registry)).isEqualTo(expected());
    }

    @Test
    void events_onACompositeOfTwo_giveTheExpectedReadingsOnBoth() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry(clock);
        List<MeterRegistry> children = List.of(simple(), prometheus());
        children.forEach(composite::add);
        happenOn(composite);

        for (MeterRegistry child : children) {
            assertThat(nonZero(child)).isEqualTo(expected());
        }
    }

    @Test
    void events_onACompositeWhoseChildrenComeLater_giveGaugesOnThem() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry(clock);
        happenOn(composite);
        MeterRegistry late = simple();
        composite.add(late);

        assertThat(late.get("loom.sessions.active").gauge().value()).isEqualTo(1);
        assertThat(late.get("loom.build.info").gauge().value()).isEqualTo(1);
        assertThat(late.get("loom.sessions").counter().count()).isZero();
    }

    @Test
    void events_onACompositeWithoutChildren_doNoHarm() {
        CompositeMeterRegistry empty = new CompositeMeterRegistry(clock);
        happenOn(empty);

        assertThat(empty.get("loom.sessions").counter().count()).isZero();
    }

    private MeterRegistry simple() {
        return new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    }

    private MeterRegistry prometheus() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
    }

    private void happenOn(MeterRegistry registry) {
        LoomMetrics loom = LoomMetrics.builder(registry)
                .processMetrics(false)
                .valueBudget("own.counter", "kind", 1)
                .build();
        HttpRequest answered = loom.http().start("POST", "/generate");
        clock.add(Duration.ofMillis(250));
        answered.status(201);
        answered.close();
        loom.http().start("POST", "/generate");
        loom.http().record("GET", "/stories/7", 404, Duration.ofMillis(500));

        LlmMeter claude = loom.llm("anthropic", "claude-x");
        claude.record(Duration.ofSeconds(2), Usage.of(120, 300));
        claude.recordFailure(Duration.ofSeconds(1), ErrorType.OVERLOADED);
        claude.recordCancelled(null);
        claude.start();

        loom.cache("response").hit();
        loom.cache("response").miss();
        loom.sessions().open().close();
        loom.sessions().open();
        loom.narratives().generated("fantasy", 1_240);
        loom.interactions().record(Interaction.EDIT);
        loom.interactions().rate(4);
        loom.rules().executed("consistency");
        loom.rules().violated("consistency", Severity.CRITICAL);

        CounterFamily own = loom.counter("own.counter", "Help.", "kind");
        own.with("x").increment(2.5);
        own.with("y").increment(-1);
        own.with("z").increment();
        loom.gauge("own.gauge", "Help.").with().set(-3);
        loom.timer("own.timer", "Help.").with().record(Duration.ofMillis(125));
        loom.summary("own.summary", "Help.", Buckets.of(1, 10)).with().record(4);
    }

    private static Map<String, Double> expected() {
        Map<String, Double> expected = new TreeMap<>();
        expected.put("http.requests{endpoint=/generate,method=POST,status=201}", 1.0);
        expected.put("http.requests{endpoint=/stories/{id},method=GET,status=404}", 1.0);
        expected.put("http.request.duration{endpoint=/generate,method=POST} count", 1.0);
        expected.put("http.request.duration{endpoint=/generate,method=POST} seconds", 0.25);
        expected.put("http.request.duration{endpoint=/stories/{id},method=GET} count", 1.0);
        expected.put("http.request.duration{endpoint=/stories/{id},method=GET} seconds", 0.5);
        expected.put("http.requests.in.progress{endpoint=/generate}", 1.0);
        expected.put(LlmReadings.REQUESTS, 3.0);
        expected.put(LlmReadings.IN_PROGRESS, 1.0);
        expected.put(LlmReadings.CANCELLED, 1.0);
        expected.put(LlmReadings.PROMPT, 120.0);
        expected.put(LlmReadings.COMPLETION, 300.0);
        expected.put(LlmReadings.error("overloaded"), 1.0);
        expected.put(LlmReadings.durations("success"), 1.0);
        expected.put(LlmReadings.seconds("success"), 2.0);
        expected.put(LlmReadings.durations("error"), 1.0);
        expected.put(LlmReadings.seconds("error"), 1.0);
        expected.put("loom.cache.hits{cache_type=response}", 1.0);
        expected.put("loom.cache.misses{cache_type=response}", 1.0);
        expected.put("loom.sessions", 2.0);
        expected.put("loom.sessions.active", 1.0);
        expected.put("loom.session.duration count", 1.0);
        expected.put("loom.session.turns count", 1.0);
        expected.put("loom.session.words count", 1.0);
        expected.put("loom.narratives.generated{genre=fantasy}", 1.0);
        expected.put("loom.narratives.words{genre=fantasy}", 1_240.0);
        expected.put("loom.narrative.length{genre=fantasy} count", 1.0);
        expected.put("loom.narrative.length{genre=fantasy} total", 1_240.0);
        expected.put("loom.user.rating count", 1.0);
        expected.put("loom.user.rating total", 4.0);
        expected.put("loom.user.interactions{interaction_type=edit}", 1.0);
        expected.put("loom.user.interactions{interaction_type=rate}", 1.0);
        expected.put("loom.user.satisfaction.score", 4.0);
        expected.put("loom.rules.executed{rule_type=consistency}", 1.0);
        expected.put("loom.rules.violations{rule_type=consistency,severity=critical}", 1.0);
        expected.put("own.counter{kind=x}", 2.5);
        expected.put("own.counter{kind=other}", 1.0);
        expected.put("own.gauge", -3.0);
        expected.put("own.timer count", 1.0);
        expected.put("own.timer seconds", 0.125);
        expected.put("own.summary count", 1.0);
        expected.put("own.summary total", 4.0);
        expected.put("loom.metrics.overflow{label=kind,meter=own.counter}", 2.0);
        expected.put("loom.metrics.rejected{meter=own.counter,reason=negative}", 1.0);
        expected.put("loom.metrics.rejected{meter=loom.llm.request.duration,reason=missing}", 1.0);
        for (String meter : List.of("loom.llm.requests", "loom.cache.hits", "loom.narratives.generated")) {
            expected.put("loom.metrics.series{meter=" + meter + "}", 1.0);
        }
        expected.put("loom.metrics.series{meter=http.requests}", 2.0);
        expected.put("loom.metrics.series{meter=loom.user.interactions}", 8.0);
        expected.put("loom.metrics.series{meter=loom.rules.executed}", 6.0);
        expected.put("loom.metrics.series{meter=own.counter}", 2.0);
        for (String meter : List.of("own.gauge", "own.timer", "own.summary")) {
            expected.put("loom.metrics.series{meter=" + meter + "}", 1.0);
        }
        return expected;
    }

    private static Map<String, Double> nonZero(MeterRegistry registry) {
        Map<String, Double> readings = Readings.of(registry);
        readings.values().removeIf(value -> value == 0);
        readings.keySet().removeIf(key -> key.startsWith("loom.build.info"));
        return readings;
    }
}
