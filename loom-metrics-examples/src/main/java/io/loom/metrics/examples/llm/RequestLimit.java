package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.RateLimits.Resource;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** So many requests a minute, as providers allow them: each minute of the clock begins anew. Thread-safe, without a lock. */
final class RequestLimit {
    private final long limit;
    private final Clock clock;
    private final AtomicReference<Used> used = new AtomicReference<>(new Used(0, 0));

    RequestLimit(long limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Counts a request, allowed or not; {@return whether it is allowed} */
    boolean take() {
        long minute = minute();
        return used.updateAndGet(seen -> seen.in(minute).andOne()).requests() <= limit;
    }

    /** {@return what an answer of now says of it} */
    RateLimits told() {
        long minute = minute();
        long remaining =
                Math.max(0, limit - used.updateAndGet(seen -> seen.in(minute)).requests());
        return new RateLimits(Map.of(Resource.REQUESTS, limit), Map.of(Resource.REQUESTS, remaining), Optional.empty());
    }

    private long minute() {
        return Duration.ofMillis(clock.wallTime()).toMinutes();
    }

    /** The requests of one minute. */
    private record Used(long minute, long requests) {
        Used in(long now) {
            return now == minute ? this : new Used(now, 0);
        }

        Used andOne() {
            return new Used(minute, requests + 1);
        }
    }
}
