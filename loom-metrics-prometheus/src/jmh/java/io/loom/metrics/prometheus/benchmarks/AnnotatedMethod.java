package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.weaving.LoomAgent;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A method that does nothing and is timed: woven by loom, by Micrometer's aspect, which AspectJ weaves, and by hand. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnnotatedMethod {
    @Benchmark
    public void loom(Woven woven) {
        woven.story.run();
    }

    @Benchmark
    public void micrometer(Aspect aspect) {
        aspect.story.run();
    }

    @Benchmark
    public void handWritten(ByHand byHand) {
        byHand.story.run();
    }

    @Benchmark
    public void unbound(Unbound unbound) {
        unbound.story.run();
    }

    /** Loom's agent is there before the class is. */
    @State(Scope.Benchmark)
    public static class Woven {
        private final Runnable story;

        public Woven() {
            LoomAgent.attach();
            LoomMetrics.of(new LoomPrometheusRegistry()).bindAnnotations();
            this.story = new TimedStory();
        }
    }

    /** Woven, with nowhere to record. */
    @State(Scope.Benchmark)
    public static class Unbound {
        private final Runnable story;

        public Unbound() {
            LoomAgent.attach();
            this.story = new TimedStory();
        }
    }

    /** Micrometer's Prometheus registry is the one that its aspect finds. */
    @State(Scope.Benchmark)
    public static class Aspect {
        private Runnable story = () -> {};

        @Setup
        public void weave() throws ReflectiveOperationException {
            Metrics.addRegistry(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
            this.story = AspectWeaving.instance(AspectStory.class);
        }
    }

    /** What a careful author writes. */
    @State(Scope.Benchmark)
    public static class ByHand {
        private final Runnable story = new StoryByHand(Timer.builder("story.tell")
                .tags("class", StoryByHand.class.getName(), "method", "run", "exception", "none")
                .register(new LoomPrometheusRegistry()));
    }

    static final class TimedStory implements Runnable {
        @Override
        @Timed("story.tell")
        public void run() {}
    }

    /** The same, for the other weaver. */
    public static final class AspectStory implements Runnable {
        @Override
        @Timed("story.tell")
        public void run() {}
    }

    static final class StoryByHand implements Runnable {
        private final Timer timer;

        StoryByHand(Timer timer) {
            this.timer = timer;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            try {
                // nothing, as the others do
            } finally {
                timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            }
        }
    }
}
