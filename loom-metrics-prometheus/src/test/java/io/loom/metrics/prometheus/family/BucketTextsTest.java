package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BucketTextsTest {
    @Test
    void texts_ofDurations_areSecondsWithAPoint() {
        BucketTexts texts =
                new BucketTexts(HistogramLayout.ofNanos(new double[] {5e5, 5e6, 1e8, 1e9, 2.5e9, 3e11}, 3, 1_000));

        assertThat(texts(texts)).containsExactly("5.0E-4", "0.005", "0.1", "1.0", "2.5", "300.0", "+Inf");
    }

    @Test
    void texts_ofAmounts_areTheAmountsWithAPoint() {
        BucketTexts texts = new BucketTexts(HistogramLayout.ofAmounts(new double[] {0.25, 1, 50_000, 1e7}, 3, 1_000));

        assertThat(texts(texts)).containsExactly("0.25", "1.0", "50000.0", "1.0E7", "+Inf");
    }

    @Test
    void closed_ofABound_endsTheLabels() {
        BucketTexts texts = new BucketTexts(HistogramLayout.ofAmounts(new double[] {0.25}, 3, 1_000));

        assertThat(texts.closed(0)).asString(StandardCharsets.US_ASCII).isEqualTo("0.25\"} ");
        assertThat(texts.closed(1)).asString(StandardCharsets.US_ASCII).isEqualTo("+Inf\"} ");
    }

    @Test
    void texts_withoutBounds_areInfinityAlone() {
        HistogramLayout layout = HistogramLayout.ofNanos(new double[0], 3, 1_000);
        BucketTexts texts = new BucketTexts(layout);

        assertThat(texts(texts)).containsExactly("+Inf");
        assertThat(texts.layout()).isSameAs(layout);
    }

    /** Nanoseconds are divided again: the text must be that of the bound that the catalogue names. */
    @ParameterizedTest
    @EnumSource
    void texts_ofCataloguedDurations_areThoseOfTheBoundsInSeconds(LoomMeter meter) {
        double[] nanos = Arrays.stream(meter.spec().buckets().asDurations())
                .mapToDouble(Duration::toNanos)
                .toArray();
        List<String> expected =
                new ArrayList<>(Arrays.stream(meter.spec().buckets().upperBounds())
                        .mapToObj(Double::toString)
                        .toList());
        expected.add("+Inf");

        assertThat(texts(new BucketTexts(HistogramLayout.ofNanos(nanos, 3, 1_000))))
                .isEqualTo(expected);
    }

    private static List<String> texts(BucketTexts texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new String(texts.text(i), StandardCharsets.US_ASCII))
                .toList();
    }
}
