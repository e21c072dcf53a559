package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.TextPage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Requests are recorded while pages are read: the families of each page tell of the same requests. */
@Isolated
class PageOfOneMomentTest {
    private static final int PAGES = 300;
    private static final int ENDPOINTS = 4;
    private static final long NANOS = 2_500_000_000L;

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void page_besideOneWhoRecords_hasAsManyRequestsAsDurations() throws Exception {
        for (int i = 0; i < ENDPOINTS; i++) {
            loom.http().register("GET", endpoint(i));
        }
        Race.run(2, number -> {
            if (number == 0) {
                record();
            } else {
                try {
                    scrape();
                } finally {
                    done.set(true);
                }
            }
        });
    }

    private void record() {
        String[] endpoints = new String[ENDPOINTS];
        for (int i = 0; i < ENDPOINTS; i++) {
            endpoints[i] = endpoint(i);
        }
        for (int i = 0; !done.get(); i++) {
            loom.http().recordNanos("GET", endpoints[i % ENDPOINTS], 200, NANOS);
        }
    }

    private void scrape() {
        for (int page = 0; page < PAGES; page++) {
            TextPage read = TextPage.parse(registry.scrape());
            for (int i = 0; i < ENDPOINTS; i++) {
                String endpoint = endpoint(i);
                double count = read.value("http_request_duration_seconds_count", "method", "GET", "endpoint", endpoint);
                assertThat(read.value("http_requests_total", "method", "GET", "endpoint", endpoint, "status", "200"))
                        .isEqualTo(count);
                assertThat(read.value("http_requests_in_progress", "endpoint", endpoint))
                        .isNotNegative();
            }
        }
    }

    private static String endpoint(int number) {
        return "/stories/of-kind-" + (char) ('a' + number);
    }
}
