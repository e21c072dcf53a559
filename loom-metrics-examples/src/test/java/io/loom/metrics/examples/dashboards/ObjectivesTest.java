package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import org.junit.jupiter.api.Test;

/** A quantile is exact where a bucket ends; so are alerts and objectives there. */
class ObjectivesTest {
    @Test
    void seconds_ofTheObjectives_areBucketEdges() {
        assertThat(LoomMeter.HTTP_REQUEST_DURATION.spec().buckets().upperBounds())
                .contains(Objectives.LATENCY_SECONDS);
        assertThat(LoomMeter.LLM_TIME_TO_FIRST_TOKEN.spec().buckets().upperBounds())
                .contains(Objectives.FIRST_TOKEN_SECONDS);
    }
}
