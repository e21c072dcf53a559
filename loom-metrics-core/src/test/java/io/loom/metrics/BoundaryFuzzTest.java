package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.testing.Sneaky;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every public recording method takes any nonsense without throwing. */
class BoundaryFuzzTest {
    private static final int CALLS = 20_000;
    private static final Pricing PRICES = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            *,0,2.5,10,,,
            """);

    @Test
    void recording_anyNonsense_neverThrowsAndLeavesSaneMeters() throws Exception {
        Random random = new Random(5);
        TestLoom test = TestLoom.create(builder -> builder.valueBudget(4)
                .pricing(PRICES)
                .errorClassifier(failure -> Sneaky.raise(Nonsense.failure(random))));
        fuzz(test.loom(), random);

        assertThat(test.registry().getMeters()).hasSizeGreaterThan(400);
        for (Meter meter : test.registry().getMeters()) {
            assertThat(meter.getId().getTagsAsIterable())
                    .allSatisfy(tag -> assertThat(tag.getValue())
                            .isNotEmpty()
                            .hasSizeLessThanOrEqualTo(128)
                            .doesNotContainPattern("\\p{Cs}"));
            if (meter instanceof Counter counter) {
                assertThat(counter.count())
                        .as(meter.getId().toString())
                        .isNotNegative()
                        .isFinite();
            } else if (meter instanceof Gauge gauge && meter.getId().getName().endsWith(".in.progress")) {
                assertThat(gauge.value()).as(meter.getId().toString()).isZero(); // whatever began has ended
            } else if (meter instanceof Gauge gauge && meter.getId().getName().startsWith("loom.llm.rate.limit")) {
                assertThat(gauge.value())
                        .as(meter.getId().toString())
                        .isNotNegative()
                        .isFinite();
            } else if (meter instanceof Timer timer) {
                assertThat(timer.totalTime(TimeUnit.SECONDS))
                        .as(meter.getId().toString())
                        .isNotNegative()
                        .isFinite();
            }
        }
        assertThat(test.sum("loom.metrics.rejected")).isPositive();
        assertThat(test.sum("loom.metrics.overflow")).isPositive();
    }

    @Test
    void recording_anyNonsenseOnNoop_neverThrows() throws Exception {
        fuzz(LoomMetrics.noop(), new Random(6));
    }

    private static void fuzz(LoomMetrics loom, Random random) throws IllegalAccessException {
        List<Supplier<?>> targets = targets(loom, random);
        Set<Method> called = new HashSet<>();
        Set<Method> all = new HashSet<>();
        for (Supplier<?> each : targets) {
            Object target = each.get();
            all.addAll(recordingMethods(target));
            close(target);
        }
        for (int i = 0; i < CALLS; i++) {
            Object target = targets.get(random.nextInt(targets.size())).get();
            List<Method> methods = recordingMethods(target);
            Method method = methods.get(random.nextInt(methods.size()));
            call(target, method, Nonsense.arguments(method, random));
            called.add(method);
        }

        assertThat(called).isEqualTo(all);
    }

    private static void call(Object target, Method method, Object[] arguments) throws IllegalAccessException {
        try {
            close(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " threw", e.getCause()); // arguments may have no text
        } finally {
            close(target);
        }
    }

    private static void close(Object begun) {
        try {
            if (begun instanceof AutoCloseable handle) {
                handle.close();
            }
        } catch (Exception e) {
            throw new AssertionError(begun + " could not be closed", e);
        }
    }

    private static List<Supplier<?>> targets(LoomMetrics loom, Random random) {
        CounterFamily counters = loom.counter("own.counter", "Help.", "a", "b");
        GaugeFamily gauges = loom.gauge("own.gauge", "Help.");
        TimerFamily timers = loom.timer("own.timer", "Help.", "a", "b", "c", "d");
        SummaryFamily summaries = loom.summary("own.summary", "Help.", Buckets.of(1), "a", "b", "c", "d", "e");
        return List.of(
                loom::http,
                () -> loom.http().start(Nonsense.text(random), Nonsense.text(random)),
                () -> routedLate(loom.http(), random),
                () -> loom.llm(Nonsense.text(random), Nonsense.text(random)),
                () -> loom.llm(Nonsense.text(random), Nonsense.text(random)).start(),
                () -> loom.llm(Nonsense.text(random), Nonsense.text(random)).stream(),
                () -> loom.cache(Nonsense.text(random)),
                loom::sessions,
                () -> loom.sessions().open(),
                loom::narratives,
                () -> loom.narratives().start(Nonsense.text(random)),
                loom::interactions,
                loom::rules,
                () -> counters,
                () -> counters.with(Nonsense.text(random)),
                () -> gauges,
                gauges::with,
                () -> timers,
                () -> timers.with(Nonsense.text(random)),
                () -> summaries,
                () -> summaries.with(Nonsense.text(random)));
    }

    private static HttpRequest routedLate(HttpMeters http, Random random) {
        HttpRequest request = http.start(Nonsense.text(random), Nonsense.text(random));
        request.endpoint(Nonsense.text(random));
        return request;
    }

    /** What names the statuses of an endpoint registers, and fails fast. */
    private static List<Method> recordingMethods(Object target) {
        return Arrays.stream(target.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !List.of(method.getParameterTypes()).contains(int[].class))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }
}
