package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the service to whoever is on call: real Prometheus, real Alertmanager, the kit's rules and routes. */
class AlertsIT {
    private static final int BURST = 120;

    @TempDir
    private Path directory;

    @Test
    void service_thatStopsAndStartsAgain_isReportedDownAndThenUp() throws Exception {
        int port = FreePort.next();
        URI uri = URI.create("http://127.0.0.1:" + port);
        ServiceProcess first = startService(port);
        try (AlertStack stack = AlertStack.start(directory, uri)) {
            Eventually.holds(
                    "traffic has been healthy for a while",
                    () -> stack.prometheus
                                    .values("count_over_time(job:http_errors_per_requests:ratio_rate5m[1m]) > 10")
                                    .size()
                            == 1);
            assertThat(stack.firing()).isEmpty();
            assertThat(stack.webhook.heard()).isEmpty();

            first.close();
            stack.webhook.await("critical-alerts", "LoomDown", "firing");
            try (ServiceProcess second = startService(port)) {
                stack.webhook.await("critical-alerts", "LoomDown", "resolved");
                stack.webhook.await("team-email", "LoomRestarted", "firing");
                assertThat(second.process().isAlive()).isTrue();
            }
        } finally {
            first.close();
        }
    }

    /** The language model cannot be reached. */
    @Test
    void burstOfFailures_burnsTheBudgetFast() throws Exception {
        String nowhere = "--llm-url=http://127.0.0.1:" + FreePort.next() + "/v1";
        try (ServiceProcess service = ServiceProcess.start(directory, "--port=0", "--latency-scale=0", nowhere);
                AlertStack stack = AlertStack.start(directory, service.awaitUri())) {
            assertThat(stack.firing()).isEmpty();

            ServiceClient client = new ServiceClient(service.awaitUri());
            for (int i = 0; i < BURST; i++) {
                int status = client.post(
                                "/api/v1/generate", "{\"genre\": \"fantasy\", \"prompt\": \"a dragon " + i + "\"}")
                        .status();
                assertThat(status).isBetween(500, 599);
            }

            stack.webhook.await("critical-alerts", "HttpErrorBudgetBurnFast", "firing");
            stack.webhook.await("critical-alerts", "LlmProviderOutage", "firing");
            stack.webhook.await("warning-alerts", "HighErrorRate", "firing");
            assertThat(stack.webhook.heard())
                    .extracting(Webhook.Message::alert)
                    .doesNotContain("HttpErrorBudgetBurnSlow");
        }
    }

    /** The simulated models think for seconds, as if they hung. What does not need them is as fast as ever. */
    @Test
    void modelsThatStall_areReportedAsSlow() throws Exception {
        try (ServiceProcess service =
                        ServiceProcess.start(directory, "--port=0", "--traffic", "--rate=100", "--latency-scale=25");
                AlertStack stack = AlertStack.start(directory, service.awaitUri())) {
            assertThat(stack.firing()).isEmpty();

            stack.webhook.await("warning-alerts", "HighLatency", "firing");
            stack.webhook.await("critical-alerts", "FirstTokenBudgetBurnFast", "firing");
            assertThat(stack.webhook.heard())
                    .extracting(Webhook.Message::alert)
                    .doesNotContain("HighErrorRate", "LlmProviderOutage");
        }
    }

    @Test
    void inhibition_ofRelatedAlerts_leavesTheOthers() throws Exception {
        Path program = StackProgram.require("prometheus-alertmanager");
        try (Webhook webhook = new Webhook();
                AlertmanagerServer alertmanager =
                        AlertmanagerServer.start(program, directory, AlertStack.alertmanagerConfig(webhook))) {
            alertmanager.awaitReady();

            alertmanager.tell("""
                    [{"labels": {"id": "down", "alertname": "LoomDown", "severity": "critical", "job": "loom", "instance": "a"}},
                     {"labels": {"id": "of it", "alertname": "HighLatency", "severity": "warning", "service": "http",
                                 "job": "loom", "instance": "a"}},
                     {"labels": {"id": "of another", "alertname": "HighLatency", "severity": "warning", "service": "http",
                                 "job": "loom", "instance": "b"}},
                     {"labels": {"id": "fast", "alertname": "LlmErrorBudgetBurnFast", "severity": "critical",
                                 "service": "llm", "job": "loom", "provider": "openai"}},
                     {"labels": {"id": "slow", "alertname": "LlmErrorBudgetBurnSlow", "severity": "warning",
                                 "service": "llm", "job": "loom", "provider": "openai"}},
                     {"labels": {"id": "slow elsewhere", "alertname": "LlmErrorBudgetBurnSlow", "severity": "warning",
                                 "service": "llm", "job": "loom", "provider": "anthropic"}},
                     {"labels": {"id": "readers", "alertname": "SatisfactionDrop", "severity": "warning",
                                 "service": "stories", "job": "loom"}}]
                    """);

            Map<String, String> expected = Map.of(
                    "down", "active",
                    "of it", "suppressed",
                    "of another", "active",
                    "fast", "active",
                    "slow", "suppressed",
                    "slow elsewhere", "active",
                    "readers", "active");
            Eventually.holds(
                    "Alertmanager has sorted the alerts",
                    () -> alertmanager.states().equals(expected));
            webhook.await("warning-alerts", "SatisfactionDrop", "firing");
            webhook.await("warning-alerts", "HighLatency", "firing");
            assertThat(webhook.heard())
                    .filteredOn(message -> message.alert().equals("HighLatency"))
                    .hasSize(1);
        }
    }

    private ServiceProcess startService(int port) throws Exception {
        ServiceProcess service =
                ServiceProcess.start(directory, "--port=" + port, "--traffic", "--rate=50", "--latency-scale=0.05");
        service.awaitUri();
        return service;
    }
}
