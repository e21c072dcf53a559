package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A meter that cannot be on the page: told to a log, or to whoever registers it. */
class RegistrationFailureTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Logger logger = Loggers.of(LoomPrometheusRegistry.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>(); // other tests log at the same time
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void clash_byDefault_isAWarningAndNotOnThePage() {
        registry.counter("failure.lenient").increment();
        Gauge refused = Gauge.builder("failure_lenient", () -> 7).register(registry);

        assertThat(refused.value()).isEqualTo(7);
        assertThat(registry.scrape()).isEqualTo("""
                # TYPE failure_lenient_total counter
                failure_lenient_total 1
                """);
        assertThat(warningsAbout("failure_lenient"))
                .containsExactly("MeterId{name='failure_lenient', tags=[]}: the meter records, but is not on the page:"
                        + " family failure_lenient cannot be GAUGE: it is COUNTER for"
                        + " MeterId{name='failure.lenient', tags=[]}. Rename one of them.");
    }

    @Test
    void clash_ofTypes_throwsAndNamesBothSides() {
        registry.throwExceptionOnRegistrationFailure();
        registry.counter("failure.types", "k", "1").increment();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gauge.builder("failure_types", () -> 7).register(registry))
                .withMessage("MeterId{name='failure_types', tags=[]} cannot be on the page:"
                        + " family failure_types cannot be GAUGE: it is COUNTER for"
                        + " MeterId{name='failure.types', tags=[tag(k=1)]}. Rename one of them.");
        assertThat(registry.scrape()).isEqualTo("""
                # TYPE failure_types_total counter
                failure_types_total{k="1"} 1
                """);
        assertThat(warningsAbout("failure_types")).isEmpty();
    }

    @Test
    void clash_ofSeries_throwsAndNamesBothSides() {
        registry.throwExceptionOnRegistrationFailure();
        registry.counter("a.b", "k", "1").increment();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.counter("a_b", "k", "1"))
                .withMessage("MeterId{name='a_b', tags=[tag(k=1)]} cannot be on the page:"
                        + " family a_b has the same labels already for MeterId{name='a.b', tags=[tag(k=1)]}."
                        + " Rename one of them, or give them different tags.");
    }

    @Test
    void clash_ofSampleNames_throwsAndNamesBothSides() {
        registry.throwExceptionOnRegistrationFailure();
        Timer.builder("t").register(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gauge.builder("t.seconds.count", () -> 1).register(registry))
                .withMessage("MeterId{name='t.seconds.count', tags=[]} cannot be on the page:"
                        + " samples cannot be named t_seconds_count: family t_seconds of MeterId{name='t', tags=[]}"
                        + " names its own so. Rename one of them.");
    }

    @Test
    void tags_thatAreWrittenTheSame_throw() {
        registry.throwExceptionOnRegistrationFailure();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.counter("c", "a.b", "1", "a_b", "2"))
                .withMessage("MeterId{name='c', tags=[tag(a.b=1),tag(a_b=2)]} cannot be on the page:"
                        + " label names must be distinct: a_b is there twice");
    }

    @Test
    void meter_thatWasRefusedWithAnException_isNotRegistered() {
        registry.throwExceptionOnRegistrationFailure();
        Counter first = registry.counter("a.b");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.counter("a_b"));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.counter("a_b"));

        assertThat(registry.getMeters()).containsExactly(first);

        registry.remove(first);
        registry.counter("a_b").increment(5);
        assertThat(registry.scrape()).contains("a_b_total 5\n");
    }

    @Test
    void meter_thatClashesWithNothing_isRegisteredAsEver() {
        assertThat(registry.throwExceptionOnRegistrationFailure()).isSameAs(registry);
        registry.counter("a.b", "k", "1").increment();
        registry.counter("a.b", "k", "2").increment();
        registry.counter("a.b", "j", "1").increment();

        assertThat(registry.scrape()).isEqualTo("""
                # TYPE a_b_total counter
                a_b_total{j="1"} 1
                a_b_total{k="1"} 1
                a_b_total{k="2"} 1
                """);
    }

    @Test
    void listener_thatWasThereBefore_isToldToo() {
        List<String> told = new ArrayList<>();
        registry.config().onMeterRegistrationFailed((id, reason) -> told.add(id.getName()));
        registry.throwExceptionOnRegistrationFailure();
        registry.counter("a.b");

        assertThatIllegalArgumentException().isThrownBy(() -> registry.counter("a_b"));
        assertThat(told).containsExactly("a_b");
    }

    @Test
    void looms_ownMeters_neverThrowIntoTheCaller() {
        registry.throwExceptionOnRegistrationFailure();
        Gauge.builder("http_requests", () -> 7).register(registry);
        LoomMetrics loom = LoomMetrics.builder(registry).processMetrics(false).build();

        loom.http().record("GET", "/s", 200, Duration.ofSeconds(1));

        assertThat(registry.scrape())
                .contains("http_requests 7\n")
                .contains("http_request_duration_seconds_count{endpoint=\"/s\",method=\"GET\"} 1\n");
    }

    /** The same call on Micrometer's registry has the same effect: an IllegalArgumentException, and no meter. */
    @Test
    void clash_onMicrometersRegistry_throwsTheSameType() {
        PrometheusMeterRegistry theirs =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
        Counter first = theirs.counter("a.b");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gauge.builder("a_b", () -> 7).register(theirs));
        assertThat(theirs.getMeters()).containsExactly(first);
    }

    private List<String> warningsAbout(String name) {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("'" + name + "'"))
                .toList();
    }
}
