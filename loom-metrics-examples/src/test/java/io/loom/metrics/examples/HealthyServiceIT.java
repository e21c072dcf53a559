package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.deploy.Kit;
import io.loom.metrics.examples.deploy.TimeScale;
import io.loom.metrics.examples.llm.FictitiousPrices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ten minutes of the service with the traffic that {@code --traffic} sends, under the kit as it is shipped: real Prometheus, real
 * Alertmanager, real node exporter. All of it goes {@value #FACTOR} times as fast. Alone, since a service that gets no processor is
 * not healthy.
 */
@Isolated
class HealthyServiceIT {
    private static final int FACTOR = 20;
    private static final TimeScale SCALE = new TimeScale(FACTOR);
    private static final double RATE = Double.parseDouble(Setting.RATE.standard());
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(30);
    /** A slow machine sends fewer requests in that time. It is to wait for these, at least. */
    private static final double REQUESTS = 0.8 * RATE * TIME.toSeconds();

    private static final Duration TIME_OF_BUDGET = Duration.ofDays(30);
    private static final String REQUESTED = "sum(http_requests_total{job=\"loom\", endpoint!~\"/health.*|/metrics\"})";

    /** What a test that cannot fail would not find: an alert that fires, and rules without data. */
    private static final String PLANTED = """
            groups:
              - name: planted
                rules:
                  - {alert: Planted, expr: 'up{job="loom"} == 1', labels: {severity: warning, service: planted}}
                  - {record: 'job:planted_nothing:sum', expr: 'sum by (job) (loom_no_such_total)'}
                  - {record: 'job:planted_nan:sum', expr: 'sum by (job) (0 * up{job="loom"}) / 0'}
                  - {record: 'job:planted_data:sum', expr: 'sum by (job) (up{job="loom"})'}
            """;

    @TempDir
    private static Path directory;

    @AutoClose
    private static final Running running = new Running();

    private static AlertStack stack;

    @BeforeAll
    static void start() throws Exception {
        Path exporter = StackProgram.require("prometheus-node-exporter");
        ServiceProcess service = running.add(ServiceProcess.start(
                directory, "--port=0", "--traffic", "--rate=" + RATE * FACTOR, "--latency-scale=" + 1.0 / FACTOR));
        NodeExporter node = running.add(NodeExporter.start(exporter, directory));
        FastKit kit = new FastKit(SCALE, Map.of("loom:8000", service.awaitUri(), "node-exporter:9100", node.page()));
        stack = running.add(
                AlertStack.start(directory, alertmanager -> kit.config(directory, alertmanager, PLANTED), kit.flags()));
        double scrapes = (double) TIME.toSeconds() / SCRAPE_INTERVAL.toSeconds();
        Eventually.holds(
                "ten minutes have gone by",
                () -> holds("count_over_time(up{job=\"loom\"}[10m]) > " + scrapes)
                        && holds(REQUESTED + " > " + REQUESTS));
    }

    @Test
    void tenMinutes_ofHealthyTraffic_fireNoWarningAndNothingCritical() throws Exception {
        stack.webhook.await("warning-alerts", "Planted", "firing");

        assertThat(stack.prometheus
                        .query("ALERTS{alertstate=\"firing\", severity=~\"warning|critical\"}[10m]")
                        .findValuesAsText("alertname"))
                .containsOnly("Planted");
        assertThat(stack.webhook.heard())
                .filteredOn(message -> !message.receiver().equals("team-email"))
                .extracting(Webhook.Message::alert)
                .containsOnly("Planted");
    }

    @Test
    void recordingRules_all_haveDataOfTheService() throws Exception {
        Set<String> missing = new LinkedHashSet<>(Kit.recordedNames());
        assertThat(missing).isNotEmpty();

        try {
            Eventually.holds("all recorded series have data", () -> {
                missing.retainAll(withoutData(missing));
                return missing.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError("recorded, but without data: " + missing, e);
        }
    }

    /** They are evaluated in one go, so where the last has data the others have had their turn. */
    @Test
    void recordingRules_thatFindNothingOrNaN_areWithoutData() throws Exception {
        Eventually.holds(
                "planted rules are evaluated",
                () -> withoutData(Set.of("job:planted_data:sum")).isEmpty());

        assertThat(withoutData(Set.of("job:planted_nothing:sum", "job:planted_nan:sum", "job:planted_data:sum")))
                .containsExactlyInAnyOrder("job:planted_nothing:sum", "job:planted_nan:sum");
    }

    /** Else LlmBudgetBurn would fire for a service that is well, as soon as it has run for a while. */
    @Test
    void budget_ofTheService_lastsForItsTime() throws Exception {
        double dollars = stack.prometheus
                .values("sum(loom_llm_cost_usd_total) / " + REQUESTED)
                .get(0);

        assertThat(dollars * RATE * TIME_OF_BUDGET.toSeconds())
                .isPositive()
                .isLessThan(0.8 * FictitiousPrices.BUDGET_USD);
    }

    private static boolean holds(String comparison) throws IOException, InterruptedException {
        return !stack.prometheus.values(comparison).isEmpty();
    }

    /** {@return which of these series the service has not, or only as NaN} */
    private static Set<String> withoutData(Set<String> names) throws IOException, InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        for (String name : names) {
            if (stack.prometheus.values(name + "{job=\"loom\"}").stream().allMatch(value -> value.isNaN())) {
                missing.add(name);
            }
        }
        return missing;
    }
}
