package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Rivals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

        assertThat(test.deltas(first::close))
                .isEqualTo(Map.of(
                        "loom.sessions.active", -1.0,
                        "loom.session.duration count", 1.0,
                        "loom.session.turns count", 1.0,
                        "loom.session.words count", 1.0));
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

    @Test
    void close_session_recordsItsTimeTurnsAndWords() {
        Session session = sessions.open();
        session.turn();
        session.turn();
        session.words(120);
        session.words(80);
        test.clock().add(Duration.ofMinutes(5));

        assertThat(test.deltas(session::close))
                .containsEntry("loom.session.duration seconds", 300.0)
                .containsEntry("loom.session.turns total", 2.0)
                .containsEntry("loom.session.words total", 200.0);
    }

    @Test
    void words_lessThanNone_areRejectedAndTheRestCounts() {
        Session session = sessions.open();
        session.words(-1);
        session.words(7);
        session.words(Long.MAX_VALUE);
        session.close();

        assertThat(test.rejected("loom.session.words", Reason.NEGATIVE)).isOne();
        assertThat(test.registry().get("loom.session.words").summary().totalAmount())
                .isEqualTo((double) Long.MAX_VALUE);
    }

    @Test
    void active_sessionThatNobodyUses_expiresAndLastedUntilItsLastUse() {
        Session idle = sessions.open();
        test.clock().add(Duration.ofMinutes(10));
        idle.turn();
        Session used = sessions.open();
        test.clock().add(Duration.ofMinutes(29));
        assertThat(test.gauge("loom.sessions.active")).isEqualTo(2);
        used.touch();
        test.clock().add(Duration.ofMinutes(1));

        assertThat(test.gauge("loom.sessions.active")).isOne();
        assertThat(test.count("loom.sessions.expired")).isOne();
        assertThat(test.timer("loom.session.duration").totalTime(TimeUnit.MINUTES))
                .isEqualTo(10);
        assertThat(test.deltas(idle::close)).isEmpty();
    }

    @Test
    void open_sessionAfterALongTime_expiresTheOthers() {
        sessions.open();
        test.clock().add(Duration.ofMinutes(31));
        sessions.open();

        assertThat(test.count("loom.sessions.expired")).isOne();
    }

    @Test
    void expiry_afterTheCallersOwnTimeout_isCounted() {
        TestLoom own = TestLoom.create(builder -> builder.sessionIdleTimeout(Duration.ofSeconds(20)));
        own.loom().sessions().open();
        own.clock().add(Duration.ofSeconds(19));
        assertThat(own.gauge("loom.sessions.active")).isOne();
        own.clock().add(Duration.ofSeconds(2));

        assertThat(own.gauge("loom.sessions.active")).isZero();
    }

    @Test
    void sessionIdleTimeout_thatIsNone_isRefused() {
        assertThatThrownBy(() -> LoomMetrics.builder(test.registry()).sessionIdleTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session idle timeout must be positive: was PT0S");
    }
}
