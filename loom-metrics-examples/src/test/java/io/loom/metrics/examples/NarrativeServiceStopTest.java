package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since it looks at all threads, and other tests have services of their own. */
@Isolated
class NarrativeServiceStopTest {
    private static final Pattern NAMES = Pattern.compile("narrative-|traffic-|loom-|HTTP-Dispatcher");

    @Test
    void close_underTraffic_freesThePortAndLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ServiceConfig config = TestConfig.of(Map.of(Setting.TRAFFIC, "true", Setting.RATE, "500"));
        NarrativeService service = NarrativeService.start(config);
        ServiceClient client = new ServiceClient(service.uri());
        Eventually.holds("there is traffic", () -> client.metrics().sum("loom_sessions_total") > 0);
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(ofTheService(before))
                .contains("HTTP-Dispatcher", "loom-figures")
                .anyMatch(name -> name.startsWith("loom-health"));

        service.close();
        service.close();

        assertThatThrownBy(() -> client.get("/health")).isInstanceOf(ConnectException.class);
        Eventually.passes(() -> assertThat(ofTheService(before)).isEmpty());
    }

    private static List<String> ofTheService(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> NAMES.matcher(name).lookingAt())
                .toList();
    }
}
