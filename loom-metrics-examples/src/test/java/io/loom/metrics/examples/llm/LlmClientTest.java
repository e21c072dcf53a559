package io.loom.metrics.examples.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.ErrorType;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LlmClientTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private final ScriptedProvider provider = new ScriptedProvider();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final LlmClient client = LlmClient.of(provider, loom, pauses::add);

    @Test
    void complete_answer_isOneRequestWithItsTokens() throws Exception {
        assertThat(client.complete("Tell.").text()).isEqualTo(ScriptedProvider.SOUND);

        assertThat(count("loom.llm.requests")).isEqualTo(1);
        assertThat(count("loom.llm.tokens")).isEqualTo(12 + 34);
        assertThat(count("loom.llm.errors")).isZero();
        assertThat(pauses).isEmpty();
    }

    @Test
    void complete_retryableFailures_makesItAgainAndCountsEachAttempt() throws Exception {
        provider.fails(ErrorType.RATE_LIMIT).fails(ErrorType.OVERLOADED);

        assertThat(client.complete("Tell.").text()).isEqualTo(ScriptedProvider.SOUND);

        assertThat(count("loom.llm.requests")).isEqualTo(3);
        assertThat(errors(ErrorType.RATE_LIMIT)).isEqualTo(1);
        assertThat(errors(ErrorType.OVERLOADED)).isEqualTo(1);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void complete_providerSaysWhen_waitsAsAsked_butNotForEver() throws Exception {
        provider.asksToWait(Duration.ofSeconds(2)).asksToWait(Duration.ofHours(1));

        client.complete("Tell.");

        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    @Test
    void complete_answerInChunks_tellsTheTimeToTheFirst() throws Exception {
        client.complete("Tell.");

        assertThat(registry.get("loom.llm.time.to.first.token").timer().count()).isEqualTo(1);
        assertThat(registry.get("loom.llm.finish")
                        .tag("finish_reason", "stop")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void complete_simulatedModel_showsWhatIsLeftOfItsRateLimit() throws Exception {
        LlmProvider simulated =
                SimulatedProvider.all(1, 0, new MockClock(), pauses::add).get(0);

        LlmClient.of(simulated, loom, pauses::add).complete("Tell.");

        assertThat(requests("loom.llm.rate.limit")).isEqualTo(60_000);
        assertThat(requests("loom.llm.rate.limit.remaining")).isEqualTo(59_999);
    }

    @Test
    void complete_simulatedModelThatFails_showsItToo() {
        LlmProvider simulated =
                SimulatedProvider.all(1, 1, new MockClock(), pauses::add).get(0);
        LlmClient failing = LlmClient.of(simulated, loom, pauses::add);

        assertThatThrownBy(() -> failing.complete("Tell.")).isInstanceOf(ProviderException.class);
        assertThat(requests("loom.llm.rate.limit.remaining")).isEqualTo(59_997);
    }

    /** It has no headers that could tell. */
    @Test
    void complete_modelThatTellsNoLimit_showsNone() throws Exception {
        client.complete("Tell.");

        assertThat(registry.find("loom.llm.rate.limit").gauges()).isEmpty();
        assertThat(registry.find("loom.llm.rate.limit.remaining").gauges()).isEmpty();
    }

    @Test
    void complete_threeFailures_throwsTheLast() {
        provider.fails(ErrorType.RATE_LIMIT).fails(ErrorType.RATE_LIMIT).fails(ErrorType.TIMEOUT);

        assertThatThrownBy(() -> client.complete("Tell."))
                .isInstanceOf(ProviderException.class)
                .hasMessage("openai/gpt-4: timeout");
        assertThat(count("loom.llm.errors")).isEqualTo(3);
    }

    @Test
    void complete_failureThatStays_isNotTriedAgain() {
        provider.fails(ErrorType.AUTH);

        assertThatThrownBy(() -> client.complete("Tell.")).isInstanceOf(ProviderException.class);
        assertThat(count("loom.llm.requests")).isEqualTo(1);
        assertThat(errors(ErrorType.AUTH)).isEqualTo(1);
    }

    @Test
    void complete_interrupted_isCancelledAndNoError() {
        provider.isInterrupted();

        assertThatThrownBy(() -> client.complete("Tell.")).isInstanceOf(InterruptedException.class);
        assertThat(count("loom.llm.requests")).isEqualTo(1);
        assertThat(count("loom.llm.errors")).isZero();
        assertThat(registry.get("loom.llm.request.duration")
                        .tag("outcome", "cancelled")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void complete_brokenProvider_countsAsOther() {
        provider.breaks(new IllegalStateException("bug"));

        assertThatThrownBy(() -> client.complete("Tell.")).hasMessage("bug");
        assertThat(errors(ErrorType.OTHER)).isEqualTo(1);
    }

    private double requests(String name) {
        return registry.get(name).tag("resource", "requests").gauge().value();
    }

    private double errors(ErrorType type) {
        return registry.get("loom.llm.errors")
                .tag("error_type", type.label())
                .counter()
                .count();
    }

    private double count(String name) {
        return registry.get(name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
