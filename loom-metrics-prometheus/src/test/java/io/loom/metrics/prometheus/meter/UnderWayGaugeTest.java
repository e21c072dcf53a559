package io.loom.metrics.prometheus.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.ScrapeDeadline;
import io.loom.metrics.prometheus.cell.CountedCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Counts;
import io.loom.metrics.spi.UnderWay;
import io.micrometer.core.instrument.Gauge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each page starts one more when it comes to {@code drafts}, which is before {@code under_way}. */
class UnderWayGaugeTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Started started = new Started();
    private final Gauge drafts = Gauge.builder("drafts", () -> ++started.count).register(registry);
    private final Gauge underWay = Gauge.builder("under.way", started, each -> each.value(CountedDurations::countHere))
            .register(registry);

    @Test
    void visit_onAPage_isOfWhenThePageBegan() {
        assertThat(TextPage.parse(registry.scrape()).value("under_way")).isZero();
        assertThat(TextPage.parse(registry.scrape()).value("under_way")).isEqualTo(1);
        assertThat(underWay.value()).isEqualTo(2);
    }

    @Test
    void visit_onAPageOfOpenMetrics_isOfWhenThePageBegan() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.OPENMETRICS, page);

        assertThat(page.toString(StandardCharsets.UTF_8)).contains("\ndrafts 1\n", "\nunder_way 0\n");
    }

    @Test
    void visit_onAPageOfFewNames_isOfNow() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.TEXT, Set.of("drafts", "under_way"), ScrapeDeadline.none(), page);

        assertThat(TextPage.parse(page.toString(StandardCharsets.UTF_8)).value("under_way"))
                .isEqualTo(1);
    }

    @Test
    void remove_gauge_isNotAskedAgain() {
        registry.scrape();
        registry.remove(underWay);
        int asked = started.asked;

        registry.scrape();

        assertThat(started.asked).isEqualTo(asked);
        assertThat(drafts.value()).isEqualTo(3);
    }

    @Test
    void visit_whoseEndsCannotBeCopied_isOfItsLine() {
        started.copied = false;

        assertThat(TextPage.parse(registry.scrape()).value("under_way")).isEqualTo(1);
    }

    @Test
    void visit_whereItFails_costsItsLineOnly() {
        started.fails = true;

        TextPage page = TextPage.parse(registry.scrape());

        assertThat(page.value("under_way")).isNaN();
        assertThat(page.value("drafts")).isEqualTo(1);
    }

    private static final class Started implements UnderWay {
        private final CountedCell ended =
                new HistogramCell(HistogramLayout.ofNanos(new double[] {1}, 2, 1_000)).branch();
        private boolean copied = true;
        private boolean fails;
        private int count;
        private int asked;

        @Override
        public double value(Counts counts) {
            if (fails) {
                throw new IllegalStateException("a failure of its own");
            }
            asked++;
            return count - (copied ? counts.of(ended) : ended.countHere());
        }
    }
}
