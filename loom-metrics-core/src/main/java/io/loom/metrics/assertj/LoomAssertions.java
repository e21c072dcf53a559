package io.loom.metrics.assertj;

import io.loom.metrics.LoomMetrics;

/**
 * Where assertions on loom's meters begin.
 *
 * <pre>{@code
 * assertThat(loom).llm("openai", "gpt-4").hasRequests(3).hasErrors(ErrorType.RATE_LIMIT, 2);
 * assertThat(loom).http("POST", "/api/v1/generate").hasRequests(200, 1);
 * assertThat(loom).hasRejectedNothing();
 * }</pre>
 *
 * <p>They read the registry that the meters record to, so that they see what a dashboard would. A series that does not exist
 * reads 0.
 */
public final class LoomAssertions {
    private LoomAssertions() {}

    /** {@return assertions on what was recorded} */
    public static LoomMetricsAssert assertThat(LoomMetrics actual) {
        return new LoomMetricsAssert(actual);
    }
}
