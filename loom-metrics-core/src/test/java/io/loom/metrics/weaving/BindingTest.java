package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.LogLines;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.TestLoom;
import io.loom.metrics.woven.WovenMethod;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Which registry woven methods record to, and what happens where that fails. */
@ResourceLock(WeavingTest.BINDING)
class BindingTest {
    private static final int CALLS = 50_000;

    @Test
    void calls_beforeAnythingIsBound_runUnmeteredAndAllocateNothing() throws Exception {
        Runnable method = WovenClasses.instance(Method.class);
        method.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            method.run();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes).isLessThan(CALLS / 10);
    }

    @Test
    void binding_startsMetering_theLastOneHasItAll_andClosingEndsIt() throws Exception {
        Runnable method = WovenClasses.instance(Method.class);
        method.run();
        TestLoom first = TestLoom.create();
        TestLoom second = TestLoom.create();

        first.loom().bindAnnotations();
        method.run();
        second.loom().bindAnnotations();
        method.run();
        method.run();
        first.loom().close(); // is not bound any more
        method.run();
        second.loom().close();
        method.run();

        assertThat(first.timer("bound").count()).isOne();
        assertThat(second.timer("bound").count()).isEqualTo(3);
    }

    @Test
    void call_underWayWhileAnotherIsBound_isRecordedWhereItBegan() throws Exception {
        TestLoom first = TestLoom.create();
        TestLoom second = TestLoom.create();
        first.clock().add(1, TimeUnit.HOURS); // their times have nothing in common
        Callable<?> method = WovenClasses.instance(WeavingTest.Slow.class);
        first.loom().bindAnnotations();
        Hook.body = () -> {
            second.loom().bindAnnotations();
            Hook.body = () -> null;
            method.call();
            first.clock().add(7, TimeUnit.SECONDS);
            return null;
        };

        method.call();
        second.loom().close();

        assertThat(first.timer("method.timed").totalTime(TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(second.timer("method.timed").count()).isOne();
        assertThat(second.timer("method.timed").totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void recursion_thatOverflowsTheStack_costsNoMeter() throws Exception {
        TestLoom test = TestLoom.create();
        IntUnaryOperator deep = WovenClasses.instance(Deep.class);
        test.loom().bindAnnotations();
        try {
            assertThatThrownBy(() -> deep.applyAsInt(Integer.MAX_VALUE)).isInstanceOf(StackOverflowError.class);
            assertThat(deep.applyAsInt(3)).isZero();
            assertThatThrownBy(() -> deep.applyAsInt(-1)).isInstanceOf(StackOverflowError.class);
        } finally {
            test.loom().close();
        }

        assertThat(test.timer("deep", "exception", "none").count()).isEqualTo(4);
        assertThat(test.timer("deep", "exception", "StackOverflowError").count())
                .as("those that had room to record, and the one that throws by itself")
                .isPositive();
    }

    @Test
    void calls_ofManyThreads_areAllCounted_andAllocateNothingOnceKnown() throws Exception {
        TestLoom test = TestLoom.create();
        Runnable method = WovenClasses.instance(Method.class);
        int threads = 4;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        test.loom().bindAnnotations();
        try {
            var calls = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        for (int i = 0; i < CALLS; i++) {
                            method.run();
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (Future<?> each : calls) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
            test.loom().close();
        }

        assertThat(test.timer("bound").count()).isEqualTo((long) threads * CALLS);
        assertThat(test.count("bound.count", "result", "success")).isEqualTo((double) threads * CALLS);
    }

    @Test
    void registry_thatRefusesTheMeter_isLoggedOnceAndTheMethodRuns() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("bound")) {
                    throw new IllegalStateException("not this one");
                }
                return id;
            }
        });
        Runnable method = WovenClasses.instance(Method.class);

        LoomMetrics loom = LoomMetrics.of(registry).bindAnnotations();
        try (LogLines log = new LogLines(LoomMetrics.class, "bound: the registry refused it")) {
            method.run();
            method.run();

            assertThat(log.warnings()).hasSize(1);
        } finally {
            loom.close();
        }
    }

    @Test
    void annotation_thatBreaksARule_isLoggedOnceAndTheMethodRuns() throws Exception {
        Runnable method = (Runnable) unchecked(Illegal.class);
        try (LogLines log = new LogLines(WovenMethod.class, Illegal.class.getName() + ".run")) {
            method.run();
            method.run();

            assertThat(log.warnings()).singleElement().asString().contains("no name!");
        }
    }

    @Test
    void filter_thatCallsAWovenMethod_isNotAskedForThatCallsMeter() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        Runnable method = WovenClasses.instance(Method.class);
        AtomicInteger depth = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                method.run();
                depth.decrementAndGet();
                return id;
            }
        });

        LoomMetrics loom = LoomMetrics.of(registry).bindAnnotations();
        try {
            method.run();
        } finally {
            loom.close();
        }

        assertThat(registry.get("bound").timer().count()).isPositive();
        assertThat(deepest).hasValue(1);
    }

    /** Woven although it must not be, as an older weaver might. */
    private static Object unchecked(Class<?> type) throws Exception {
        byte[] woven = UncheckedWeaving.of(type);
        ClassLoader loader =
                new ByteArrayClassLoader.ChildFirst(BindingTest.class.getClassLoader(), Map.of(type.getName(), woven));
        Constructor<?> constructor = loader.loadClass(type.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    static class Method implements Runnable {
        @Override
        @Timed("bound")
        @Counted("bound.count")
        public void run() {}
    }

    static class Deep implements IntUnaryOperator {
        @Override
        @Timed("deep")
        public int applyAsInt(int depth) {
            if (depth < 0) {
                throw new StackOverflowError();
            }
            return depth == 0 ? 0 : applyAsInt(depth - 1);
        }
    }

    static class Illegal implements Runnable {
        @Override
        @Timed("no name!")
        public void run() {}
    }
}
