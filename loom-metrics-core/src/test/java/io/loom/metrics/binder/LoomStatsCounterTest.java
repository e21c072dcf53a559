package io.loom.metrics.binder;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Caffeine. */
class LoomStatsCounterTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();

    @Test
    void cache_hitsAndMisses_areCounted() {
        Cache<String, String> cache = cache(Caffeine.newBuilder());
        cache.put("a", "1");

        assertThat(cache.getIfPresent("a")).isEqualTo("1");
        assertThat(cache.getIfPresent("b")).isNull();
        assertThat(cache.getAllPresent(List.of("a", "b", "c"))).hasSize(1);

        assertThat(loom).cache("response").hasHits(2).hasMisses(3);
    }

    @Test
    void cache_whatMustGo_isAnEviction_whatIsRemovedIsNot() {
        Cache<Integer, Integer> cache =
                cache(Caffeine.newBuilder().maximumSize(1).executor(Runnable::run));
        cache.put(1, 1);
        cache.put(2, 2);
        cache.put(3, 3);
        cache.cleanUp();
        cache.invalidateAll();

        assertThat(loom).cache("response").hasEvictions(2);
    }

    @Test
    void cache_loads_areTimed_failuresAreNot() {
        LoadingCache<String, String> cache = Caffeine.newBuilder()
                .recordStats(() -> LoomStatsCounter.of(loom.cache("response")))
                .build(key -> {
                    if (key.equals("bad")) {
                        throw new IllegalStateException("no such story");
                    }
                    return key;
                });

        assertThat(cache.get("good")).isEqualTo("good");
        long nanos = cache.stats().totalLoadTime(); // Caffeine times loads by the system's clock
        assertThatThrownBy(() -> cache.get("bad")).hasMessage("no such story");

        Timer loads = registry.get("loom.cache.load.duration").timer();
        assertThat(loads.count()).isEqualTo(1);
        assertThat(loads.totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo((double) nanos)
                .isPositive();
        assertThat(loom).cache("response").hasMisses(2);
    }

    @Test
    void stats_ofTheCache_areWhatTheyWere() {
        Cache<String, String> cache = cache(Caffeine.newBuilder());

        assertThat(cache.get("a", key -> key)).isEqualTo("a");
        assertThat(cache.getIfPresent("a")).isEqualTo("a");

        CacheStats stats = cache.stats();
        assertThat(stats.hitCount()).isEqualTo(1);
        assertThat(stats.missCount()).isEqualTo(1);
        assertThat(stats.loadSuccessCount()).isEqualTo(1);
    }

    @Test
    void page_setUp_worksAsPrinted(@TempDir Path directory) throws Exception {
        @SuppressWarnings("unchecked") // as printed
        Cache<String, String> cache = (Cache<String, String>)
                PrintedSetUp.run(directory, "caffeine.md", "io.loom.metrics.LoomMetrics loom", "cache", loom);
        cache.put("a", "1");

        assertThat(cache.getAllPresent(List.of("a", "b"))).hasSize(1);

        assertThat(loom).cache("response").hasHits(1).hasMisses(1);
        assertThat(registry.get("loom.cache.entries").gauge().value()).isEqualTo(1);
    }

    private <K, V> Cache<K, V> cache(Caffeine<Object, Object> builder) {
        return builder.recordStats(() -> LoomStatsCounter.of(loom.cache("response")))
                .build();
    }
}
