package io.loom.metrics.weaving;

import static io.loom.metrics.weaving.WovenClasses.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.loom.metrics.TestLoom;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Methods of every kind, woven as at build time and called. */
@ResourceLock(WeavingTest.BINDING)
class WeavingTest {
    /** What is bound is bound for the JVM. */
    static final String BINDING = "woven methods' binding";

    private final TestLoom test = TestLoom.create();

    WeavingTest() {
        test.loom().bindAnnotations();
    }

    @AfterEach
    void close() {
        test.loom().close();
    }

    @Test
    void method_thatReturns_isTimedAndCountedUnderItsNames() throws Exception {
        Callable<?> plain = instance(Plain.class);

        Map<String, Double> deltas = test.deltas(() -> assertThat(call(plain)).isEqualTo("told"));

        assertThat(deltas)
                .containsOnly(
                        Map.entry(timer("story.tell", Plain.class, "call", "none") + " count", 1.0),
                        Map.entry(counter("story.told", Plain.class, "call", "none", "success"), 1.0));
    }

    @Test
    void elapsed_isWhatTheRegistrysClockSays() throws Exception {
        Callable<?> slow = instance(Slow.class);
        Hook.body = () -> test.clock().add(40, TimeUnit.MILLISECONDS);

        call(slow);

        assertThat(test.timer("method.timed").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    }

    @Test
    void exception_leavesAsTheSameInstance_andNamesItsSeries() throws Exception {
        Callable<?> failing = instance(Failing.class);
        IOException thrown = new IOException("no ink");
        Hook.body = () -> {
            throw thrown;
        };

        Map<String, Double> deltas =
                test.deltas(() -> assertThat(catchThrowable(failing::call)).isSameAs(thrown));

        assertThat(deltas)
                .containsOnly(
                        Map.entry(timer("story.tell", Failing.class, "call", "IOException") + " count", 1.0),
                        Map.entry(counter("story.told", Failing.class, "call", "IOException", "failure"), 1.0));
    }

    @Test
    void failuresOnly_countsNoSuccess() throws Exception {
        IntUnaryOperator risky = instance(Risky.class);

        Map<String, Double> deltas = test.deltas(() -> {
            assertThat(risky.applyAsInt(1)).isEqualTo(12);
            assertThatThrownBy(() -> risky.applyAsInt(0)).isInstanceOf(ArithmeticException.class);
        });

        assertThat(deltas)
                .containsOnly(Map.entry(
                        counter("method.counted", Risky.class, "applyAsInt", "ArithmeticException", "failure"), 1.0));
    }

    @Test
    void methods_privateFinalStaticAndCalledByTheConstructor_areTimed() throws Exception {
        Callable<?> hidden = instance(Hidden.class);
        call(hidden);

        assertThat(count("called.by.constructor")).isOne();
        assertThat(count("private.method")).isOne();
        assertThat(count("final.method")).isOne();
        assertThat(count("static.method")).isOne();
    }

    @Test
    void recursion_countsEachCall() throws Exception {
        IntUnaryOperator factorial = instance(Factorial.class);

        assertThat(factorial.applyAsInt(5)).isEqualTo(120);

        assertThat(count("factorial")).isEqualTo(5);
    }

    @Test
    void recordEnumAndDefaultMethod_areTimed() throws Exception {
        ClassLoader loader = new WovenClasses().loader(Point.class, Mood.class, Greeter.class);
        Object point = loader.loadClass(Point.class.getName())
                .getDeclaredConstructors()[0]
                .newInstance(3, 4);
        Class<?> mood = loader.loadClass(Mood.class.getName());
        Class<?> greeter = loader.loadClass(Greeter.class.getName());
        Object greeting = java.lang.reflect.Proxy.newProxyInstance(
                loader,
                new Class<?>[] {greeter},
                (proxy, method, arguments) ->
                        java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments));

        assertThat(((Supplier<?>) point).get()).isEqualTo(5.0);
        assertThat(((Supplier<?>) mood.getEnumConstants()[0]).get()).isEqualTo("grim");
        assertThat(((Supplier<?>) greeting).get()).isEqualTo("hello");

        assertThat(count("record.method")).isOne();
        assertThat(count("enum.method")).isOne();
        assertThat(count("default.method")).isOne();
    }

    @Test
    void classAnnotation_isForEveryMethod_andAMethodsOwnStandsForIt() throws Exception {
        Callable<?> whole = instance(Whole.class);
        call(whole);

        assertThat(count("whole.class", "method", "call")).isOne();
        assertThat(count("whole.class", "method", "quiet")).isOne();
        assertThat(count("own.name", "method", "named")).isOne();
        assertThat(test.registry().find("whole.class").tag("method", "named").timer())
                .isNull();
    }

    @Test
    void classAnnotation_isInherited() throws Exception {
        ClassLoader loader = new WovenClasses().loader(Heir.class, Whole.class);
        var constructor = loader.loadClass(Heir.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        call((Callable<?>) constructor.newInstance());

        assertThat(count("whole.class", "class", Heir.class.getName())).isOne();
    }

    @Test
    void set_recordsEachOfItsTimers() throws Exception {
        call(instance(Twice.class));

        assertThat(count("first")).isOne();
        assertThat(count("second", "extra", "tag")).isOne();
        assertThat(test.registry().get("second").timer().getId().getDescription())
                .isEqualTo("The second.");
    }

    @Test
    void longTask_isActiveWhileItRuns() throws Exception {
        Callable<?> task = instance(LongTask.class);
        Hook.body = () -> assertThat(activeTasks()).isOne();

        call(task);

        assertThat(activeTasks()).isZero();
    }

    @Test
    void bridge_isNotMeteredBesideItsMethod() throws Exception {
        Callable<?> bridged = instance(Bridged.class); // has call() of String, and its bridge of Object
        call(bridged);

        assertThat(count("bridged")).isOne();
    }

    @Test
    void histogramAndObjectives_areThoseOfTheAnnotation() throws Exception {
        call(instance(Buckets.class));

        var snapshot = test.timer("bucketed").takeSnapshot();
        assertThat(snapshot.histogramCounts())
                .extracting(bucket -> bucket.bucket(TimeUnit.MILLISECONDS))
                .containsExactly(100.0, 500.0);
        assertThat(snapshot.percentileValues())
                .extracting(value -> value.percentile())
                .containsExactly(0.5, 0.95);
    }

    private double activeTasks() {
        return test.registry().get("long.task").longTaskTimer().activeTasks();
    }

    private long count(String timer, String... tags) {
        return test.timer(timer, tags).count();
    }

    static String timer(String name, Class<?> type, String method, String exception) {
        return "%s{class=%s,exception=%s,method=%s}".formatted(name, type.getName(), exception, method);
    }

    static String counter(String name, Class<?> type, String method, String exception, String result) {
        return "%s{class=%s,exception=%s,method=%s,result=%s}"
                .formatted(name, type.getName(), exception, method, result);
    }

    static Object call(Callable<?> callable) {
        try {
            return callable.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static class Plain implements Callable<String> {
        @Override
        @Timed("story.tell")
        @Counted("story.told")
        public String call() {
            return "told";
        }
    }

    static class Slow implements Callable<Object> {
        @Override
        @Timed
        public Object call() throws Exception {
            return Hook.body.call();
        }
    }

    static class Failing implements Callable<Object> {
        @Override
        @Timed("story.tell")
        @Counted("story.told")
        public Object call() throws Exception {
            return Hook.body.call();
        }
    }

    static class Risky implements IntUnaryOperator {
        @Override
        @Counted(recordFailuresOnly = true)
        public int applyAsInt(int divisor) {
            return 12 / divisor;
        }
    }

    static class Hidden implements Callable<String> {
        Hidden() {
            early();
        }

        @Timed("called.by.constructor")
        private void early() {}

        @Override
        public String call() {
            secret();
            last();
            return shared();
        }

        @Timed("private.method")
        private void secret() {}

        @Timed("final.method")
        final void last() {}

        @Timed("static.method")
        private static String shared() {
            return "shared";
        }
    }

    static class Factorial implements IntUnaryOperator {
        @Override
        @Timed("factorial")
        public int applyAsInt(int n) {
            return n <= 1 ? 1 : n * applyAsInt(n - 1);
        }
    }

    public record Point(int x, int y) implements Supplier<Object> {
        @Override
        @Timed("record.method")
        public Object get() {
            return Math.sqrt(x * x + y * y);
        }
    }

    public enum Mood implements Supplier<Object> {
        GRIM;

        @Override
        @Timed("enum.method")
        public Object get() {
            return "grim";
        }
    }

    public interface Greeter extends Supplier<Object> {
        @Override
        @Timed("default.method")
        default Object get() {
            return "hello";
        }
    }

    @Timed("whole.class")
    static class Whole implements Callable<String> {
        @Override
        public String call() {
            quiet();
            named();
            return "done";
        }

        private void quiet() {}

        @Timed("own.name")
        void named() {}
    }

    static class Heir extends Whole {
        @Override
        public String call() {
            return "heir";
        }
    }

    static class Twice implements Callable<String> {
        @Override
        @Timed("first")
        @Timed(
                value = "second",
                extraTags = {"extra", "tag"},
                description = "The second.")
        public String call() {
            return "twice";
        }
    }

    static class LongTask implements Callable<Object> {
        @Override
        @Timed(value = "long.task", longTask = true)
        public Object call() throws Exception {
            return Hook.body.call();
        }
    }

    static class Bridged implements Callable<String> {
        @Override
        @Timed("bridged")
        public String call() {
            return "bridged";
        }
    }

    static class Buckets implements Callable<String> {
        @Override
        @Timed(
                value = "bucketed",
                percentiles = {0.5, 0.95},
                serviceLevelObjectives = {0.1, 0.5})
        public String call() {
            return "bucketed";
        }
    }
}
