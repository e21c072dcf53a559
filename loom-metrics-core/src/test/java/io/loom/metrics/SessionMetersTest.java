package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionMetersTest {
    private final TestLoom test = TestLoom.create();
    private final SessionMeters sessions = test.loom().sessions();

    @Test
    void series_beforeTheFirstSession_areAtZero() {
        assertThat(test.gauge("loom.sessions.active")).isZero();
        assertThat(test.count("loom.sessions")).isZero();
    }

    @Test
    void open_session_countsItAndIsActive() {
        assertThat(test.deltas(sessions::open)).isEqualTo(Map.of("loom.sessions", 1.0, "loom.sessions.active", 1.0));
    }

    @Test
    void close_session_isNoLongerActive() {
        Session first = sessions.open();
        sessions.open();

        assertThat(test.deltas(first::close)).isEqualTo(Map.of("loom.sessions.active", -1.0));
    }

    @Test
    void close_twice_endsOneSessionOnce() {
        Session first = sessions.open();
        sessions.open();
        first.close();

        assertThat(test.deltas(first::close)).isEmpty();
    }

    @Test
    void close_eightRivals_endEachSessionOnce() throws Exception {
        List<Session> contested = Stream.generate(sessions::open).limit(200_000).toList();
        sessions.open();

        Rivals.race(thread -> {
            contested.forEach(Session::close);
            return null;
        });

        assertThat(test.gauge("loom.sessions.active")).isEqualTo(1);
        assertThat(test.count("loom.sessions")).isEqualTo(contested.size() + 1);
    }
}
