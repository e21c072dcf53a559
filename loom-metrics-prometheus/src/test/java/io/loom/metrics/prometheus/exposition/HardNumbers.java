package io.loom.metrics.prometheus.exposition;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Numbers that are hard to write shortly and exactly. The same each time. */
final class HardNumbers {
    private HardNumbers() {}

    static BigDecimal randomDecimal(Random random, int digits, int exponent) {
        long first = (long) Math.pow(10, digits - 1);
        long unscaled = first + (long) (random.nextDouble() * 9 * first);
        return BigDecimal.valueOf(unscaled, digits - 1).scaleByPowerOfTen(exponent);
    }

    static DoubleStream randomBits(long seed, int count) {
        return new Random(seed)
                .longs()
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .limit(count);
    }

    /** {@return doubles as metrics have them} */
    static DoubleStream randomMagnitudes(long seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToDouble(i -> Math.scalb(random.nextDouble() - 0.5, i % 100 - 40));
    }

    static LongStream randomLongs(long seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToLong(i -> random.nextLong() >> i % Long.SIZE);
    }

    static LongStream longs() {
        LongStream powers =
                IntStream.range(0, 19).mapToLong(i -> BigDecimal.TEN.pow(i).longValueExact());
        LongStream others = LongStream.of(0, Long.MAX_VALUE - 1, Long.MIN_VALUE + 2);
        return LongStream.concat(powers, others)
                .flatMap(value -> LongStream.of(value - 1, value, value + 1, -value - 1, -value, -value + 1));
    }

    static DoubleStream powersOfTwo() {
        return IntStream.rangeClosed(Double.MIN_EXPONENT - 52, Double.MAX_EXPONENT)
                .mapToDouble(i -> Math.scalb(1.0, i));
    }

    static DoubleStream boundaries() {
        DoubleStream powersOfTen = IntStream.rangeClosed(-323, 308).mapToDouble(i -> Double.parseDouble("1e" + i));
        DoubleStream others = DoubleStream.of(2E-323, 9.4E-323, 2E23, Math.nextDown(Double.MAX_VALUE));
        return DoubleStream.concat(powersOfTwo(), DoubleStream.concat(powersOfTen, others))
                .flatMap(value -> DoubleStream.of(Math.nextDown(value), value, Math.nextUp(value), -value));
    }
}
