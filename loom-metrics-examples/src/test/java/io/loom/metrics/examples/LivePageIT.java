package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.openqa.selenium.By;

/** The live page of the service under traffic, beside a real Prometheus that scrapes the same service. */
class LivePageIT {
    static final List<String> TABS = LiveDashboard.TABS;

    /** What a tile shows, and what PromQL says of it, by tab. */
    private static final Map<String, Map<String, String>> SAME = Map.of(
            "overview",
            Map.of(
                    "http.requests_per_second.1m",
                    "sum(rate(http_requests_total[1m]))",
                    "http.duration_seconds.1m.p50",
                    quantile("0.5", "http_request_duration_seconds"),
                    "http.duration_seconds.1m.p95",
                    quantile("0.95", "http_request_duration_seconds"),
                    "http.requests_total",
                    "sum(http_requests_total)"),
            "llm",
            Map.of(
                    "llm.requests_per_second.1m",
                    "sum(rate(loom_llm_requests_total[1m]))",
                    "llm.duration_seconds.1m.p50",
                    quantile("0.5", "loom_llm_request_duration_seconds"),
                    "llm.tokens_per_second.completion.1m",
                    "sum(rate(loom_llm_tokens_total{type=\"completion\"}[1m]))",
                    "llm.cost_usd_total",
                    "sum(loom_llm_cost_usd_total)"),
            "business",
            Map.of(
                    "narratives.generated_per_second.1m",
                    "sum(rate(loom_narratives_generated_total[1m]))",
                    "narratives.words_per_second.1m",
                    "sum(rate(loom_narratives_words_total[1m]))",
                    "rules.executed_per_second.1m",
                    "sum(rate(loom_rules_executed_total[1m]))"),
            "system",
            Map.of("process.resident_memory_bytes", "process_resident_memory_bytes"));

    private static final double TOLERANCE = 0.05;

    /** Longer than the window, which must be full on both sides. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private static Path directory;

    @AutoClose
    private static Browser browser;

    @AutoClose
    private static ServiceProcess process;

    @AutoClose
    private static PrometheusServer prometheus;

    private static URI service;
    private static LiveDashboard page;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        browser = Browser.start(directory);
        process = ServiceProcess.start(directory, "--port=0", "--traffic", "--rate=60", "--latency-scale=0.1");
        service = process.awaitUri();
        prometheus = PrometheusServer.start(program, directory, service);
        prometheus.awaitTarget();
        page = new LiveDashboard(browser, service.resolve("/dashboard"));
        browser.screen(1280, 1000, false);
    }

    @ParameterizedTest
    @FieldSource("TABS")
    void tab_each_moves_andSaysWhatPrometheusSays(String tab) throws Exception {
        browser.leave(service);
        browser.requests(); // those of its own first page
        page.open(tab);
        browser.driver().findElement(By.cssSelector("#window [value='1m']")).click();
        List<String> pictures = page.pictures();

        assertThat(pictures).hasSizeGreaterThanOrEqualTo(4);
        Eventually.holds(
                "all charts of " + tab + " move", () -> page.pictures().stream().noneMatch(pictures::contains));
        assertThat(differences(SAME.get(tab))).isEmpty();
        assertThat(page.words()).doesNotContain("NaN", "undefined");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request).startsWith(service.toString()));
        page.keepPicture("service-" + tab);
    }

    @Test
    void health_ofTheService_isTold() throws Exception {
        ServiceClient client = new ServiceClient(service);

        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            assertThat(client.get(path).status()).as(path).isEqualTo(200);
            assertThat(client.get(path).json().path("status").asText()).as(path).isEqualTo("healthy");
        }
    }

    /** {@return what page and Prometheus do not agree on, at a moment when they agree best} */
    private static Map<String, String> differences(Map<String, String> figures) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        Map<String, String> differences = compare(figures);
        while (!differences.isEmpty() && Instant.now().isBefore(end)) {
            Map<String, String> before = page.values();
            Eventually.holds("the page asks again", () -> !page.values().equals(before));
            differences = compare(figures);
        }
        return differences;
    }

    private static Map<String, String> compare(Map<String, String> figures) throws Exception {
        Map<String, String> shown = page.values();
        Map<String, String> differences = new TreeMap<>();
        for (Map.Entry<String, String> figure : figures.entrySet()) {
            assertThat(shown).containsKey(figure.getKey());
            List<Double> values = prometheus.values(figure.getValue());
            String text = shown.get(figure.getKey());
            if (values.isEmpty() || text.isEmpty() || !isClose(Double.parseDouble(text), values.get(0))) {
                differences.put(figure.getKey(), text + " on the page, " + values + " by PromQL");
            }
        }
        return differences;
    }

    private static boolean isClose(double shown, double queried) {
        return Math.abs(shown - queried) <= TOLERANCE * Math.abs(queried);
    }

    private static String quantile(String quantile, String family) {
        return "histogram_quantile(" + quantile + ", sum by (le) (rate(" + family + "_bucket[1m])))";
    }
}
