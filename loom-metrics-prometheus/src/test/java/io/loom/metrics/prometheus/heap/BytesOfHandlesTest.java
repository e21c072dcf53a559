package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BytesOfHandlesTest {
    /** What was compiled before may be too long to be inlined, so all is allowed here: the order of compiling is not ours to test. */
    private static final List<String> WHATEVER_WAS_COMPILED_FIRST = List.of("-Xbatch", "-XX:InlineSmallCode=20000");

    @Test
    void handles_thatStayInTheirMethod_takeNothing() throws Exception {
        assertNothingTaken();
    }

    @Test
    void handles_afterOthersWereEndedByOtherThreads_takeNothing() throws Exception {
        assertNothingTaken("afterRivals");
    }

    private static void assertNothingTaken(String... arguments) throws Exception {
        Map<String, Long> bytes = MeasuringJvm.run(BytesOfHandles.class, WHATEVER_WAS_COMPILED_FIRST, arguments);
        bytes.forEach((handle, size) -> System.out.println("bytes of 100,000 handles: " + handle + ' ' + size + " B"));

        assertThat(bytes).hasSize(7);
        assertThat(bytes.values()).containsOnly(0L);
    }
}
