package io.loom.metrics.prometheus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loom.metrics.prometheus.exposition.ProtobufPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both sides do the same work: after the same durations they show the same buckets. */
class NativeTimerHeldTest {
    private static final String NAME = "held_duration_seconds";
    private static final int DURATIONS = 20_000;

    @Test
    void buckets_ofTheSameDurations_areTheSame() throws IOException {
        NativeTimerHeld.LoomTimer loom = new NativeTimerHeld.LoomTimer();
        NativeTimerHeld.ClientJavaTimer clientJava = new NativeTimerHeld.ClientJavaTimer();
        Random random = new Random(7);
        for (int i = 0; i < DURATIONS; i++) {
            long nanos = Draw.nanos(random.nextLong());
            loom.time(nanos);
            clientJava.time(nanos);
        }
        ByteArrayOutputStream ours = new ByteArrayOutputStream();
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        loom.write(ours);
        clientJava.write(theirs);
        ProtobufPage page = ProtobufPage.parse(ours.toByteArray());
        ProtobufPage other = ProtobufPage.parse(theirs.toByteArray());

        assertThat(page.exponential(NAME)).isEqualTo(other.exponential(NAME));
        assertThat(page.exponential(NAME).count()).isEqualTo(DURATIONS);
        assertThat(page.exponential(NAME).schema()).isEqualTo(3);
        assertThat(page.value(NAME + "_sum")).isCloseTo(other.value(NAME + "_sum"), within(1e-6));
    }
}
