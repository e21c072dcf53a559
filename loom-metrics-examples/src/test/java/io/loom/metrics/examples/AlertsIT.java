package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
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
            Eventually.holds(
                    "the idle service has been watched for longer than an alert waits",
                    () -> !stack.prometheus
                            .values("count_over_time(up{job=\"loom\"}[1m]) > 8")
                            .isEmpty());
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
        }
    }

    /** The simulated models think for seconds, as if they hung. What does not need them is as fast as ever. */
    @Test
    void modelsThatStall_areReportedAsSlow() throws Exception {
        try (ServiceProcess service =
                        ServiceProcess.start(directory, "--port=0", "--traffic", "--rate=100", "--latency-scale=25");
                AlertStack stack = AlertStack.start(directory, service.awaitUri())) {
            stack.webhook.await("warning-alerts", "HighLatency", "firing");
            stack.webhook.await("critical-alerts", "FirstTokenBudgetBurnFast", "firing");
            assertThat(stack.webhook.heard())
                    .extracting(Webhook.Message::alert)
                    .doesNotContain("HighErrorRate", "LlmProviderOutage");
        }
    }

    private ServiceProcess startService(int port) throws Exception {
        ServiceProcess service =
                ServiceProcess.start(directory, "--port=" + port, "--traffic", "--rate=50", "--latency-scale=0.05");
        service.awaitUri();
        return service;
    }
}
