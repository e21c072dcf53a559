package io.loom.metrics.prometheus.fuzz;

import io.loom.metrics.health.HealthResult;
import io.loom.metrics.health.MetricValue;
import io.loom.metrics.health.MonitorPlugin;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A plugin that does something else at each call, by a seed. */
final class RandomPlugin implements MonitorPlugin {
    /** A label of each series. */
    static final String MARK = "mark";

    private static final String[] CLASHING = {
        "ours", "ours_total", "loom_cache_hits_total", "http.requests.in.progress", "loom_metrics_series", "shared"
    };

    private final String name;
    private final Random random;
    private final Random healthRandom;
    private final RandomText text;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Deed> deeds = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);

    RandomPlugin(String name, long seed) {
        this.name = name;
        this.random = new Random(seed);
        this.healthRandom = new Random(seed);
        this.text = new RandomText(random);
    }

    @Override
    public String name() {
        return name;
    }

    int calls() {
        return calls.get();
    }

    Set<Deed> deeds() {
        return deeds;
    }

    void letGo() {
        end.countDown();
    }

    @Override
    public Map<String, MetricValue> collectMetrics() throws Exception {
        calls.incrementAndGet();
        // Mostly what is no failure as a whole, which would be called less and less often.
        Deed deed = random.nextInt(4) > 0 ? Deed.NONSENSE : Deed.values()[random.nextInt(Deed.values().length)];
        deeds.add(deed);
        return switch (deed) {
            case THROW -> throw new IllegalStateException(text.next(40));
            case ERROR -> throw new NoClassDefFoundError(text.next(40));
            case NULL -> null;
            case HANG -> {
                end.await(random.nextInt(60), TimeUnit.MILLISECONDS);
                yield nonsense();
            }
            case FLOOD -> new Flood();
            case NOTHING -> Map.of();
            case NONSENSE -> nonsense();
        };
    }

    @Override
    public HealthResult checkHealth() throws Exception {
        return switch (healthRandom.nextInt(5)) {
            case 0 -> throw new IllegalStateException("unwell");
            case 1 -> null;
            case 2 -> {
                end.await(healthRandom.nextInt(60), TimeUnit.MILLISECONDS);
                yield HealthResult.degraded("slow");
            }
            default -> HealthResult.healthy();
        };
    }

    private Map<String, MetricValue> nonsense() {
        Map<String, MetricValue> metrics = new HashMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            MetricValue value = MetricValue.of(value(), labels());
            while (random.nextInt(3) == 0) {
                value = value.and(value(), labels());
            }
            metrics.put(metricName(), random.nextInt(10) == 0 ? null : value);
        }
        return metrics;
    }

    private String metricName() {
        return switch (random.nextInt(5)) {
            case 0 -> CLASHING[random.nextInt(CLASHING.length)];
            case 1 -> null;
            case 2 -> "m" + random.nextInt(5);
            default -> text.next(8);
        };
    }

    private String[] labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MARK, Integer.toString(random.nextInt(3)));
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.put(random.nextInt(20) == 0 ? null : text.next(4), text.next(200));
        }
        List<String> pairs = new ArrayList<>();
        labels.forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return pairs.toArray(String[]::new);
    }

    private double value() {
        return switch (random.nextInt(4)) {
            case 0 -> Double.NaN;
            case 1 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextInt();
        };
    }

    /** A million series, each made when it is read. */
    private static final class Flood extends AbstractMap<String, MetricValue> {
        private static final int MILLION = 1_000_000;

        @Override
        public Set<Map.Entry<String, MetricValue>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, MetricValue>> iterator() {
                    return IntStream.range(0, MILLION)
                            .mapToObj(i -> Map.entry("flood" + i, MetricValue.of(i, MARK, "flood")))
                            .iterator();
                }

                @Override
                public int size() {
                    return MILLION;
                }
            };
        }
    }

    /** What it may do. */
    enum Deed {
        THROW,
        ERROR,
        NULL,
        HANG,
        FLOOD,
        NOTHING,
        NONSENSE
    }
}
