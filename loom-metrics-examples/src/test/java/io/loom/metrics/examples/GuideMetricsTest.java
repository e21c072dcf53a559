package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric that the monitoring guide lists, with its labels, on the page of a service that nobody has used yet. */
class GuideMetricsTest {
    @AutoClose
    private static NarrativeService service;

    private static MetricsPage page;

    @BeforeAll
    static void start() throws Exception {
        service = NarrativeService.start(TestConfig.quiet());
        page = new ServiceClient(service.uri()).metrics();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_requests_total method=POST endpoint=/api/v1/generate status=200",
                "http_requests_total method=POST endpoint=/api/v1/generate status=500",
                "http_request_duration_seconds_bucket le=0.1 endpoint=/api/v1/generate",
                "http_request_duration_seconds_sum endpoint=/api/v1/generate",
                "http_request_duration_seconds_count endpoint=/api/v1/generate",
                "http_requests_in_progress endpoint=/api/v1/generate",
                "loom_llm_requests_total provider=openai model=gpt-4",
                "loom_llm_request_duration_seconds_bucket provider=openai",
                "loom_llm_request_duration_seconds_sum provider=openai",
                "loom_llm_request_duration_seconds_count provider=openai",
                "loom_llm_tokens_total type=prompt",
                "loom_llm_tokens_total type=completion",
                "loom_llm_errors_total provider=openai error_type=rate_limit",
                "process_resident_memory_bytes",
                "process_virtual_memory_bytes",
                "loom_cache_hits_total cache_type=response",
                "loom_cache_misses_total cache_type=response",
                "loom_sessions_active",
                "loom_sessions_total",
                "loom_narratives_generated_total genre=fantasy",
                "loom_narratives_words_total",
                "loom_user_interactions_total interaction_type=edit",
                "loom_user_satisfaction_score",
                "loom_rules_executed_total rule_type=consistency",
                "loom_rules_violations_total rule_type=consistency severity=major",
                "loom_custom_requests_total",
                "loom_custom_duration_seconds_bucket le=0.1",
                "loom_custom_duration_seconds_sum",
                "loom_custom_duration_seconds_count",
                "loom_custom_active"
            })
    void page_ofAFreshService_hasTheSeries(String series) {
        String[] words = series.split(" ", -1);
        String[] labels = Arrays.copyOfRange(words, 1, words.length);

        assertThat(page.has(words[0], labels)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_requests_total",
                "http_request_duration_seconds_count",
                "loom_llm_requests_total",
                "loom_llm_tokens_total",
                "loom_llm_errors_total",
                "loom_cache_misses_total",
                "loom_sessions_total",
                "loom_narratives_generated_total",
                "loom_user_interactions_total",
                "loom_rules_executed_total",
                "loom_rules_violations_total",
                "loom_custom_requests_total"
            })
    void page_ofAFreshService_countsNothingYet(String name) {
        assertThat(page.sum(name)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/generate",
                "/api/v1/stories/{id}",
                "/api/v1/stories/{id}/interactions",
                "/api/v1/sessions/{id}",
                "/health",
                "/metrics"
            })
    void page_ofAFreshService_hasEveryEndpoint(String endpoint) {
        assertThat(page.has("http_requests_total", "endpoint=" + endpoint)).isTrue();
        assertThat(page.has("http_request_duration_seconds_count", "endpoint=" + endpoint))
                .isTrue();
        assertThat(page.has("http_requests_in_progress", "endpoint=" + endpoint))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jvm_classes_loaded_classes",
                "jvm_memory_used_bytes",
                "jvm_gc_live_data_size_bytes",
                "jvm_threads_live_threads",
                "jvm_threads_deadlocked_threads",
                "jvm_info",
                "system_cpu_count",
                "process_uptime_seconds",
                "process_start_time_seconds"
            })
    void page_withJvmMetrics_hasThem(String name) {
        assertThat(page.has(name)).isTrue();
    }

    @Test
    void page_withoutJvmMetrics_hasNone() throws IOException {
        ServiceConfig config = TestConfig.of(Map.of(Setting.JVM_METRICS, "false"));
        try (NarrativeService plain = NarrativeService.start(config)) {
            assertThat(plain.registry().scrape())
                    .contains("process_start_time_seconds")
                    .doesNotContain("jvm_", "system_", "process_uptime");
        }
    }
}
