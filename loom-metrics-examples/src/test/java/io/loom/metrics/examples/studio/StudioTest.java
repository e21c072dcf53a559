package io.loom.metrics.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.llm.ErrorType;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a miss of the cache costs. The clock moves on in pauses before attempts are made again, and at no other time. */
class StudioTest {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final ScriptedProvider model = new ScriptedProvider();

    @AutoClose
    private final Studio studio = new Studio(loom, clock, List.of(LlmClient.of(model, loom, clock::add)));

    @Test
    void tell_newWish_loadsTheCacheInTheTimeThatWritingTook() throws Exception {
        model.fails(ErrorType.OVERLOADED).fails(ErrorType.OVERLOADED);

        studio.tell(null, Genre.FANTASY, "a lost dragon");

        assertThat(loads().count()).isEqualTo(1);
        assertThat(loads().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(100 + 200);
    }

    @Test
    void tell_sameWish_loadsNothing() throws Exception {
        studio.tell(null, Genre.FANTASY, "a lost dragon");

        assertThat(studio.tell(null, Genre.FANTASY, "a lost dragon").cached()).isTrue();
        assertThat(loads().count()).isEqualTo(1);
    }

    /** Those that fail fast would flatter. */
    @Test
    void tell_modelFails_loadsNothing() {
        model.fails(ErrorType.AUTH);

        assertThatThrownBy(() -> studio.tell(null, Genre.FANTASY, "a lost dragon"))
                .isInstanceOf(ProviderException.class);
        assertThat(loads().count()).isZero();
    }

    private Timer loads() {
        return registry.get("loom.cache.load.duration")
                .tag("cache_type", "response")
                .timer();
    }
}
