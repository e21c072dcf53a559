package io.loom.metrics.prometheus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageFuzzTest {
    private static final int SEEDS = 100;
    private static final int METERS = 80;
    private static final int MIN_SAMPLES = 8_500;
    private static final Set<String> OWN_LABELS = Set.of(RandomMeters.NUMBER, "le", "quantile");

    private final Set<Meter.Id> refused = new HashSet<>();

    private int compared;
    private int leftOut;

    @Test
    void pages_ofNonsense_areWellFormedAndReadBackToTheSame() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            refused.clear();
            LoomPrometheusRegistry registry = registry();
            RandomMeters meters = new RandomMeters(registry, seed);
            meters.register(METERS);

            TextPage text = TextPage.parse(utf8(scrape(registry, ExpositionFormat.TEXT)));
            OpenMetricsPage openMetrics = OpenMetricsPage.parse(scrape(registry, ExpositionFormat.OPENMETRICS));

            assertShows(text, meters.expected(), seed);
            assertSameSamples(text, openMetrics, seed);
            assertSameHelp(text, openMetrics, seed);
        }
        assertThat(compared).isGreaterThan(MIN_SAMPLES);
        assertThat(leftOut).isBetween(1, compared / 10);
    }

    private void assertShows(TextPage page, List<RandomMeters.Expected> expected, int seed) {
        Map<String, List<TextPage.Series>> byNumber = page.samples().keySet().stream()
                .collect(Collectors.groupingBy(series -> series.labels().get(RandomMeters.NUMBER)));
        Map<String, String> help = new HashMap<>();
        for (RandomMeters.Expected meter : expected) {
            String what = "seed %d, meter %s".formatted(seed, meter.id());
            List<TextPage.Series> shown = byNumber.getOrDefault(meter.number(), List.of());
            if (refused.contains(meter.id())) {
                assertThat(shown).as(what).isEmpty();
                continue;
            }
            assertThat(shown)
                    .as(what)
                    .isNotEmpty()
                    .allSatisfy(series -> assertThat(values(series)).isEqualTo(meter.values()));
            meter.samples()
                    .forEach((suffix, value) -> assertThat(shown)
                            .as("%s, %s", what, suffix)
                            .filteredOn(series -> isPlain(series, suffix, shown))
                            .singleElement()
                            .satisfies(series -> {
                                assertThat(page.samples().get(series))
                                        .as("%s", series)
                                        .isEqualTo(value);
                                assertHelp(page, series, meter, help);
                            }));
            compared += meter.samples().size();
        }
    }

    /** The first that is described describes the family; only families whose samples have its name are easily found. */
    private static void assertHelp(
            TextPage page, TextPage.Series series, RandomMeters.Expected meter, Map<String, String> known) {
        TextPage.Family family = page.families().get(series.name());
        if (family != null && meter.help() != null) {
            String first = known.computeIfAbsent(series.name(), name -> RandomText.onPage(meter.help()));
            assertThat(family.help()).as("help of %s", series.name()).isEqualTo(first);
        }
    }

    private void assertSameSamples(TextPage text, OpenMetricsPage openMetrics, int seed) {
        for (Map.Entry<TextPage.Series, Double> sample : text.samples().entrySet()) {
            Double value = openMetrics.samples().get(sample.getKey());
            if (value == null) {
                leftOut++;
                assertThat(isRightlyLeftOut(text, sample.getKey()))
                        .as("seed %d left out %s", seed, sample)
                        .isTrue();
            } else {
                assertThat(value).as("seed %d, %s", seed, sample.getKey()).isEqualTo(sample.getValue());
            }
        }
        assertThat(text.samples().keySet())
                .as("seed %d", seed)
                .containsAll(openMetrics.samples().keySet());
    }

    private static void assertSameHelp(TextPage text, OpenMetricsPage openMetrics, int seed) {
        assertThat(openMetrics.families()).as("seed %d", seed).hasSizeGreaterThan(METERS / 4);
        for (OpenMetricsPage.Family family : openMetrics.families().values()) {
            String suffix =
                    family.type().equals("counter") ? "_total" : family.type().equals("info") ? "_info" : "";
            assertThat(text.families().get(family.name() + suffix))
                    .as("seed %d, %s", seed, family)
                    .isNotNull()
                    .extracting(TextPage.Family::help)
                    .isEqualTo(family.help());
        }
    }

    /** OpenMetrics has no counter below 0 and no summary whose count or sum is, or that are no number. */
    private static boolean isRightlyLeftOut(TextPage text, TextPage.Series series) {
        String name = series.name();
        if (name.endsWith("_total")) {
            return !(text.samples().get(series) >= 0);
        }
        String base = name.replaceAll("_(?:count|sum)$", "");
        Double count = text.samples().get(new TextPage.Series(base + "_count", series.labels()));
        Double sum = text.samples().get(new TextPage.Series(base + "_sum", series.labels()));
        return count != null && sum != null && !(count >= 0 && sum >= 0);
    }

    private static boolean isPlain(TextPage.Series series, String suffix, List<TextPage.Series> all) {
        if (series.labels().containsKey("le")) {
            return false;
        }
        return suffix.isEmpty() ? all.size() == 1 : series.name().endsWith(suffix);
    }

    private static List<String> values(TextPage.Series series) {
        return series.labels().entrySet().stream()
                .filter(label -> !OWN_LABELS.contains(label.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private LoomPrometheusRegistry registry() {
        LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().clock(new MockClock()).build();
        registry.config().onMeterRegistrationFailed((id, reason) -> refused.add(id));
        return registry;
    }

    private static byte[] scrape(LoomPrometheusRegistry registry, ExpositionFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(format, out);
        return out.toByteArray();
    }

    private static String utf8(byte[] page) {
        return new String(page, StandardCharsets.UTF_8);
    }
}
