package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BytesOfHandlesTest {
    /** What was compiled before may be too long to be inlined, so all is allowed here: the order of compiling is not ours to test. */
    private static final String[] WHATEVER_WAS_COMPILED_FIRST = {"-Xbatch", "-XX:InlineSmallCode=20000"};

    @Test
    void handles_thatStayInTheirMethod_takeNothing() throws Exception {
        Map<String, Long> bytes = MeasuringJvm.run(BytesOfHandles.class, WHATEVER_WAS_COMPILED_FIRST);
        bytes.forEach((handle, size) -> System.out.println("bytes of 100,000 handles: " + handle + ' ' + size + " B"));

        assertThat(bytes).hasSize(6);
        assertThat(bytes.values()).containsOnly(0L);
    }
}
