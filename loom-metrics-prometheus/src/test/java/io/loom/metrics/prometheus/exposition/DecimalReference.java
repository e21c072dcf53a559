package io.loom.metrics.prometheus.exposition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/** The text that {@link DoubleText} must write, found the slow and obvious way: exactly, and by trying. */
final class DecimalReference {
    private static final int MIN_PLAIN_EXPONENT = -7;
    private static final int MAX_PLAIN_EXPONENT = 20;

    private DecimalReference() {}

    static String text(double value) {
        String magnitude = laidOut(shortest(Math.abs(value)));
        return value < 0 ? "-" + magnitude : magnitude;
    }

    /** {@return the shortest decimal that parses back: digits go as long as any decimal with fewer still does} */
    private static BigDecimal shortest(double magnitude) {
        BigDecimal exact = new BigDecimal(magnitude);
        BigDecimal shortest = exact;
        for (int digits = 17; digits > 0; digits--) {
            Optional<BigDecimal> shorter = closest(exact, digits, magnitude);
            if (shorter.isEmpty()) {
                break;
            }
            shortest = shorter.get();
        }
        return shortest;
    }

    private static Optional<BigDecimal> closest(BigDecimal exact, int digits, double magnitude) {
        return Stream.of(RoundingMode.HALF_EVEN, RoundingMode.FLOOR, RoundingMode.CEILING)
                .map(mode -> exact.round(new MathContext(digits, mode)))
                .filter(decimal -> decimal.doubleValue() == magnitude)
                .findFirst();
    }

    static String laidOut(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= MIN_PLAIN_EXPONENT && exponent <= MAX_PLAIN_EXPONENT) {
            return stripped.toPlainString();
        }
        return plain(stripped.scaleByPowerOfTen(-exponent)) + "e" + exponent;
    }

    static String plain(BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
    }
}
