package io.loom.metrics.examples.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.RateLimits.Resource;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestLimitTest {
    private final MockClock clock = new MockClock();
    private final RequestLimit limit = new RequestLimit(2, clock);

    @Test
    void take_beyondTheLimit_isNotAllowed() {
        assertThat(limit.take()).isTrue();
        assertThat(limit.take()).isTrue();
        assertThat(limit.take()).isFalse();
        assertThat(limit.take()).isFalse();
    }

    @Test
    void take_inTheNextMinute_isAllowedAgain() {
        limit.take();
        limit.take();
        limit.take();
        clock.add(Duration.ofMinutes(1));

        assertThat(limit.take()).isTrue();
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void told_beforeAnyRequest_isTheWholeLimit() {
        assertThat(limit.told().limits()).isEqualTo(Map.of(Resource.REQUESTS, 2L));
        assertThat(left()).isEqualTo(2);
        assertThat(limit.told().retryAfter()).isEmpty();
    }

    @Test
    void told_asRequestsCome_fallsAndIsNeverBelowNothing() {
        limit.take();
        assertThat(left()).isEqualTo(1);
        limit.take();
        assertThat(left()).isZero();
        limit.take();
        assertThat(left()).isZero();
    }

    @Test
    void told_inTheNextMinute_isTheWholeLimitAgain() {
        limit.take();
        clock.add(Duration.ofMinutes(1));

        assertThat(left()).isEqualTo(2);
    }

    private long left() {
        return limit.told().remaining().get(Resource.REQUESTS);
    }
}
