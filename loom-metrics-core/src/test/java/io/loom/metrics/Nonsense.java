package io.loom.metrics;

import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.testing.OddText;
import io.loom.metrics.testing.Sneaky;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Arguments that no caller should pass, and some do. */
final class Nonsense {
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            2.5,
            -1.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_VALUE,
            0x1p53,
            1e300);
    private static final List<Long> LONGS =
            List.of(0L, 1L, 840L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1, 1_000_000_000L);
    private static final List<Integer> INTS =
            List.of(0, 1, 5, 6, -1, 99, 100, 200, 404, 599, 600, Integer.MAX_VALUE, Integer.MIN_VALUE);
    private static final List<Duration> DURATIONS = List.of(
            Duration.ZERO,
            Duration.ofMillis(840),
            Duration.ofNanos(-1),
            Duration.ofDays(365),
            Duration.ofDays(366),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE));

    private static final LlmMeter OTHER_MODEL = LoomMetrics.noop().llm("another", "model");

    private Nonsense() {}

    static Object[] arguments(Method method, Random random) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> argument(type, random))
                .toArray();
    }

    /** Null, or any text: of few pieces, so that it is sometimes the same, or of many, so that it is too long. */
    static String text(Random random) {
        return random.nextInt(8) == 0 ? null : OddText.next(random, random.nextBoolean() ? 2 : 100);
    }

    private static Object argument(Class<?> type, Random random) {
        if (type == String.class || type == Object.class) {
            return text(random);
        } else if (type == String[].class) {
            return random.ints(random.nextInt(7)).mapToObj(i -> text(random)).toArray(String[]::new);
        } else if (type == int.class) {
            return any(INTS, random);
        } else if (type == long.class) {
            return any(LONGS, random);
        } else if (type == double.class) {
            return any(DOUBLES, random);
        } else if (type == Duration.class) {
            return orNull(any(DURATIONS, random), random);
        } else if (type == Usage.class) {
            return orNull(usage(random), random);
        } else if (type == RateLimits.class) {
            return orNull(rateLimits(random), random);
        } else if (type == LlmMeter.class) {
            return orNull(OTHER_MODEL, random);
        } else if (type.isEnum()) {
            return orNull(any(List.of(type.getEnumConstants()), random), random);
        } else if (type == Throwable.class) {
            return orNull(failure(random), random);
        }
        return work(type, random);
    }

    /** Work of the caller's is not nonsense: it must be there, and what it throws is its own affair. */
    private static Object work(Class<?> type, Random random) {
        if (type == Runnable.class) {
            return (Runnable) () -> {};
        } else if (type == LongSupplier.class) {
            return (LongSupplier) () -> any(LONGS, random);
        } else if (type == ThrowingSupplier.class) {
            return (ThrowingSupplier<String, RuntimeException>) () -> text(random);
        } else if (type == Supplier.class) {
            return (Supplier<Object>) () -> stage(random);
        } else if (type == Function.class) {
            return (Function<Object, Object>) reply -> usageOrThrow(random);
        }
        throw new AssertionError("no nonsense known for a parameter of " + type + ": add it here");
    }

    private static Usage usage(Random random) {
        Usage sides = Usage.of(any(LONGS, random), any(LONGS, random));
        return random.nextBoolean()
                ? sides
                : sides.withCached(any(LONGS, random))
                        .withCacheWrite(any(LONGS, random))
                        .withReasoning(any(LONGS, random));
    }

    private static RateLimits rateLimits(Random random) {
        return random.nextBoolean()
                ? RateLimits.of(header -> text(random))
                : new RateLimits(limits(random), limits(random), Optional.empty());
    }

    private static Map<RateLimits.Resource, Long> limits(Random random) {
        return random.ints(random.nextInt(4))
                .boxed()
                .collect(Collectors.toMap(
                        i -> any(List.of(RateLimits.Resource.values()), random),
                        i -> any(LONGS, random),
                        (one, other) -> other));
    }

    private static Object stage(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> CompletableFuture.failedFuture(failure(random));
            default -> CompletableFuture.completedFuture(text(random));
        };
    }

    private static Object usageOrThrow(Random random) {
        if (random.nextBoolean()) {
            return Sneaky.raise(any(Sneaky.kinds(), random));
        }
        return argument(Usage.class, random);
    }

    static Throwable failure(Random random) {
        Exception circular = new Exception();
        circular.initCause(new Exception(circular));
        Throwable hostile = Sneaky.hostile(any(Sneaky.kinds(), random));
        return any(
                List.of(new IOException(), new InterruptedException(), new StackOverflowError(), circular, hostile),
                random);
    }

    private static Object orNull(Object value, Random random) {
        return random.nextInt(6) == 0 ? null : value;
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
