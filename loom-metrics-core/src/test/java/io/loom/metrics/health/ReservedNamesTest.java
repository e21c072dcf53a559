package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNamesTest {
    @ParameterizedTest
    @EnumSource
    void has_whatTheCatalogueHas_holds(LoomMeter meter) {
        assertThat(ReservedNames.has(meter.meterName())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_requests_total",
                "http_request_duration_seconds_bucket",
                "loom_llm_cost_usd_total",
                "loom.cache.hits.total",
                "loom_narrative_length_words_max",
                "loom-sessions"
            })
    void has_whatThePageHas_holds(String name) {
        assertThat(ReservedNames.has(name)).isTrue();
    }

    @Test
    void has_otherNames_doesNotHold() {
        assertThat(new String[] {"custom_metric", "loom_custom_requests_total", "loom_sessions_of_mine", "total", ""})
                .noneMatch(ReservedNames::has);
    }
}
