package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;

/** Boot and loom both know when the process started. */
class ProcessMetricsTest {
    /** Micrometer warns of a meter that is registered twice once in the life of the JVM, and logs it for debugging from then on. */
    private static final List<String> TELLS_EACH_TIME =
            List.of("--logging.level.io.micrometer.core.instrument.MeterRegistry=debug");

    private static final String TWICE = "has been already registered (MeterId{name='process.start.time'";

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final RunningTales tales = new RunningTales();

    ProcessMetricsTest() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        tales.close();
        System.setOut(console);
        console.print(printed());
    }

    @Test
    void startTime_asPrinted_isRegisteredOnce() throws Exception {
        tales.start(TELLS_EACH_TIME);

        assertThat(printed()).contains("Started ").doesNotContain(TWICE);
        assertThat(tales.get("/actuator/prometheus").body())
                .containsOnlyOnce("\nprocess_start_time_seconds{")
                .containsOnlyOnce("\nprocess_cpu_seconds_total{")
                .containsOnlyOnce("\nprocess_open_fds{")
                .containsOnlyOnce("\nprocess_resident_memory_bytes{");
    }

    @Test
    void startTime_withoutBoots_isLooms() throws Exception {
        tales.start(List.of("--spring.autoconfigure.exclude=org.springframework.boot.micrometer.metrics.autoconfigure.system"
                + ".SystemMetricsAutoConfiguration"));

        assertThat(tales.get("/actuator/prometheus").body())
                .containsOnlyOnce("\nprocess_start_time_seconds{")
                .doesNotContain("\nprocess_uptime_seconds{");
    }

    /** What the page says of an application that builds its own. */
    @Test
    void startTime_ofAnOwnLoom_isRegisteredTwiceUnlessItIsBoundLater() {
        tales.start(TELLS_EACH_TIME, OwnLoom.class);
        assertThat(printed()).contains(TWICE);
        tales.close();
        printed.reset();

        tales.start(TELLS_EACH_TIME, OwnLoomBoundLater.class);
        assertThat(printed()).contains("Started ").doesNotContain(TWICE);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    static class OwnLoom {
        @Bean
        LoomMetrics loom(MeterRegistry registry) {
            return LoomMetrics.builder(registry).budgetUsd(250).build();
        }
    }

    static class OwnLoomBoundLater {
        @Bean
        LoomMetrics loom(MeterRegistry registry) {
            return LoomMetrics.builder(registry).budgetUsd(250).processMetrics(false).build();
        }

        @Bean
        ApplicationRunner processMetrics(LoomMetrics loom) {
            return arguments -> loom.bindProcessMetrics();
        }
    }
}
