package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The configuration by which a service sends its lines to Loki itself, read by Logback and by the appender. */
class LokiAppenderTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void line_ofARequest_isPushedWithLabelsAndMetadata() throws Exception {
        Queue<JsonNode> pushed = new ConcurrentLinkedQueue<>();
        HttpServer loki = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        loki.createContext("/loki/api/v1/push", exchange -> {
            pushed.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        loki.start();
        LoggerContext context =
                configured("http://127.0.0.1:" + loki.getAddress().getPort());
        try {
            context.getMDCAdapter().put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
            context.getLogger("test").atWarn().addKeyValue("status", 502).log("no story");
        } finally {
            context.stop(); // sends what is left
            loki.stop(0);
        }

        assertThat(context.getStatusManager().getCopyOfStatusList())
                .extracting(Status::getLevel)
                .isNotEmpty()
                .allMatch(level -> level < Status.ERROR);
        assertThat(pushed).hasSize(1);
        JsonNode stream = pushed.element().at("/streams/0");
        assertThat(stream.path("stream"))
                .isEqualTo(JSON.readTree("{\"app\": \"loom\", \"namespace\": \"loom\", \"level\": \"WARN\"}"));
        assertThat(stream.at("/values/0/1").asText()).contains("no story");
        assertThat(stream.at("/values/0/2"))
                .isEqualTo(JSON.readTree("{\"trace_id\": \"4bf92f3577b34da6a3ce929d0e0e4736\", \"status\": \"502\"}"));
    }

    private static LoggerContext configured(String url) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("LOKI_URL", url);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                YamlFile.examples().resolve("deploy/loki/logback-loki.xml").toFile());
        context.start();
        return context;
    }
}
