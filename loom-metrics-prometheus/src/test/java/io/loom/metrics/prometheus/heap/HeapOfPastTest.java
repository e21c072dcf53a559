package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code docs/api.md} says of the memory of the JSON API. */
class HeapOfPastTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void past_ofServicesThatAreBusy_takesNoMoreThanTheDocumentSays() throws Exception {
        Map<String, Long> bytes = MeasuringJvm.run(HeapOfPast.class, List.of("-XX:+UseSerialGC"));
        bytes.forEach((what, size) -> System.out.println("heap of the past: " + what + ' ' + size + " B"));

        assertThat(bytes.get("usual")).isBetween(MIB / 2, 2 * MIB);
        assertThat(bytes.get("large")).isBetween(6 * MIB, 24 * MIB);
    }
}
