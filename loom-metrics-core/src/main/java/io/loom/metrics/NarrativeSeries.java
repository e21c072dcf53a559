package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the narratives of one genre record to. Thread-safe; lock-free. */
final class NarrativeSeries {
    private static final String RULE_REJECTED = "rule_rejected";

    private final CounterSeries generated;
    private final CounterSeries truncated;
    private final CounterSeries rejected;
    private final PerConstant<ErrorType, CounterSeries> failed;
    private final CounterSeries words;
    private final SummarySeries length;
    private final TimerSeries duration;

    NarrativeSeries(Registrar registrar, String genre) {
        this.generated = CounterSeries.register(registrar, LoomMeter.NARRATIVES_GENERATED.spec(), genre);
        this.truncated = CounterSeries.register(registrar, LoomMeter.NARRATIVES_TRUNCATED.spec(), genre);
        this.rejected = CounterSeries.register(registrar, LoomMeter.NARRATIVES_FAILED.spec(), genre, RULE_REJECTED);
        this.failed = new PerConstant<>(
                ErrorType.class,
                type -> CounterSeries.register(registrar, LoomMeter.NARRATIVES_FAILED.spec(), genre, type.label()));
        this.words = CounterSeries.register(registrar, LoomMeter.NARRATIVES_WORDS.spec(), genre);
        this.length = SummarySeries.register(registrar, LoomMeter.NARRATIVE_LENGTH.spec(), genre);
        this.duration = TimerSeries.register(registrar, LoomMeter.NARRATIVE_GENERATION_DURATION.spec(), genre);
    }

    void generated(long ofWords) {
        generated.increment();
        told(ofWords);
    }

    void truncated(long ofWords) {
        truncated.increment();
        told(ofWords);
    }

    void failed(@Nullable ErrorType type) {
        failed.get(type == null ? ErrorType.OTHER : type).increment();
    }

    void rejected() {
        rejected.increment();
    }

    void timed(long elapsedNanos) {
        duration.recordNanos(elapsedNanos);
    }

    void timed(@Nullable Duration elapsed) {
        duration.record(elapsed);
    }

    private void told(long ofWords) {
        words.increment((double) ofWords);
        if (CounterSeries.accepts((double) ofWords)) { // else it was rejected already
            length.record((double) ofWords);
        }
    }
}
