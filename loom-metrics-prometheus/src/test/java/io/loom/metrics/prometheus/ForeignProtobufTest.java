package io.loom.metrics.prometheus;

import static io.loom.metrics.prometheus.ForeignSnapshots.counter;
import static io.loom.metrics.prometheus.ForeignSnapshots.gauge;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.ProtobufPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** client_java's collectors on our page in protobuf: what its own encoder makes of them, behind ours. */
class ForeignProtobufTest {
    private static final Labels TRACE = Labels.of("trace_id", "trace1", "span_id", "span1");

    private final LoomPrometheusRegistryBuilder builder =
            LoomPrometheusRegistry.builder().collectorTimeout(Duration.ofSeconds(30));
    private final List<LoomPrometheusRegistry> built = new ArrayList<>();
    private final PrometheusRegistry theirs = new PrometheusRegistry();

    @AfterEach
    void close() {
        built.forEach(LoomPrometheusRegistry::close);
    }

    @Test
    void page_ofEachOfTheirTypes_endsAsTheirOwnDoes() throws IOException {
        registerCounterAndGauge();
        registerHistograms();
        registerOthers();
        LoomPrometheusRegistry registry = including();
        registry.counter("ours").increment(7);

        byte[] page = ProtobufPages.bytes(registry);
        byte[] own = written();

        assertThat(new String(page, StandardCharsets.ISO_8859_1))
                .endsWith(new String(own, StandardCharsets.ISO_8859_1));
        assertThat(ProtobufPage.parse(page).text())
                .endsWith(ProtobufPage.parse(own).text());
        assertThat(ProtobufPage.parse(page).samples())
                .containsAllEntriesOf(ProtobufPage.parse(own).samples())
                .containsEntry(TextPage.Series.of("ours_total"), 7.0);
    }

    @Test
    void counterAndGauge_haveTheirNamesHelpLabelsAndValues() throws IOException {
        registerCounterAndGauge();

        ProtobufPage page = ProtobufPages.of(including());

        assertThat(page.value("drafts_total", "kind", "a\"b\\\n龙")).isEqualTo(3);
        assertThat(page.value("load")).isEqualTo(-0.5);
        assertThat(page.families().get("drafts_total")).isEqualTo(new TextPage.Family("drafts_total", "COUNTER", "D."));
        assertThat(page.families().get("load").type()).isEqualTo("GAUGE");
    }

    @Test
    void histograms_classicNativeAndBoth_haveTheirBuckets() throws IOException {
        registerHistograms();

        ProtobufPage page = ProtobufPages.of(including());

        assertThat(page.value("classic_bucket", "le", "1.0")).isEqualTo(1);
        assertThat(page.value("classic_bucket", "le", "+Inf")).isEqualTo(2);
        assertThat(page.value("classic_sum")).isEqualTo(5.3);
        assertThat(page.exponential("native").buckets()).isEqualTo(Map.of(0, 1L, 3, 2L));
        assertThat(page.exponential("native").zeroCount()).isEqualTo(1);
        assertThat(page.value("both_bucket", "le", "2.0")).isEqualTo(1);
        assertThat(page.exponential("both").count()).isEqualTo(1);
    }

    @Test
    void summaryInfoAndStateSet_areThereAsWell() throws IOException {
        registerOthers();

        ProtobufPage page = ProtobufPages.of(including());

        assertThat(page.value("reading", "quantile", "0.5")).isEqualTo(7);
        assertThat(page.value("reading_count")).isEqualTo(1);
        assertThat(page.value("build_info", "version", "0.1.0")).isEqualTo(1);
        assertThat(page.value("feature", "feature", "fast")).isEqualTo(1);
        assertThat(page.value("feature", "feature", "good")).isZero();
    }

    @Test
    void exemplars_ofCountersAndHistograms_areKept() throws IOException {
        Counter.builder().name("drafts").withExemplars().register(theirs).incWithExemplar(2, TRACE);
        Histogram.builder()
                .name("classic")
                .classicOnly()
                .classicUpperBounds(1, 2)
                .withExemplars()
                .register(theirs)
                .observeWithExemplar(1.5, TRACE);
        Histogram.builder()
                .name("native")
                .nativeOnly()
                .withExemplars()
                .register(theirs)
                .observeWithExemplar(3, TRACE);

        Map<TextPage.Series, OpenMetricsPage.Exemplar> exemplars =
                ProtobufPages.of(including()).exemplars();

        assertThat(exemplars)
                .containsOnlyKeys(
                        TextPage.Series.of("drafts_total"),
                        TextPage.Series.of("classic_bucket", "le", "2.0"),
                        TextPage.Series.of("native_bucket", "le", "+Inf"));
        assertThat(exemplars.values())
                .extracting(OpenMetricsPage.Exemplar::value)
                .containsExactlyInAnyOrder(2.0, 1.5, 3.0);
        assertThat(exemplars.values())
                .allSatisfy(exemplar ->
                        assertThat(exemplar.labels()).isEqualTo(Map.of("trace_id", "trace1", "span_id", "span1")));
        assertThat(exemplars).isEqualTo(ProtobufPage.parse(written()).exemplars());
    }

    @Test
    void page_ofSomeNames_hasTheseAlone() throws IOException {
        builder.collector("theirs", (MultiCollector) () -> new MetricSnapshots(gauge("a", 1), counter("b", 2)));
        LoomPrometheusRegistry registry = build();
        registry.counter("c").increment();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.PROTOBUF, List.of("b_total"), ScrapeDeadline.none(), out);

        assertThat(ProtobufPage.parse(out.toByteArray()).samples())
                .isEqualTo(Map.of(TextPage.Series.of("b_total"), 2.0));
    }

    @Test
    void collector_thatFails_costsItsOwnFamilies() throws IOException {
        builder.collector("bad", (MultiCollector) () -> {
                    throw new IllegalStateException("a test");
                })
                .collector("good", () -> gauge("g", 1));
        LoomPrometheusRegistry registry = build();
        registry.counter("ours").increment();
        ProtobufPages.bytes(registry);

        ProtobufPage page = ProtobufPages.of(registry);

        assertThat(page.value("g")).isEqualTo(1);
        assertThat(page.value("ours_total")).isEqualTo(1);
        assertThat(page.value("loom_metrics_collector_failures_total", "collector", "bad", "reason", "failed"))
                .isEqualTo(1);
    }

    @Test
    void stream_isNeitherFlushedNorClosed() throws IOException {
        builder.collector("theirs", () -> gauge("g", 1));
        LoomPrometheusRegistry registry = build();
        List<String> calls = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                calls.add("flush");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };

        registry.scrape(ExpositionFormat.PROTOBUF, out);

        assertThat(ProtobufPage.parse(out.toByteArray()).value("g")).isEqualTo(1);
        assertThat(calls).isEmpty();
    }

    /** Their encoder is another archive, which an application may leave out; our own needs none of it. */
    @Test
    void page_withoutTheirEncoder_hasOurs() throws Exception {
        try (HidingLoader loader = HidingLoader.of("io.prometheus.metrics.expositionformats.internal.")) {
            Method page = loader.loadClass(OneOfEachSide.class.getName()).getDeclaredMethod("page");
            page.setAccessible(true); // the same package of another loader is another one

            assertThat(ProtobufPage.parse((byte[]) page.invoke(null)).samples())
                    .containsKey(TextPage.Series.of("ours_total"))
                    .doesNotContainKey(TextPage.Series.of("theirs"));
        }
        assertThat(ProtobufPage.parse(OneOfEachSide.page()).samples())
                .containsKeys(TextPage.Series.of("ours_total"), TextPage.Series.of("theirs"));
    }

    private void registerCounterAndGauge() {
        Counter.builder()
                .name("drafts")
                .help("D.")
                .labelNames("kind")
                .register(theirs)
                .labelValues("a\"b\\\n龙")
                .inc(3);
        Gauge.builder().name("load").register(theirs).set(-0.5);
    }

    private void registerHistograms() {
        Histogram classic = Histogram.builder()
                .name("classic")
                .classicOnly()
                .classicUpperBounds(0.1, 1)
                .register(theirs);
        classic.observe(0.3);
        classic.observe(5);
        Histogram exponential = Histogram.builder()
                .name("native")
                .nativeOnly()
                .nativeInitialSchema(0)
                .register(theirs);
        exponential.observe(0);
        exponential.observe(1);
        exponential.observe(7);
        exponential.observe(8);
        Histogram.builder()
                .name("both")
                .classicUpperBounds(1, 2)
                .register(theirs)
                .observe(1.5);
    }

    private void registerOthers() {
        Summary.builder().name("reading").quantile(0.5, 0.01).register(theirs).observe(7);
        Info.builder().name("build_info").labelNames("version").register(theirs).setLabelValues("0.1.0");
        StateSet.builder()
                .name("feature")
                .states("fast", "good")
                .register(theirs)
                .setTrue("fast");
    }

    private LoomPrometheusRegistry including() {
        builder.include("theirs", theirs);
        return build();
    }

    private LoomPrometheusRegistry build() {
        LoomPrometheusRegistry registry = builder.build();
        built.add(registry);
        return registry;
    }

    private byte[] written() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new PrometheusProtobufWriter().write(page, theirs.scrape());
        return page.toByteArray();
    }

    /** A page in a class loader of its own. */
    static final class OneOfEachSide {
        private OneOfEachSide() {}

        static byte[] page() throws IOException {
            LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
                    .collectorTimeout(Duration.ofSeconds(30))
                    .collector("theirs", () -> gauge("theirs", 1))
                    .build();
            try {
                registry.counter("ours");
                return ProtobufPages.bytes(registry);
            } finally {
                registry.close();
            }
        }
    }
}
