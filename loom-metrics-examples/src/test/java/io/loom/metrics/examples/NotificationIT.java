package io.loom.metrics.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.examples.deploy.Kit;
import io.loom.metrics.examples.deploy.ShippedConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager with the kit's receivers and templates, and somebody in the place of Slack. */
class NotificationIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    @Test
    void messageToSlack_runbook_isAnAddressThatCanBeOpened() throws Exception {
        Path program = StackProgram.require("prometheus-alertmanager");
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        HttpServer slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/", exchange -> hear(exchange, heard));
        slack.start();
        try (AlertmanagerServer alertmanager = AlertmanagerServer.start(
                program,
                directory,
                config("http://127.0.0.1:" + slack.getAddress().getPort()))) {
            alertmanager.awaitReady();
            alertmanager.tell("""
                    [{"labels": {"alertname": "HighLatency", "severity": "warning", "service": "http", "cluster": "loom"},
                      "annotations": {"summary": "Slow", "description": "3 s.", "runbook_url": "docs/runbooks.md#highlatency"}}]
                    """);
            Eventually.holds("Slack is told", () -> !heard.isEmpty());

            JsonNode message = JSON.readTree(heard.element());
            assertThat(message.path("channel").asText()).isEqualTo("#alerts-warning");
            String text = message.at("/attachments/0/text").asText();
            MatchResult link = Pattern.compile("What to do: (\\S+)")
                    .matcher(text)
                    .results()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(text));
            URI runbook = URI.create(link.group(1));
            assertThat(runbook.getScheme()).isEqualTo("https");
            assertThat(runbook.getHost()).isNotBlank();
            assertThat(runbook.getPath()).endsWith("/docs/runbooks.md");
            assertThat(runbook.getFragment()).isEqualTo("highlatency");
        } finally {
            slack.stop(0);
        }
    }

    /** What is shipped, but for where things are and how long groups wait. Nobody listens where mail would go. */
    private String config(String slack) throws IOException {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("slack_url"), slack);
        return ShippedConfig.read("alertmanager.yml")
                .replacing("/etc/alertmanager/secrets", secrets.toString())
                .replacing(
                        "/etc/alertmanager/templates",
                        Kit.DEPLOY.resolve("alertmanager-templates").toString())
                .replacing("smtp.gmail.com:587", "127.0.0.1:" + FreePort.next())
                .text()
                .replaceAll("group_wait: \\w+", "group_wait: 200ms");
    }

    private static void hear(HttpExchange exchange, Queue<String> heard) throws IOException {
        heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        byte[] answer = "ok".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
