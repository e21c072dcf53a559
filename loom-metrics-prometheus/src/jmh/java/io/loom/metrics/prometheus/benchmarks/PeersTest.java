package io.loom.metrics.prometheus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loom.metrics.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sides of the comparison do the same work: after the same events they show the same numbers. */
class PeersTest {
    private static final long ELAPSED_NANOS = 2_250_000_000L;
    private static final Route ROUTE = Words.ROUTES.get(3);
    private static final Model MODEL = Words.MODELS.get(5);

    @Test
    void count_held_isTheSameOnEachSide() {
        assertSame(Peer::count, "held_total", 1);
    }

    @Test
    void count_lookedUp_isTheSameOnEachSide() {
        assertSame(peer -> peer.count(Words.LABELS.get(7)), "labelled_total", 1);
    }

    @Test
    void time_held_isTheSameOnEachSide() {
        assertSame(peer -> peer.time(ELAPSED_NANOS), "held_duration_seconds", 8);
    }

    @Test
    void time_lookedUp_isTheSameOnEachSide() {
        assertSame(peer -> peer.time(Words.LABELS.get(7), ELAPSED_NANOS), "labelled_duration_seconds", 8);
    }

    @Test
    void http_withElapsedTime_isTheSameOnEachSide() {
        assertSame(peer -> peer.http(ROUTE, 200, ELAPSED_NANOS), "http_request", 11);
    }

    @Test
    void http_timed_countsTheSameOnEachSide() {
        assertSame(peer -> peer.timedHttp(ROUTE, 404), key -> key.startsWith("http_requests_total"), 1);
    }

    @Test
    void llm_held_isTheSameOnEachSide() {
        assertSame(peer -> peer.llm(ELAPSED_NANOS, 120, 300), "loom_llm_", 19);
    }

    @Test
    void llm_lookedUp_isTheSameOnEachSide() {
        assertSame(peer -> peer.llm(MODEL, ELAPSED_NANOS, 120, 300), "loom_llm_", 19);
    }

    @Test
    void llm_timed_countsTheSameOnEachSide() {
        assertSame(peer -> peer.timedLlm(120, 300), key -> key.startsWith("loom_llm_tokens_total"), 2);
    }

    @Test
    void http_started_isInProgressOnEachSideUntilItsEnd() {
        LoomPeer loom = new LoomPeer();
        MicrometerPeer micrometer = new MicrometerPeer();
        ClientJavaPeer clientJava = new ClientJavaPeer();
        HttpRequest request = loom.startHttp(ROUTE);
        MicrometerPeer.Request micrometers = micrometer.startHttp(ROUTE);
        ClientJavaPeer.Request clientJavas = clientJava.startHttp(ROUTE);
        assertThat(List.of(inProgress(loom), inProgress(micrometer), inProgress(clientJava)))
                .containsOnly(1.0);

        request.status(200);
        request.close();
        micrometers.end(ROUTE, 200);
        clientJavas.end(ROUTE, 200);
        assertThat(List.of(inProgress(loom), inProgress(micrometer), inProgress(clientJava)))
                .containsOnly(0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "b.CounterLookedUp.loom, labelled_total, 24",
        "b.TimerLookedUp.loom, labelled_duration_seconds_count, 24",
        "b.HttpEvent.loom, http_requests_total, 216",
        "b.HttpEventMixed.loom, http_requests_total, 216",
        "b.HttpEventTimed.loom, http_requests_total, 216",
        "b.LlmEventLookedUp.loom, loom_llm_requests_total, 12",
        "b.CounterHeld.loom, labelled_total, 0"
    })
    void meetWords_ofABenchmark_makesItsSeriesOnEachSide(String benchmark, String family, int series) {
        for (Peer peer : List.of(new LoomPeer(), new MicrometerPeer(), new ClientJavaPeer(), new OpenTelemetryPeer())) {
            peer.meetWords(benchmark);

            assertThat(peer.samples().keySet())
                    .filteredOn(key -> key.startsWith(family + "{"))
                    .as(peer.getClass().getSimpleName())
                    .hasSize(series);
        }
    }

    private static double inProgress(Peer peer) {
        String key = "http_requests_in_progress{endpoint=\"" + ROUTE.endpoint() + "\"}";
        return peer.samples().getOrDefault(key, 0.0);
    }

    private static void assertSame(Consumer<Peer> event, String prefix, int samples) {
        assertSame(event, key -> key.startsWith(prefix) && !key.contains("_max{"), samples);
    }

    private static void assertSame(Consumer<Peer> event, Predicate<String> shown, int samples) {
        Map<String, Double> loom = recorded(new LoomPeer(), event, shown);

        assertThat(loom).hasSize(samples);
        assertSame(recorded(new MicrometerPeer(), event, shown), loom);
        assertSame(recorded(new ClientJavaPeer(), event, shown), loom);
        assertSame(recorded(new OpenTelemetryPeer(), event, shown), loom);
    }

    private static void assertSame(Map<String, Double> theirs, Map<String, Double> ours) {
        assertThat(theirs).containsOnlyKeys(ours.keySet());
        theirs.forEach((key, value) -> assertThat(value).as(key).isCloseTo(ours.get(key), within(1e-9)));
    }

    /** Three times, so that what is looked up is found at least once. */
    private static Map<String, Double> recorded(Peer peer, Consumer<Peer> event, Predicate<String> shown) {
        for (int i = 0; i < 3; i++) {
            event.accept(peer);
        }
        Map<String, Double> samples = new TreeMap<>(peer.samples());
        samples.keySet().removeIf(shown.negate());
        return samples;
    }
}
