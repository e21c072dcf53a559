package io.loom.metrics.examples.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.promql.KnownMetric.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownMetricsTest {
    private static final KnownMetrics METRICS = KnownMetrics.all()
            .recording("job_model:asked:rate5m", "sum by (job, model) (rate(loom_llm_requests_total[5m]))");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum by (le, endpoint, job) (rate(http_request_duration_seconds_bucket{le=\"2.0\"}[5m]))",
                "loom_build_info{version=\"1\"} and on (job) node_cpu_seconds_total{mode=\"idle\"}",
                "histogram_quantile(0.9, sum by (job, le) (rate(loom_user_rating_bucket[1h])))",
                "job_model:asked:rate5m / on (job) group_left (version) loom_build_info",
                "loom_llm_errors_total{error_type=~\"timeout|network\", model=~\"$model\", provider!~\"a.*\"}",
                "sum without (genre) (loom_narratives_generated_total) > up or vector(0)",
                "absent(up{job=\"loom\"}) == on (job) group_right up"
            })
    void query_ofKnownNames_hasNoFaults(String query) {
        assertThat(METRICS.faults(query)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    rate(loom_llm_request_total[5m]); there is no metric loom_llm_request_total
                    sum by (genre) (loom_llm_request_total); there is no metric loom_llm_request_total
                    up{endpoint="/"}; up has no label endpoint
                    http_requests_total{le="2.0"}; http_requests_total has no label le
                    job_model:asked:rate5m{instance="a"}; job_model:asked:rate5m has no label instance
                    loom_llm_errors_total{error_type!~"timeout|net_work"}; error_type of loom_llm_errors_total is never net_work
                    loom_user_rating_bucket{le="2.5"}; le of loom_user_rating_bucket is never 2.5
                    sum by (genre) (up); there is no label genre to aggregate by: there are [instance, job]
                    count(up) without (le); there is no label le to aggregate by: there are [instance, job]
                    topk by (le) (3, up); there is no label le to aggregate by: there are [instance, job]
                    sum by (job) (sum(up)); there is no label job to aggregate by: there are []
                    histogram_quantile(1, up); a quantile must be of buckets, which have the label le: has [instance, job]
                    up == on (zone) up; there is no label zone to match by: there are [instance, job] and [instance, job]
                    up > ignoring (zone) up; there is no label zone to match by: there are [instance, job] and [instance, job]
                    up * on (job) group_left (zone) up; there is no label zone to match by: there are [instance, job] and [instance, job]
                    up / sum by (job) (up); the sides of / never have the same labels: [instance, job] and [job]
                    """)
    void query_ofWrongNames_saysWhich(String query, String fault) {
        assertThat(METRICS.faults(query)).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    up offset 1h; instance job
                    sum(up); ''
                    -sum by (job) (up) ^ 2; job
                    scalar(up); ''
                    absent_over_time(up{job="a", instance!="b"}[5m]); job
                    up or sum by (job) (up); instance job
                    sum by (job) (up) or on () 0 * max(up); job
                    up and on (job) sum by (job) (up); instance job
                    up + on (job) up; job
                    up - ignoring (job) up; instance
                    sum by (job) (up) * on (job) group_right () up; instance job
                    sum by (job) (up) * on (job) group_left (version) loom_build_info; job version
                    1 + time() * vector(2); ''
                    """)
    void labels_ofAnAnswer_areWhatTheQueryLeaves(String query, String labels) {
        assertThat(String.join(" ", METRICS.labels(query))).isEqualTo(labels);
    }

    @Test
    void foreignMetrics_all_areNotOurs() {
        assertThat(ForeignMetrics.all())
                .extracting(KnownMetric::name)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(CatalogueNames.samples().keySet());
        assertThat(ForeignMetrics.all())
                .extracting(KnownMetric::source)
                .contains(Source.PROMETHEUS, Source.MICROMETER, Source.NODE_EXPORTER, Source.CADVISOR);
    }
}
