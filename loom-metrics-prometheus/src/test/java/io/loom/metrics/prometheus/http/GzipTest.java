package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null | false",
                "'' | false",
                "gzip | true",
                "GZIP | true",
                "x-gzip | true",
                "gzip;q=0 | false",
                "gzip;q=0.000 | false",
                "gzip;q=0.001 | true",
                "gzip;q=x | false",
                "deflate, br | false",
                "deflate, gzip;q=0.1, br | true",
                "* | true",
                "*;q=0 | false",
                "*, gzip;q=0 | false",
                "*;q=0, gzip | true",
                "identity | false",
                "identity, gzip | true",
                "identity, gzip;q=0.5 | false",
                "identity;q=0.5, gzip;q=0.5 | true",
                "identity;q=0, * | true",
            })
    void isWanted_byHeader_isAsTheClientSays(String header, boolean wanted) {
        assertThat(Gzip.isWanted(header)).isEqualTo(wanted);
    }

    @Test
    void level_thatIsHigher_makesItSmaller() throws IOException {
        Random random = new Random(7);
        byte[] text = IntStream.range(0, 2_000)
                .mapToObj(i -> "loom_llm_requests_total{model=\"m" + i + "\",provider=\"p\"} " + random.nextInt(1_000))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);

        byte[] fast = compressed(text, 1);
        byte[] small = compressed(text, 9);

        assertThat(small.length).isLessThan(fast.length);
        assertThat(fast.length).isLessThan(text.length / 3);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(fast)).readAllBytes())
                .isEqualTo(text);
    }

    private static byte[] compressed(byte[] text, int level) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Gzip gzip = new Gzip(compressed, level);
        gzip.write(text);
        gzip.finish();
        gzip.release();
        return compressed.toByteArray();
    }
}
