package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapPerSeriesTest {
    @Test
    void series_besideThePeers_takesLess() throws Exception {
        Map<String, Long> bytes = measure();
        bytes.forEach((what, size) -> System.out.println("heap per series: " + what + ' ' + size + " B"));

        for (String way : List.of("", " by name")) {
            double counter = bytes.get("counter" + way + " loom");
            double timer = bytes.get("timer" + way + " loom");
            assertThat(counter / bytes.get("counter" + way + " micrometer")).isBetween(0.1, 0.85);
            assertThat(timer / bytes.get("timer" + way + " micrometer")).isBetween(0.1, 0.6);
            assertThat(timer / bytes.get("timer client_java")).isBetween(0.1, 0.7);
        }
    }

    /** In a JVM of its own: other tests would be measured with it. */
    private static Map<String, Long> measure() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeapPerSeries.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            return parse(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, Long> parse(String output) {
        Map<String, Long> bytes = new TreeMap<>();
        output.lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            bytes.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        });
        return bytes;
    }
}
