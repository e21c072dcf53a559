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
            loom_llm_cached_tokens_total | counter | provider, model |
            loom_llm_cache_write_tokens_total | counter | provider, model |
            loom_llm_reasoning_tokens_total | counter | provider, model |
            loom_llm_wasted_tokens_total | counter | provider, model, outcome |
            loom_llm_usage_missing_total | counter | provider, model |
            loom_llm_cancelled_total | counter | provider, model |
            loom_llm_unclosed_total | counter | provider, model |
            loom_llm_time_to_first_token_seconds | histogram | provider, model | 0.05 0.1 0.2 0.3 0.5 0.75 1 1.5 2 3 5 7.5 10 20 40
            loom_llm_time_per_output_token_seconds | histogram | provider, model | 0.005 0.01 0.015 0.02 0.03 0.04 0.05 0.075 0.1 0.15 0.2 0.3 0.5 1 2.5
            loom_llm_stream_stalls_total | counter | provider, model |
            loom_llm_slow_streams_total | counter | provider, model |
            loom_llm_cost_usd_total | counter | provider, model |
            loom_llm_unpriced_total | counter | provider, model |
            loom_llm_budget_usd | gauge | |
            loom_llm_retries_total | counter | provider, model, error_type |
            loom_llm_fallbacks_total | counter | provider, model, to_provider, to_model |
            loom_llm_finish_total | counter | provider, model, finish_reason |
            loom_llm_tool_calls_total | counter | provider, model, outcome |
            loom_llm_rate_limit | gauge | provider, model, resource |
            loom_llm_rate_limit_remaining | gauge | provider, model, resource |
            loom_cache_hits_total | counter | cache_type |
            loom_cache_misses_total | counter | cache_type |
            loom_cache_evictions_total | counter | cache_type |
            loom_cache_load_duration_seconds | histogram | cache_type | 0.0005 0.001 0.0025 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10
            loom_cache_entries | gauge | cache_type |
            loom_sessions_active | gauge | |
            loom_sessions_total | counter | |
            loom_sessions_expired_total | counter | |
            loom_session_duration_seconds | histogram | | 10 30 60 120 300 600 1200 1800 3600 7200 14400
            loom_session_turns | histogram | | 1 2 3 5 8 13 20 35 50 100 200
            loom_session_words | histogram | | 100 500 1000 2500 5000 10000 25000 50000 100000
            loom_narratives_generated_total | counter | genre |
            loom_narratives_words_total | counter | genre |
            loom_narratives_truncated_total | counter | genre |
            loom_narratives_failed_total | counter | genre, reason |
            loom_narrative_generation_duration_seconds | histogram | genre | 0.1 0.25 0.5 1 2 3 5 7.5 10 15 20 30 45 60 90 120 180 300
            loom_narrative_length_words | histogram | genre | 50 100 250 500 750 1000 1500 2000 3000 5000 7500 10000 20000 50000
            loom_user_interactions_total | counter | interaction_type |
            loom_user_rating | histogram | | 1 2 3 4 5
            loom_user_satisfaction_score | gauge | |
            loom_rules_executed_total | counter | rule_type |
            loom_rules_violations_total | counter | rule_type, severity |
            loom_rule_duration_seconds | histogram | rule_type | 0.0005 0.001 0.0025 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10
            loom_rule_repairs_total | counter | rule_type, outcome |
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
            loom_metrics_collector_failures_total | counter | collector, reason |
            loom_metrics_plugin_failures_total | counter | plugin |
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
    void buckets_ofEachMeter_areThereForTimersAndSummariesOnly(LoomMeter meter) {
        boolean none = meter.spec().buckets().equals(Buckets.NONE);
        boolean distribution =
                meter.spec().kind() == MeterKind.TIMER || meter.spec().kind() == MeterKind.SUMMARY;

        assertThat(none).isNotEqualTo(distribution);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_REQUEST_DURATION, 2", // HighLatency
        "LLM_TIME_TO_FIRST_TOKEN, 2", // the objective
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
