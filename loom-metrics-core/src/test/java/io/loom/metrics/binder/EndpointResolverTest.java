package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.testing.Sneaky;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated
class EndpointResolverTest {
    @Test
    void resolve_functionThatKnows_isItsTemplate() {
        assertThat(new EndpointResolver<Integer>(id -> "/stories/" + id).resolve(7))
                .isEqualTo("/stories/7");
        assertThat(EndpointResolver.none().resolve("request")).isNull();
    }

    @Test
    void resolve_functionThatThrows_isNullAndTheFirstIsLogged() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(LoomMetrics.class);
        lines.list = new CopyOnWriteArrayList<>(); // other tests log at the same time
        lines.start();
        logger.addAppender(lines);
        try {
            EndpointResolver<Throwable> resolver = new EndpointResolver<>(Sneaky::raise);

            Sneaky.kinds().forEach(kind -> assertThat(resolver.resolve(kind)).isNull());
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "an endpoint resolver threw java.lang.IllegalStateException: its requests count as if it"
                                + " had returned null. Further failures are not logged.");
    }
}
