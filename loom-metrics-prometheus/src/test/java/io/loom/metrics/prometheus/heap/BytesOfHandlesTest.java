package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The collectors differ in what HotSpot compiles into a method that writes a reference. */
class BytesOfHandlesTest {
    /** Else a method may be compiled when little is known of it: how fast the compiler is, is not ours to test. */
    private static final String COMPILED_AT_ONCE = "-Xbatch";

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
    void handles_thatStayInTheirMethod_takeNothing(String collector) throws Exception {
        assertNothingTaken(collector);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
    void handles_afterOthersWereEndedByOtherThreads_takeNothing(String collector) throws Exception {
        assertNothingTaken(collector, "afterRivals");
    }

    private static void assertNothingTaken(String collector, String... arguments) throws Exception {
        Map<String, Long> bytes =
                MeasuringJvm.run(BytesOfHandles.class, List.of(COMPILED_AT_ONCE, collector), arguments);
        bytes.forEach((handle, size) -> System.out.println("bytes of 100,000 handles: " + handle + ' ' + size + " B"));

        assertThat(bytes).hasSize(BytesOfHandles.KINDS);
        assertThat(bytes.values()).containsOnly(0L);
    }
}
