package io.loom.metrics.weaving;

import io.loom.metrics.LoomMetrics;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.MeterTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;

/** A program of its own, which an agent weaves. It prints what was recorded. */
public final class AgentProgram {
    private AgentProgram() {}

    public static void main(String[] args) {
        if (args.length > 0) { // loaded, and linked, before it is woven
            new Told().tell("early");
            LoomAgent.attach();
            LoomAgent.attach();
        }
        MeterRegistry registry = new SimpleMeterRegistry();
        LoomMetrics.of(registry).bindAnnotations();
        Told told = new Told();
        told.tell("fantasy");
        told.later().join();
        told.broken();
        told.broken();
        System.out.println(
                "told=" + registry.get("told").tag("genre", "fantasy").timer().count()
                        + " later=" + registry.get("later").counter().count()
                        + " broken=" + registry.find("broken one").timers().size());
    }

    static final class Told {
        @Timed("told")
        private String tell(@MeterTag("genre") String genre) {
            return genre;
        }

        @Counted("later")
        private CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Timed("broken one")
        private void broken() {}
    }
}
