package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.ErrorType;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a simulated model behaves.
 *
 * @param provider who serves it
 * @param model its name
 * @param median half of its answers take no longer
 * @param spread the standard deviation of the logarithm of an answer's duration; 0 and more
 * @param failureShare 0 to 1: how many of the attempts fail
 */
record SimulatedModel(String provider, String model, Duration median, double spread, double failureShare) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double CUT_OFF_SHARE = 0.01;

    SimulatedModel {
        if (!(spread >= 0)) {
            throw new IllegalArgumentException("spread must be 0 or more: was " + spread);
        }
        if (!(failureShare >= 0 && failureShare <= 1)) {
            throw new IllegalArgumentException("failure share must be 0 to 1: was " + failureShare);
        }
    }

    /** {@return how long an answer takes: log-normally distributed, as waiting for models is} */
    Duration latency(RandomGenerator random) {
        double seconds = median.toNanos() / NANOS_PER_SECOND * Math.exp(spread * random.nextGaussian());
        return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
    }

    /** {@return whether an answer is cut off, as by a limit of tokens} */
    boolean cutsOff(RandomGenerator random) {
        return random.nextDouble() < CUT_OFF_SHARE;
    }

    boolean fails(RandomGenerator random) {
        return random.nextDouble() < failureShare;
    }

    /** One way to fail. */
    enum Failure {
        RATE_LIMIT(ErrorType.RATE_LIMIT, 0.4, Duration.ofMillis(40)),
        OVERLOADED(ErrorType.OVERLOADED, 0.25, Duration.ofMillis(60)),
        SERVER_ERROR(ErrorType.SERVER_ERROR, 0.2, Duration.ofMillis(300)),
        TIMEOUT(ErrorType.TIMEOUT, 0.15, Duration.ofMillis(1500));

        private final ErrorType type;
        private final double share;
        private final Duration latency;

        Failure(ErrorType type, double share, Duration latency) {
            this.type = type;
            this.share = share;
            this.latency = latency;
        }

        static Failure draw(RandomGenerator random) {
            double left = random.nextDouble();
            for (Failure failure : values()) {
                left -= failure.share;
                if (left < 0) {
                    return failure;
                }
            }
            return TIMEOUT; // the shares add up to 1, but for rounding
        }

        ErrorType type() {
            return type;
        }

        Duration latency() {
            return latency;
        }
    }
}
