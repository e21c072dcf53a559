package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningTest {
    private final Running running = new Running();
    private final List<String> ends = new ArrayList<>();

    @Test
    void close_endsInTheOppositeOrder() {
        running.add(() -> ends.add("first"));
        running.add(() -> ends.add("second"));

        running.close();

        assertThat(ends).containsExactly("second", "first");
    }

    @Test
    void close_whereEndsFail_endsTheOthersAndTellsAll() {
        running.add(() -> ends.add("first"));
        running.add(() -> {
            throw new IOException("earlier");
        });
        running.add(() -> {
            throw new IOException("later");
        });

        assertThatThrownBy(running::close)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("later", "earlier"));
        assertThat(ends).containsExactly("first");
    }
}
