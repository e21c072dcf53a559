package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Gauge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without any framework. */
class MetricsPageTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String LINE = "text/plain; charset=utf-8";

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Test
    void render_withoutHeaders_isTheTextOfAllFamilies() throws IOException {
        registry.counter("drafts", "genre", "奇幻").increment();

        MetricsPage.Head head = MetricsPage.of(registry).render(null, null, List.of(), body);

        assertThat(head)
                .isEqualTo(new MetricsPage.Head(200, Map.of("Content-Type", TEXT, "Vary", "Accept, Accept-Encoding")));
        assertThat(text())
                .contains("drafts_total{genre=\"奇幻\"} 1\n")
                .contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 0\n");
    }

    @Test
    void render_withNames_isTheseFamilies() throws IOException {
        registry.counter("drafts").increment();
        registry.timer("turns");

        MetricsPage.of(registry).render(null, null, List.of("drafts_total", "turns_seconds_count", "none"), body);

        assertThat(text()).isEqualTo("""
                # TYPE drafts_total counter
                drafts_total 1
                # TYPE turns_seconds summary
                turns_seconds_count 0
                turns_seconds_sum 0
                """);
    }

    @Test
    void render_withANameThatNothingHas_isAnEmptyPage() throws IOException {
        MetricsPage.Head head = MetricsPage.of(registry).render(null, "gzip", List.of("none"), body);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("Content-Length", "0").doesNotContainKey("Content-Encoding");
        assertThat(body.size()).isZero();
    }

    @Test
    void render_forWhoTakesGzip_isCompressedAndTheSame() throws IOException {
        registry.counter("drafts").increment();
        MetricsPage page = MetricsPage.builder(registry).gzipThreshold(0).build();

        MetricsPage.Head head = page.render(null, "gzip", List.of("drafts"), body);

        assertThat(head.headers())
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Vary", "Accept, Accept-Encoding")
                .doesNotContainKey("Content-Length");
        assertThat(unzipped()).isEqualTo("# TYPE drafts_total counter\ndrafts_total 1\n");
    }

    @Test
    void render_atTheThreshold_isCompressedAndBelowItIsNot() throws IOException {
        registry.counter("drafts").increment();
        int length = "# TYPE drafts_total counter\ndrafts_total 1\n".length();

        MetricsPage.Head below = MetricsPage.builder(registry)
                .gzipThreshold(length + 1)
                .build()
                .render(null, "gzip", List.of("drafts"), body);
        assertThat(below.headers())
                .containsEntry("Content-Length", Integer.toString(length))
                .doesNotContainKey("Content-Encoding");
        assertThat(text()).hasSize(length);

        body.reset();
        MetricsPage.Head at = MetricsPage.builder(registry)
                .gzipThreshold(length)
                .build()
                .render(null, "gzip", List.of("drafts"), body);
        assertThat(at.headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(unzipped()).hasSize(length);
    }

    @Test
    void render_atAHigherLevel_isSmaller() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            registry.counter("drafts", "number", "n" + i).increment(i * 37 % 1_000);
        }
        List<String> drafts = List.of("drafts");

        MetricsPage.of(registry).render(null, "gzip", drafts, body);
        int fast = body.size();
        body.reset();
        MetricsPage.builder(registry).gzipLevel(9).build().render(null, "gzip", drafts, body);
        int small = body.size();
        assertThat(TextPage.parse(unzipped()).samples()).hasSize(2_000);
        body.reset();
        MetricsPage.Head head =
                MetricsPage.builder(registry).gzipLevel(0).build().render(null, "gzip", drafts, body);

        assertThat(small).isLessThan(fast);
        assertThat(fast).isLessThan(body.size() / 3);
        assertThat(head.headers()).doesNotContainKey("Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get", ""})
    void answer_toAnotherMethod_isARefusal(String method) throws IOException {
        assertThat(answer(method, null, Map.of()))
                .isEqualTo(new MetricsPage.Head(
                        405, Map.of("Allow", "GET, HEAD", "Content-Type", LINE, "Content-Length", "36")));
        assertThat(text()).isEqualTo("Only GET and HEAD are allowed here.\n");
    }

    @Test
    void answer_toABadQuery_isARefusalInOneLine() throws IOException {
        assertThat(answer("GET", "name[]=%", Map.of()).status()).isEqualTo(400);
        assertThat(text()).isEqualTo("The query must be URL-encoded: two hexadecimal digits follow each %.\n");
    }

    @Test
    void answer_toALongQuery_isARefusal() throws IOException {
        assertThat(answer("GET", "name[]=" + "a".repeat(1_000_000), Map.of()).status())
                .isEqualTo(414);
        assertThat(text()).isEqualTo("The query must have 65536 characters or less: it has 1000007.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "Accept-Encoding"})
    void answer_toALongHeader_isARefusal(String name) throws IOException {
        assertThat(answer("GET", null, Map.of(name, "*/*,".repeat(2_048))).status())
                .isEqualTo(200);
        body.reset();

        assertThat(answer("GET", null, Map.of(name, "a".repeat(1_000_000))).status())
                .isEqualTo(431);
        assertThat(text()).isEqualTo("The header " + name + " must have 8192 characters or less: 1000000 were sent.\n");
    }

    @Test
    void answer_toHead_isTheHeadOfAPageWithoutABody() throws IOException {
        assertThat(answer("HEAD", null, Map.of("Accept-Encoding", "gzip")))
                .isEqualTo(new MetricsPage.Head(200, Map.of("Content-Type", TEXT, "Vary", "Accept, Accept-Encoding")));
        assertThat(body.size()).isZero();
        assertThat(registry.scrape()).contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 0\n");
    }

    @Test
    void answer_toHeadWithABadQuery_isTheRefusalWithoutItsLine() throws IOException {
        MetricsPage.Head head = answer("HEAD", "name[]=%", Map.of());

        assertThat(head.status()).isEqualTo(400);
        assertThat(head.headers()).containsEntry("Content-Length", "69");
        assertThat(body.size()).isZero();
    }

    @Test
    void answer_whileTheLimitOfScrapesIsReached_isARefusalAndLaterThePageAgain() throws IOException {
        MetricsPage page = MetricsPage.builder(registry).concurrentScrapes(1).build();
        AtomicReference<MetricsPage.Head> inside = new AtomicReference<>();
        Gauge.builder("nosy", inside, it -> {
                    try {
                        it.set(page.render(null, null, List.of("none"), body));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return 1;
                })
                .register(registry);

        page.render(null, null, List.of("nosy"), OutputStream.nullOutputStream());

        assertThat(inside.get())
                .isEqualTo(new MetricsPage.Head(
                        503, Map.of("Retry-After", "1", "Content-Type", LINE, "Content-Length", "68")));
        assertThat(text()).isEqualTo("1 scrapes are under way, which is the limit. Try again in a second.\n");
        assertThat(page.render(null, null, List.of("none"), body).status()).isEqualTo(200);
    }

    @Test
    void scrapes_thatFail_giveTheirPlaceBackAndAreNotTimed() throws IOException {
        MetricsPage page = MetricsPage.builder(registry).concurrentScrapes(1).build();
        MetricsPage.Response broken = head -> {
            throw new IOException("gone");
        };
        for (String coding : List.of("identity", "gzip")) {
            assertThatThrownBy(() -> page.answer("GET", null, Map.of("Accept-Encoding", coding)::get, broken))
                    .isInstanceOf(IOException.class)
                    .hasMessage("gone");
        }

        page.render(null, null, List.of(), body);

        assertThat(text()).contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 0\n");
        assertThat(registry.scrape()).contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 1\n");
    }

    @Test
    void durations_ofAllowedFormats_existBeforeTheFirstScrape() {
        MetricsPage.builder(registry).formats(EnumSet.of(ExpositionFormat.TEXT)).build();

        assertThat(registry.scrape()
                        .lines()
                        .filter(line -> line.startsWith("loom_metrics_scrape_duration_seconds_count")))
                .containsExactly("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 0");
    }

    @Test
    void builder_withWhatCannotBe_refusesIt() {
        MetricsPageBuilder builder = MetricsPage.builder(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.formats(List.of()))
                .withMessage("formats must be one or more: was []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.gzipLevel(10))
                .withMessage("gzip level must be 0 to 9: was 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.gzipThreshold(65_537))
                .withMessage("gzip threshold must be 0 to 65536: was 65537");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.concurrentScrapes(0))
                .withMessage("concurrent scrapes must be 1 or more: was 0");
    }

    private MetricsPage.Head answer(String method, String query, Map<String, String> headers) throws IOException {
        AtomicReference<MetricsPage.Head> begun = new AtomicReference<>();
        MetricsPage.of(registry).answer(method, query, headers::get, head -> {
            assertThat(begun.getAndSet(head)).as("begun before").isNull();
            return body;
        });
        return begun.get();
    }

    private String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private String unzipped() throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body.toByteArray()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
