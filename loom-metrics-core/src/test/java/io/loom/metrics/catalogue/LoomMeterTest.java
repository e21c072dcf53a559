package io.loom.metrics.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The names on the wire are a contract; this is its text. */
class LoomMeterTest {
    private static final String CONTRACT = """
            http_requests_total | counter | method, endpoint, status |
            http_request_duration_seconds | histogram | method, endpoint | 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2 2.5 5 10 20 30 60 120
            http_requests_in_progress | gauge | endpoint |
            loom_llm_requests_total | counter | provider, model |
            loom_llm_request_duration_seconds | histogram | provider, model, outcome | 0.1 0.25 0.5 1 2 3 5 7.5 10 15 20 30 45 60 90 120 180 300
            loom_llm_requests_in_progress | gauge | provider, model |
            loom_llm_tokens_total | counter | provider, model, type |
            loom_llm_errors_total | counter | provider, model, error_type |
            loom_cache_hits_total | counter | cache_type |
            loom_cache_misses_total | counter | cache_type |
            loom_sessions_active | gauge | |
            loom_sessions_total | counter | |
            loom_narratives_generated_total | counter | genre |
            loom_narratives_words_total | counter | genre |
            loom_user_interactions_total | counter | interaction_type |
            loom_user_satisfaction_score | gauge | |
            loom_rules_executed_total | counter | rule_type |
            loom_rules_violations_total | counter | rule_type, severity |
            process_resident_memory_bytes | gauge | |
            process_virtual_memory_bytes | gauge | |
            process_cpu_seconds_total | counter | |
            process_start_time_seconds | gauge | |
            process_open_fds | gauge | |
            process_max_fds | gauge | |
            loom_build_info | gauge | version, revision |
            loom_metrics_series | gauge | meter |
            loom_metrics_overflow_total | counter | meter, label |
            loom_metrics_rejected_total | counter | meter, reason |
            loom_metrics_scrape_duration_seconds | histogram | format | 0.0005 0.001 0.0025 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10
            """;

    @Test
    void catalogue_asAWhole_isTheContract() {
        String catalogue =
                Arrays.stream(LoomMeter.values()).map(LoomMeterTest::row).collect(Collectors.joining());

        assertThat(catalogue).isEqualTo(CONTRACT);
    }

    @Test
    void names_ofAllMeters_areUniqueHereAndOnTheWire() {
        assertThat(LoomMeter.values()).extracting(LoomMeter::meterName).doesNotHaveDuplicates();
        assertThat(LoomMeter.values()).extracting(LoomMeterTest::onTheWire).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void help_ofEachMeter_isOneSentence(LoomMeter meter) {
        assertThat(meter.spec().help()).matches("[A-Z][^\\n]*\\.").hasSizeLessThan(120);
    }

    @ParameterizedTest
    @EnumSource
    void labels_ofEachMeter_areTheKeysOfItsSpec(LoomMeter meter) {
        assertThat(meter.labels()).extracting(Label::key).isEqualTo(meter.spec().labelKeys());
    }

    @ParameterizedTest
    @EnumSource
    void stability_ofEachMeter_isExperimentalForTheLibraryItselfOnly(LoomMeter meter) {
        boolean ofTheLibrary = meter.meterName().startsWith("loom.metrics.");

        assertThat(meter.stability()).isEqualTo(ofTheLibrary ? Stability.EXPERIMENTAL : Stability.STABLE);
    }

    @ParameterizedTest
    @EnumSource
    void buckets_ofEachMeter_areThereForTimersOnly(LoomMeter meter) {
        boolean none = meter.spec().buckets().equals(Buckets.NONE);

        assertThat(none).isEqualTo(meter.spec().kind() != MeterKind.TIMER);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_REQUEST_DURATION, 2", // HighLatency
    })
    void buckets_thresholdOfAnAlert_isAnEdge(LoomMeter meter, double thresholdSeconds) {
        assertThat(meter.spec().buckets().upperBounds()).contains(thresholdSeconds);
    }

    private static String row(LoomMeter meter) {
        String keys = meter.spec().labelKeys().stream().map(key -> key + ", ").collect(Collectors.joining());
        String bounds = Arrays.stream(meter.spec().buckets().upperBounds())
                .mapToObj(
                        bound -> BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(" "));
        String row = onTheWire(meter) + " | " + keys + "| " + bounds;
        return row.replace(", |", " |").stripTrailing() + "\n";
    }

    /** Name and type on the page of Micrometer's own registry; a histogram's maximum has a longer name. */
    private static String onTheWire(LoomMeter meter) {
        MeterSpec spec = meter.spec();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        switch (spec.kind()) {
            case COUNTER ->
                Counter.builder(spec.name()).baseUnit(spec.baseUnit()).register(registry);
            case GAUGE ->
                Gauge.builder(spec.name(), () -> 1).baseUnit(spec.baseUnit()).register(registry);
            case TIMER ->
                Timer.builder(spec.name())
                        .serviceLevelObjectives(spec.buckets().asDurations())
                        .register(registry);
            case SUMMARY ->
                DistributionSummary.builder(spec.name())
                        .baseUnit(spec.baseUnit())
                        .serviceLevelObjectives(spec.buckets().upperBounds())
                        .register(registry);
        }
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.substring("# TYPE ".length()).replace(" ", " | "))
                .min(Comparator.comparingInt(nameAndType -> nameAndType.indexOf(' ')))
                .orElseThrow();
    }
}
