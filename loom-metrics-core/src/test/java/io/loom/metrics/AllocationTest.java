package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.testing.Allocations;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Recording through handles and known labels allocates nothing, on a registry whose meters do not. */
class AllocationTest {
    private static final Duration ELAPSED = Duration.ofMillis(840);

    /** Where other threads would find it. */
    private volatile AutoCloseable published;

    private final LoomMetrics loom = TestLoom.create().loom();

    @Test
    void http_knownEndpoint_allocatesNothing() {
        HttpMeters http = loom.http();

        allocatesNothing(() -> http.recordNanos("GET", "/s", 200, 1_000_000));
        allocatesNothing(() -> http.record("GET", "/s", 200, ELAPSED));
        allocatesNothing(() -> http.record("GET", "/s", 404, ELAPSED));
        allocatesNothing(() -> http.record("GET", "/s", -1, ELAPSED));
    }

    @Test
    void httpRequest_thatMayCrossThreads_takesAtMost48Bytes() {
        HttpMeters http = loom.http();

        takesAtMost48Bytes(() -> {
            HttpRequest request = http.start("GET", "/stories/*");
            published = request;
            request.endpoint("/stories/{id}");
            request.status(200);
            request.close();
        });
    }

    @Test
    void llmCall_thatMayCrossThreads_takesAtMost48Bytes() {
        LlmMeter claude = loom.llm("anthropic", "claude-x");
        Usage usage = Usage.of(120, 300);

        takesAtMost48Bytes(() -> {
            LlmCall call = claude.start();
            published = call;
            call.succeed(usage, FinishReason.STOP);
        });
    }

    @Test
    void llmStream_thatMayCrossThreads_takesAtMost48Bytes() {
        LlmMeter claude = loom.llm("anthropic", "claude-x");
        Usage usage = Usage.of(120, 300);

        takesAtMost48Bytes(() -> {
            LlmStream stream = claude.stream();
            published = stream;
            stream.thinking();
            stream.chunk();
            stream.usage(usage);
            stream.succeed();
        });
    }

    @Test
    void llm_handle_allocatesNothing() {
        LlmMeter claude = loom.llm("anthropic", "claude-x");
        Usage usage = Usage.of(120, 300);

        allocatesNothing(() -> claude.record(ELAPSED, usage));
        allocatesNothing(() -> claude.recordNanos(840_000_000, 120, 300));
        allocatesNothing(() -> claude.recordFailure(ELAPSED, ErrorType.TIMEOUT));
        allocatesNothing(() -> claude.recordCancelled(ELAPSED));
        allocatesNothing(() -> claude.record(ELAPSED, null));
        allocatesNothing(() -> claude.finished(FinishReason.STOP));
        allocatesNothing(() -> claude.toolCalled(Outcome.SUCCESS));
        allocatesNothing(() -> claude.retried(ErrorType.TIMEOUT));
        allocatesNothing(() -> loom.llm("anthropic", "claude-x"));
    }

    @Test
    void llmCall_keptHandle_allocatesNothingAtItsEnd() {
        LlmCall call = loom.llm("anthropic", "claude-x").start();

        allocatesNothing(call::cancel);
        allocatesNothing(call::close);
    }

    @Test
    void llmStream_keptHandle_allocatesNothing() {
        LlmStream stream = loom.llm("anthropic", "claude-x").stream();
        Usage usage = Usage.of(120, 300);

        allocatesNothing(stream::chunk);
        allocatesNothing(() -> stream.usage(usage));
        allocatesNothing(stream::cancel);
        allocatesNothing(stream::chunk);
    }

    @Test
    void session_kept_allocatesNothing() {
        Session session = loom.sessions().open();

        allocatesNothing(session::turn);
        allocatesNothing(() -> session.words(12));
    }

    @Test
    void cache_handle_allocatesNothing() {
        CacheMeter cache = loom.cache("response");

        allocatesNothing(cache::hit);
        allocatesNothing(cache::miss);
        allocatesNothing(cache::evicted);
        allocatesNothing(() -> cache.loaded(ELAPSED));
        allocatesNothing(() -> loom.cache("response").hit());
    }

    @Test
    void narratives_knownGenre_allocatesNothing() {
        NarrativeMeters narratives = loom.narratives();

        allocatesNothing(() -> narratives.generated("fantasy", 1_240));
        allocatesNothing(() -> narratives.generated("fantasy", 1_240, ELAPSED));
        allocatesNothing(() -> narratives.failed("fantasy", ErrorType.TIMEOUT));
    }

    @Test
    void rules_knownRule_allocatesNothing() {
        RuleMeters rules = loom.rules();

        allocatesNothing(() -> rules.executed("consistency"));
        allocatesNothing(() -> rules.executed("consistency", ELAPSED));
        allocatesNothing(() -> rules.violated("consistency", Severity.MAJOR));
        allocatesNothing(() -> rules.repaired("consistency", Repair.FIXED));
    }

    @Test
    void interactions_known_allocatesNothing() {
        InteractionMeters interactions = loom.interactions();

        allocatesNothing(() -> interactions.record(Interaction.EDIT));
        allocatesNothing(() -> interactions.record("bookmark"));
        allocatesNothing(() -> interactions.rate(4));
    }

    @Test
    void ownCounters_knownLabels_allocateNothing() {
        CounterFamily none = loom.counter("l0", "Help.");
        CounterFamily one = loom.counter("l1", "Help.", "a");
        CounterFamily two = loom.counter("l2", "Help.", "a", "b");
        CounterFamily three = loom.counter("l3", "Help.", "a", "b", "c");
        CounterFamily four = loom.counter("l4", "Help.", "a", "b", "c", "d");

        allocatesNothing(() -> none.with().increment());
        allocatesNothing(() -> one.with("1").increment());
        allocatesNothing(() -> two.with("1", "2").increment());
        allocatesNothing(() -> three.with("1", "2", "3").increment());
        allocatesNothing(() -> four.with("1", "2", "3", "4").increment(2.5));
    }

    @Test
    void ownGauges_knownLabels_allocateNothing() {
        GaugeFamily family = loom.gauge("a.b", "Help.", "kind");

        allocatesNothing(() -> family.with("x").set(7));
        allocatesNothing(() -> family.with("x").increment());
        allocatesNothing(() -> family.with("x").decrement());
    }

    @Test
    void ownTimersAndSummaries_knownLabels_allocateNothing() {
        TimerFamily timers = loom.timer("a.timer", "Help.", "kind", "size");
        SummaryFamily summaries = loom.summary("a.summary", "Help.", Buckets.of(1, 10), "kind", "size");

        allocatesNothing(() -> timers.with("x", "y").recordNanos(1_000_000));
        allocatesNothing(() -> timers.with("x", "y").record(ELAPSED));
        allocatesNothing(() -> summaries.with("x", "y").record(2.5));
    }

    private static void takesAtMost48Bytes(Runnable work) {
        assertThat(Allocations.bytesOf(work))
                .as("bytes allocated by 100,000 calls")
                .isBetween(100_000L, 48 * 100_000L);
    }

    private static void allocatesNothing(Runnable work) {
        assertThat(Allocations.bytesOf(work))
                .as("bytes allocated by 100,000 calls")
                .isZero();
    }
}
