package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since it looks at all threads, and other tests have services of their own. */
@Isolated
class NarrativeServiceStopTest {
    @Test
    void close_underTraffic_freesThePortAndLeavesNoThread() throws Exception {
        ServiceConfig config = TestConfig.of(Map.of(Setting.TRAFFIC, "true", Setting.RATE, "500"));
        NarrativeService service = NarrativeService.start(config);
        ServiceClient client = new ServiceClient(service.uri());
        Eventually.holds("there is traffic", () -> client.metrics().sum("loom_sessions_total") > 0);

        service.close();
        service.close();

        assertThatThrownBy(() -> client.get("/health")).isInstanceOf(ConnectException.class);
        Eventually.holds(
                "no thread of the service is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("narrative-")
                                || name.startsWith("traffic-")
                                || name.startsWith("loom-collector-")
                                || name.startsWith("loom-plugin")
                                || name.startsWith("HTTP-Dispatcher")));
    }
}
