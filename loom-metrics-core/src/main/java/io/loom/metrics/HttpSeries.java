package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.LabelValues;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What one method and endpoint record to: resolved together, so that an event costs one look-up. Thread-safe; an event takes no
 * lock, apart from the first of each status.
 */
final class HttpSeries {
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;
    private static final int UNKNOWN = MAX_STATUS - MIN_STATUS + 1;

    private final Registrar registrar;
    private final String method;
    private final String endpoint;
    private final InProgress inProgress;
    private final TimerSeries duration;
    private final AtomicReferenceArray<CounterSeries> requests = new AtomicReferenceArray<>(UNKNOWN + 1);

    HttpSeries(Registrar registrar, InProgress inProgress, String method, String endpoint) {
        this.registrar = registrar;
        this.method = method;
        this.endpoint = endpoint;
        this.inProgress = inProgress;
        this.duration = TimerSeries.register(registrar, LoomMeter.HTTP_REQUEST_DURATION.spec(), method, endpoint);
        requests(200); // at 0 before the first event: increase() cannot see a counter that is born at 1
        requests(500);
    }

    InProgress inProgress() {
        return inProgress;
    }

    TimerSeries duration() {
        return duration;
    }

    CounterSeries requests(int status) {
        int index = status >= MIN_STATUS && status <= MAX_STATUS ? status - MIN_STATUS : UNKNOWN;
        CounterSeries known = requests.get(index);
        return known != null ? known : register(index);
    }

    /** Rivals register the same meter, so it does not matter whose handle stays. */
    private CounterSeries register(int index) {
        String status = index == UNKNOWN ? LabelValues.UNKNOWN : Integer.toString(index + MIN_STATUS);
        CounterSeries series =
                CounterSeries.register(registrar, LoomMeter.HTTP_REQUESTS.spec(), method, endpoint, status);
        requests.set(index, series);
        return series;
    }
}
