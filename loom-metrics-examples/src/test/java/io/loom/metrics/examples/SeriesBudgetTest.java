package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How many series a page has, as docs/deployment-guide.md says. */
class SeriesBudgetTest {
    private static final int ENDPOINTS = 20;
    private static final int MODELS = 6;
    private static final int GENRES = 10;
    private static final int CACHES = 3;
    private static final int RULES = 5;

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final long none = series();

    @Test
    void page_eachLabelValue_addsAsManySeriesAsTheGuideSays() throws IOException {
        Map<String, Long> measured = new LinkedHashMap<>();
        measured.put("an endpoint and its method", added(each -> each.http().register("GET", "/a")));
        measured.put("another status of it", added(each -> each.http().record("GET", "/a", 404, Duration.ofMillis(1))));
        measured.put("a provider and its model", added(each -> each.llm("openai", "gpt-4")));
        measured.put("a genre", added(each -> each.narratives().register("fantasy")));
        measured.put("a cache", added(each -> each.cache("response")));
        measured.put("a rule type", added(each -> each.rules().register("a-rule")));

        assertThat(stated(Pattern.compile("\\| ([a-z ]+) \\| (\\d+) \\|"))).isEqualTo(measured);
    }

    /** Not to the last one: which metrics of the process there are depends on the system. */
    @Test
    void page_ofTheWorkedExample_hasAboutAsManySeriesAsItSays() throws IOException {
        for (int i = 0; i < ENDPOINTS; i++) {
            loom.http().register("GET", "/api/e" + i);
            loom.http().record("GET", "/api/e" + i, 404, Duration.ofMillis(1));
        }
        for (int i = 0; i < MODELS; i++) {
            loom.llm("provider", "model-" + i);
        }
        for (int i = 0; i < GENRES; i++) {
            loom.narratives().register("genre-" + i);
        }
        for (int i = 0; i < CACHES; i++) {
            loom.cache("cache-" + i);
        }
        for (int i = 0; i < RULES; i++) {
            loom.rules().register("rule-" + i);
        }

        Map<String, Long> stated = stated(Pattern.compile("\\b(nothing else|each instance) has some ([\\d,]+) series"));
        assertThat((double) none).isCloseTo((double) stated.get("nothing else"), withinPercentage(10));
        assertThat((double) series()).isCloseTo((double) stated.get("each instance"), withinPercentage(10));
        assertThat(guide())
                .contains("%d endpoints with three statuses, %d models, %d genres, %d caches and %d rule types"
                        .formatted(ENDPOINTS, MODELS, GENRES, CACHES, RULES));
    }

    /** {@return the numbers that the guide states, by what of} */
    private static Map<String, Long> stated(Pattern pattern) throws IOException {
        Map<String, Long> stated = new LinkedHashMap<>();
        pattern.matcher(guide())
                .results()
                .forEach(match ->
                        stated.put(match.group(1), Long.valueOf(match.group(2).replace(",", ""))));
        return stated;
    }

    /** Of one value that is new, and none that was there. */
    private long added(Consumer<LoomMetrics> use) {
        long before = series();
        use.accept(loom);
        return series() - before;
    }

    private long series() {
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).count();
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of(System.getProperty("loom.root"), "docs", "deployment-guide.md"));
    }
}
