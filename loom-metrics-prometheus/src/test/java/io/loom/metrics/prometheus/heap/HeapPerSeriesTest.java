package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapPerSeriesTest {
    @Test
    void series_besideThePeers_takesLess() throws Exception {
        Map<String, Long> bytes = MeasuringJvm.run(HeapPerSeries.class, List.of("-XX:+UseSerialGC"));
        bytes.forEach((what, size) -> System.out.println("heap per series: " + what + ' ' + size + " B"));

        for (String way : List.of("", " by name")) {
            double counter = bytes.get("counter" + way + " loom");
            double timer = bytes.get("timer" + way + " loom");
            assertThat(counter / bytes.get("counter" + way + " micrometer")).isBetween(0.1, 0.85);
            assertThat(timer / bytes.get("timer" + way + " micrometer")).isBetween(0.1, 0.6);
            assertThat(timer / bytes.get("timer client_java")).isBetween(0.1, 0.7);
        }
    }
}
