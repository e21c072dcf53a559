package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleTextTest {
    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "-1, -1",
        "1234567, 1234567",
        "0.5, 0.5",
        "-1.5, -1.5",
        "0.1, 0.1",
        "3.141592653589793, 3.141592653589793",
        "0.30000000000000004, 0.30000000000000004",
        "1234567.891, 1234567.891",
        "0.0000001, 0.0000001",
        "1.2345678901234566E-7, 0.00000012345678901234566",
        "9.999999999999998E-8, 9.999999999999998e-8",
        "1.5E-8, 1.5e-8",
        "-1E-8, -1e-8",
        "9007199254740991, 9007199254740991",
        "9007199254740993, 9007199254740992",
        "9007199254740994, 9007199254740994",
        "1152921504606846976, 1152921504606847000",
        "1E20, 100000000000000000000",
        "123456789012345680000, 123456789012345680000",
        "999999999999999900000, 999999999999999900000",
        "1E21, 1e21",
        "-1.25E21, -1.25e21",
        "2E23, 2e23",
        "1E23, 1e23",
        "4.9E-324, 5e-324",
        "2E-323, 2e-323",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "-1.7976931348623157E308, -1.7976931348623157e308",
    })
    void double_known_hasKnownText(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @Test
    void nan_anyPayloadOrSign_readsNaN() {
        assertThat(text(Double.longBitsToDouble(0xfff8_0000_0000_0001L))).isEqualTo("NaN");
        assertThat(text(Double.longBitsToDouble(0x7ff0_0000_0000_0001L))).isEqualTo("NaN");
    }

    @Test
    void randomBits_million_parseBack() {
        assertThat(HardNumbers.randomBits(1, 1_000_000).filter(value -> !parsesBack(value)))
                .isEmpty();
    }

    @Test
    void boundaries_withNeighbours_parseBack() {
        assertThat(HardNumbers.boundaries().filter(value -> !parsesBack(value))).isEmpty();
    }

    @Test
    void text_ofRandomBits_isShortestAndClosest() {
        assertThat(HardNumbers.randomBits(2, 3_000).filter(value -> !text(value).equals(DecimalReference.text(value))))
                .isEmpty();
    }

    @Test
    void text_ofAnyMagnitude_isShortestAndClosest() {
        assertThat(HardNumbers.randomMagnitudes(3, 5_000)
                        .filter(value -> !text(value).equals(DecimalReference.text(value))))
                .isEmpty();
    }

    @Test
    void text_ofBillionthsAndTheirNeighbours_isShortestAndClosest() {
        DoubleStream billionths = LongStream.concat(
                        LongStream.range(0, 300),
                        HardNumbers.randomLongs(8, 5_000).map(bits -> bits >>> 12))
                .mapToDouble(billionth -> billionth / 1e9);
        assertThat(billionths
                        .flatMap(value -> DoubleStream.of(Math.nextDown(value), value, Math.nextUp(value)))
                        .filter(value -> !text(value).equals(DecimalReference.text(value))))
                .isEmpty();
    }

    @Test
    void text_ofPowersOfTwo_isShortestAndClosest() {
        // Here the neighbour below is half as far away as the one above.
        assertThat(HardNumbers.powersOfTwo().filter(value -> !text(value).equals(DecimalReference.text(value))))
                .isEmpty();
    }

    @Test
    void text_ofTheSmallestSubnormals_isShortestAndClosest() {
        DoubleStream smallest = IntStream.rangeClosed(1, 200).mapToDouble(i -> i * Double.MIN_VALUE);
        assertThat(smallest.filter(value -> !text(value).equals(DecimalReference.text(value))))
                .isEmpty();
    }

    @Test
    void text_fromJdk19On_hasTheDigitsOfDoubleToString() {
        assumeTrue(Runtime.version().feature() >= 19, "earlier ones print too many digits (JDK-4511638)");
        DoubleStream values = DoubleStream.concat(HardNumbers.boundaries(), HardNumbers.randomBits(4, 100_000));
        // Up to here Double.toString prefers two digits where one would do: 4.9E-324 to 5E-324.
        double excluded = 20 * Double.MIN_VALUE;
        DoubleStream comparable = values.filter(value -> Math.abs(value) > excluded);
        assertThat(comparable.filter(value -> !isSameNumber(text(value), Double.toString(value))))
                .isEmpty();
    }

    @Test
    void shortDecimals_inAnyPosition_areWrittenAsTheyAre() {
        Random random = new Random(5);
        for (int exponent = -12; exponent <= 25; exponent++) {
            for (int digits = 1; digits <= 15; digits++) {
                BigDecimal decimal = HardNumbers.randomDecimal(random, digits, exponent);
                assertThat(text(decimal.doubleValue())).isEqualTo(DecimalReference.laidOut(decimal));
            }
        }
    }

    @Test
    void wholeDoubles_withinExactRange_readLikeLongs() {
        LongStream values = LongStream.concat(HardNumbers.longs(), HardNumbers.randomLongs(6, 50_000))
                .map(value -> value >> 10);
        assertThat(values.filter(value -> !text((double) value).equals(Long.toString(value))))
                .isEmpty();
    }

    @Test
    void longs_ofAnyLength_readLikeLongToString() {
        LongStream values = LongStream.concat(HardNumbers.longs(), HardNumbers.randomLongs(7, 100_000));
        assertThat(values.filter(value -> !text(value).equals(Long.toString(value))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.000000001",
        "10, 0.00000001",
        "999999999, 0.999999999",
        "1000000000, 1",
        "1500000000, 1.5",
        "60000000001, 60.000000001",
        "9223372036854775807, 9223372036.854775807",
    })
    void nanos_known_areExactSeconds(long nanos, String expected) {
        assertThat(secondsText(nanos)).isEqualTo(expected);
    }

    @Test
    void nanos_ofAnyLength_areExactSeconds() {
        LongStream values = LongStream.concat(HardNumbers.longs(), HardNumbers.randomLongs(8, 30_000))
                .map(value -> value & Long.MAX_VALUE);
        assertThat(values.filter(
                        nanos -> !secondsText(nanos).equals(DecimalReference.plain(BigDecimal.valueOf(nanos, 9)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -1.2345678901234568E-300,
                -1.2345678901234566E-7,
                -1.2345678901234567E-8,
                -123.45678901234567,
                -1.2345678901234567E20,
                -Double.MIN_VALUE,
                -9007199254740991.0,
                Double.NEGATIVE_INFINITY
            })
    void double_inTheMiddle_leavesBytesOutsideMaxLengthAlone(double value) {
        byte[] to = new byte[DoubleText.MAX_LENGTH + 2];
        Arrays.fill(to, (byte) '#');

        int end = DoubleText.write(value, to, 1);

        assertThat(string(to, 1, end)).isEqualTo(text(value));
        assertThat(to[0]).isEqualTo((byte) '#');
        assertThat(to[to.length - 1]).isEqualTo((byte) '#');
    }

    @Test
    void longAndNanos_extreme_fitMaxLength() {
        byte[] to = new byte[DoubleText.MAX_LENGTH];

        assertThat(DoubleText.write(Long.MIN_VALUE, to, 0)).isEqualTo(20);
        assertThat(DoubleText.writeNanosAsSeconds(Long.MAX_VALUE, to, 0)).isEqualTo(20);
    }

    @Test
    void writing_onceWarm_allocatesNothing() {
        byte[] to = new byte[DoubleText.MAX_LENGTH];
        double[] values = DoubleStream.concat(
                        HardNumbers.randomBits(9, 1_000), DoubleStream.of(Double.NaN, 0, 0.25, 1e9))
                .toArray();
        IntToLongFunction write = i -> DoubleText.write(values[i % values.length], to, 0)
                + DoubleText.write((long) i << 20, to, 0)
                + DoubleText.writeNanosAsSeconds((long) i << 20, to, 0);
        allocatedBytes(write);

        // What is left is the measurement's own; one small object per call would be over a million bytes.
        assertThat(allocatedBytes(write)).isLessThan(512);
    }

    private static long allocatedBytes(IntToLongFunction call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += call.applyAsLong(i);
        }
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(sum).isPositive();
        return after - before;
    }

    private static String text(double value) {
        byte[] to = new byte[DoubleText.MAX_LENGTH];
        return string(to, 0, DoubleText.write(value, to, 0));
    }

    private static String text(long value) {
        byte[] to = new byte[DoubleText.MAX_LENGTH];
        return string(to, 0, DoubleText.write(value, to, 0));
    }

    private static String secondsText(long nanos) {
        byte[] to = new byte[DoubleText.MAX_LENGTH];
        return string(to, 0, DoubleText.writeNanosAsSeconds(nanos, to, 0));
    }

    private static String string(byte[] ascii, int from, int end) {
        return new String(ascii, from, end - from, StandardCharsets.US_ASCII);
    }

    private static boolean parsesBack(double value) {
        return Double.doubleToLongBits(Double.parseDouble(text(value))) == Double.doubleToLongBits(value);
    }

    private static boolean isSameNumber(String one, String other) {
        return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }
}
