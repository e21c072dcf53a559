package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Events are recorded while pages are read: the families of each page fit together. */
@Isolated
class PageOfOneMomentTest {
    private static final int PAGES = 300;
    private static final long NANOS = 2_500_000_000L;
    private static final String[] ENDPOINTS = {"/stories", "/drafts", "/readers", "/genres"};

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void page_besideRequests_hasAsManyAsItHasDurations() throws Exception {
        scrapeBesideRequests();
    }

    @Test
    void page_besideRequestsTimedWithoutBuckets_hasAsManyAsItHasDurations() throws Exception {
        registry.config().meterFilter(new WithoutBuckets());
        scrapeBesideRequests();

        assertThat(registry.scrape()).contains("# TYPE http_request_duration_seconds summary");
    }

    /** A call counts as a request before it counts as an error. */
    @Test
    void page_besideCallsThatFail_neverHasMoreErrorsThanRequests() throws Exception {
        LlmMeter model = loom.llm("anthropic", "claude-x");
        Duration elapsed = Duration.ofNanos(NANOS);
        scrapeBeside(event -> model.recordFailure(elapsed, ErrorType.TIMEOUT), page -> {
            double errors = page.value(
                    "loom_llm_errors_total", "provider", "anthropic", "model", "claude-x", "error_type", "timeout");
            assertThat(page.value("loom_llm_requests_total", "provider", "anthropic", "model", "claude-x"))
                    .isGreaterThanOrEqualTo(errors);
        });
    }

    private void scrapeBesideRequests() throws Exception {
        for (String endpoint : ENDPOINTS) {
            loom.http().register("GET", endpoint);
        }
        scrapeBeside(
                event -> loom.http().recordNanos("GET", ENDPOINTS[event % ENDPOINTS.length], 200, NANOS),
                PageOfOneMomentTest::assertSameRequests);
    }

    private static void assertSameRequests(TextPage page) {
        for (String endpoint : ENDPOINTS) {
            assertThat(page.value("http_requests_total", "method", "GET", "endpoint", endpoint, "status", "200"))
                    .isEqualTo(
                            page.value("http_request_duration_seconds_count", "method", "GET", "endpoint", endpoint));
        }
    }

    private void scrapeBeside(IntConsumer event, Consumer<TextPage> check) throws Exception {
        Race.run(2, number -> {
            if (number == 0) {
                for (int i = 0; !done.get(); i = i + 1 & Integer.MAX_VALUE) {
                    event.accept(i);
                }
            } else {
                try {
                    scrape(check);
                } finally {
                    done.set(true);
                }
            }
        });
    }

    private void scrape(Consumer<TextPage> check) {
        for (int page = 0; page < PAGES; page++) {
            check.accept(TextPage.parse(registry.scrape()));
        }
    }

    /** All that a user has to say for a summary. */
    private static final class WithoutBuckets implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives()
                    .build()
                    .merge(config);
        }
    }
}
