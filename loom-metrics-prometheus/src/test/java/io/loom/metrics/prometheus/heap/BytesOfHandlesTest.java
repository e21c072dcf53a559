package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BytesOfHandlesTest {
    /** Else a method may be compiled when little is known of it: how fast the compiler is, is not ours to test. */
    private static final List<String> COMPILED_AT_ONCE = List.of("-Xbatch");

    @Test
    void handles_thatStayInTheirMethod_takeNothing() throws Exception {
        assertNothingTaken();
    }

    @Test
    void handles_afterOthersWereEndedByOtherThreads_takeNothing() throws Exception {
        assertNothingTaken("afterRivals");
    }

    private static void assertNothingTaken(String... arguments) throws Exception {
        Map<String, Long> bytes = MeasuringJvm.run(BytesOfHandles.class, COMPILED_AT_ONCE, arguments);
        bytes.forEach((handle, size) -> System.out.println("bytes of 100,000 handles: " + handle + ' ' + size + " B"));

        assertThat(bytes).hasSize(7);
        assertThat(bytes.values()).containsOnly(0L);
    }
}
