package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.CountedAspect;
import io.micrometer.core.aop.MeterTag;
import io.micrometer.core.aop.MeterTagAnnotationHandler;
import io.micrometer.core.aop.TimedAspect;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;

/** Micrometer's own aspects on our registry, as Spring applies them. */
class MicrometerAspectsTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Stories stories = proxied();

    @Test
    void timed_ofASpringBean_isOnThePage() {
        stories.tell("fantasy");

        assertThat(lines("story_tell_seconds_count"))
                .containsExactly("story_tell_seconds_count{class=\"" + Stories.class.getName()
                        + "\",exception=\"none\",genre=\"fantasy\",method=\"tell\"} 1");
        assertThat(lines("story_tell_seconds_bucket")).hasSize(3);
    }

    @Test
    void counted_ofASpringBeanThatFails_isOnThePage() {
        assertThatThrownBy(stories::fail).isInstanceOf(IllegalStateException.class);

        assertThat(lines("story_failed_total"))
                .containsExactly("story_failed_total{class=\"" + Stories.class.getName()
                        + "\",exception=\"IllegalStateException\",method=\"fail\",result=\"failure\"} 1");
    }

    @Test
    void longTaskAndFuture_ofASpringBean_areOnThePage() {
        stories.later().join();
        stories.task();

        assertThat(lines("story_later_seconds_count"))
                .singleElement()
                .asString()
                .endsWith(" 1");
        assertThat(lines("story_task_seconds_count")).singleElement().asString().endsWith(" 0");
    }

    private List<String> lines(String start) {
        return registry.scrape().lines().filter(line -> line.startsWith(start)).toList();
    }

    private Stories proxied() {
        TimedAspect timed = new TimedAspect(registry);
        timed.setMeterTagAnnotationHandler(new MeterTagAnnotationHandler(type -> null, type -> null));
        AspectJProxyFactory factory = new AspectJProxyFactory(new Told());
        factory.addAspect(timed);
        factory.addAspect(new CountedAspect(registry));
        return factory.getProxy();
    }

    interface Stories {
        String tell(String genre);

        void fail();

        CompletableFuture<String> later();

        void task();
    }

    static class Told implements Stories {
        @Override
        @Timed(
                value = "story.tell",
                serviceLevelObjectives = {0.1, 1})
        public String tell(@MeterTag("genre") String genre) {
            return genre;
        }

        @Override
        @Counted("story.failed")
        public void fail() {
            throw new IllegalStateException();
        }

        @Override
        @Timed("story.later")
        public CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Override
        @Timed(value = "story.task", longTask = true)
        public void task() {}
    }
}
