package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheMeterTest {
    private final TestLoom test = TestLoom.create();

    @Test
    void cache_newHandle_hasItsSeriesAtZero() {
        test.loom().cache("response");

        assertThat(test.count("loom.cache.hits", "cache_type", "response")).isZero();
        assertThat(test.count("loom.cache.misses", "cache_type", "response")).isZero();
    }

    @Test
    void cache_sameType_isTheSameHandle() {
        assertThat(test.loom().cache("response")).isSameAs(test.loom().cache("response"));
        assertThat(test.loom().cache(null)).isSameAs(test.loom().cache("unknown"));
        assertThat(test.loom().cache("response")).isNotSameAs(test.loom().cache("prompt"));
    }

    @Test
    void hit_once_countsAHit() {
        CacheMeter cache = test.loom().cache("response");

        assertThat(test.deltas(cache::hit)).isEqualTo(Map.of("loom.cache.hits{cache_type=response}", 1.0));
    }

    @Test
    void miss_once_countsAMiss() {
        CacheMeter cache = test.loom().cache("response");

        assertThat(test.deltas(cache::miss)).isEqualTo(Map.of("loom.cache.misses{cache_type=response}", 1.0));
    }

    @Test
    void hitsAndMisses_ofSeveralKeys_areCounted() {
        CacheMeter cache = test.loom().cache("response");

        assertThat(test.deltas(() -> {
                    cache.hits(3);
                    cache.misses(2);
                    cache.hits(0);
                }))
                .isEqualTo(Map.of(
                        "loom.cache.hits{cache_type=response}", 3.0, "loom.cache.misses{cache_type=response}", 2.0));
    }

    @Test
    void hitsAndMisses_negative_areRejected() {
        CacheMeter cache = test.loom().cache("response");
        cache.hits(-1);
        cache.misses(-1);

        assertThat(test.count("loom.cache.hits")).isZero();
        assertThat(test.rejected("loom.cache.hits", Reason.NEGATIVE)).isEqualTo(1);
        assertThat(test.rejected("loom.cache.misses", Reason.NEGATIVE)).isEqualTo(1);
    }

    @Test
    void evicted_entry_isCounted() {
        CacheMeter cache = test.loom().cache("response");

        assertThat(test.deltas(cache::evicted)).isEqualTo(Map.of("loom.cache.evictions{cache_type=response}", 1.0));
    }

    @Test
    void loaded_answer_isTimed() {
        CacheMeter cache = test.loom().cache("response");

        assertThat(test.deltas(() -> cache.loaded(Duration.ofMillis(250))))
                .isEqualTo(Map.of(
                        "loom.cache.load.duration{cache_type=response} count", 1.0,
                        "loom.cache.load.duration{cache_type=response} seconds", 0.25));
    }

    @Test
    void entries_lastFunction_isShown() {
        CacheMeter cache = test.loom().cache("response");
        cache.entries(() -> 3);
        assertThat(test.gauge("loom.cache.entries")).isEqualTo(3);

        cache.entries(() -> 5);
        assertThat(test.gauge("loom.cache.entries")).isEqualTo(5);

        cache.entries(() -> {
            throw new IllegalStateException("closed");
        });
        assertThat(test.gauge("loom.cache.entries")).isNaN();
    }
}
