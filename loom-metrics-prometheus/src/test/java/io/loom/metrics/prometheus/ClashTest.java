package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meters that Prometheus cannot tell apart: the first is shown, the second records but is not, and somebody is told. */
class ClashTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final List<String> failures = new ArrayList<>();
    private final Logger logger = Loggers.of(LoomPrometheusRegistry.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void watch() {
        registry.config().onMeterRegistrationFailed((id, reason) -> failures.add(id.getName() + ": " + reason));
        log.list = new CopyOnWriteArrayList<>(); // other tests log at the same time
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopWatching() {
        logger.detachAppender(log);
    }

    @Test
    void meters_ofTwoTypesInOneFamily_showTheFirst() {
        registry.counter("a.b").increment();
        Gauge second = Gauge.builder("a_b", () -> 7).tag("k", "1").register(registry);

        assertThat(registry.scrape()).isEqualTo("""
                        # TYPE a_b_total counter
                        a_b_total 1
                        """);
        assertThat(second.value()).isEqualTo(7);
        assertThat(failures)
                .containsExactly("a_b: family a_b cannot be GAUGE: it is COUNTER for MeterId{name='a.b', tags=[]}."
                        + " Rename one of them.");
    }

    @Test
    void meters_thatAreWrittenTheSame_showTheFirst() {
        registry.counter("a.b", "k", "1").increment();
        Counter second = registry.counter("a_b", "k", "1");
        second.increment(5);

        assertThat(registry.scrape()).contains("a_b_total{k=\"1\"} 1\n");
        assertThat(second.count()).isEqualTo(5);
        assertThat(failures)
                .containsExactly("a_b: family a_b has the same labels already for MeterId{name='a.b', tags=[tag(k=1)]}."
                        + " Rename one of them, or give them different tags.");
    }

    @Test
    void clash_isLoggedWithTheMeterAndTheReason() {
        registry.counter("a.b", "k", "log");
        registry.counter("a_b", "k", "log");

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains("tag(k=log)"))
                .containsExactly("MeterId{name='a_b', tags=[tag(k=log)]}: the meter records, but is not on the page:"
                        + " family a_b has the same labels already for MeterId{name='a.b', tags=[tag(k=log)]}."
                        + " Rename one of them, or give them different tags.");
    }

    @Test
    void tags_thatAreWrittenTheSame_areRefused() {
        registry.counter("c", "a.b", "1", "a_b", "2").increment();

        assertThat(registry.scrape()).isEmpty();
        assertThat(failures).containsExactly("c: label names must be distinct: a_b is there twice");
    }

    @Test
    void customMeter_withATagNamedStatistic_isRefused() {
        Meter.builder("c", Meter.Type.OTHER, List.of(new Measurement(() -> 1.0, Statistic.VALUE)))
                .tag("statistic", "mine")
                .register(registry);

        assertThat(registry.scrape()).isEmpty();
        assertThat(failures).containsExactly("c: label names must be distinct: statistic is there twice");
    }

    @Test
    void meter_withOnePartThatClashes_isNotShownAtAll() {
        Gauge.builder("t.seconds.max", () -> 7).register(registry);
        Timer timer = registry.timer("t");

        assertThat(registry.scrape()).isEqualTo("""
                        # TYPE t_seconds_max gauge
                        t_seconds_max 7
                        """);
        assertThat(failures)
                .containsExactly("t: family t_seconds_max has the same labels already for"
                        + " MeterId{name='t.seconds.max', tags=[]}. Rename one of them, or give them different tags.");

        registry.remove(timer);
        assertThat(registry.scrape()).contains("t_seconds_max 7\n");
    }

    @Test
    void remove_theMeterThatWasNotShown_leavesTheOther() {
        registry.counter("a.b").increment();
        Counter second = registry.counter("a_b");

        registry.remove(second);

        assertThat(registry.scrape()).contains("a_b_total 1\n");
    }

    @Test
    void remove_theMeterThatWasShown_letsTheNextInUnderItsName() {
        Counter first = registry.counter("a.b");
        Counter second = registry.counter("a_b");
        registry.remove(first);
        assertThat(registry.scrape()).isEmpty();

        registry.remove(second);
        registry.counter("a_b").increment(5);

        assertThat(registry.scrape()).contains("a_b_total 5\n");
    }
}
