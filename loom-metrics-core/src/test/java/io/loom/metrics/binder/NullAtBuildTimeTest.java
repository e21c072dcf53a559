package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import java.net.http.HttpClient;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is missing is told where an adapter is built, and not when the first request comes. */
class NullAtBuildTimeTest {
    private static final LoomMetrics LOOM = LoomMetrics.noop();
    private static final StreamingChatModel MODEL = new StreamingChatModel() {
        @Override
        public void chat(String userMessage, StreamingChatResponseHandler handler) {}
    };

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void build_null_isRefusedByItsName(String name, ThrowingCallable build) {
        assertThatNullPointerException().isThrownBy(build).withMessage(name);
    }

    static Stream<Arguments> build_null_isRefusedByItsName() {
        return Stream.of(
                refused("meter", () -> LoomStatsCounter.of(null)),
                refused("loom", () -> LoomChatObservationHandler.of(null)),
                refused("provider", () -> LoomChatObservationHandler.of(LOOM).withProvider(null)),
                refused("model", () -> LoomChatObservationHandler.of(LOOM).withModel(null)),
                refused("client", () -> RateLimitHttpClient.of(null, said -> {})),
                refused("listener", () -> RateLimitHttpClient.of(HttpClient.newHttpClient(), null)),
                refused("listener", () -> RateLimitHttpClient.newBuilder(null)),
                refused("loom", () -> LoomHttpFilter.of(null)),
                refused("resolver", () -> LoomHttpFilter.of(LOOM).withEndpoint(null)),
                refused("resolver", () -> LoomHttpFilter.of(LOOM).withEndpointAtStart(null)),
                refused("loom", () -> LoomServletFilter.of(null)),
                refused("resolver", () -> LoomServletFilter.of(LOOM).withEndpoint(null)),
                refused("resolver", () -> LoomServletFilter.of(LOOM).withEndpointAtStart(null)),
                refused("loom", () -> LoomChatModelListener.of((LoomMetrics) null)),
                refused("meter", () -> LoomChatModelListener.of((LlmMeter) null)),
                refused("usage", () -> LoomChatModelListener.of(LOOM).withUsage(null)),
                refused("model", () -> LoomStreamingChatModel.of(null, LOOM)),
                refused("loom", () -> LoomStreamingChatModel.of(MODEL, (LoomMetrics) null)),
                refused("meter", () -> LoomStreamingChatModel.of(MODEL, (LlmMeter) null)),
                refused("usage", () -> LoomStreamingChatModel.of(MODEL, LOOM).withUsage(null)));
    }

    private static Arguments refused(String name, ThrowingCallable build) {
        return Arguments.of(name, build);
    }
}
