package io.loom.metrics.examples;

import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ScriptedProvider;
import java.io.IOException;
import java.util.List;

/** A service within the test's own process, on any free port, with a scripted model. */
record TestService(NarrativeService service, ScriptedProvider model, ServiceClient client) implements AutoCloseable {
    static TestService start() throws IOException {
        ScriptedProvider model = new ScriptedProvider();
        NarrativeService service =
                NarrativeService.start(TestConfig.quiet(), loom -> List.of(LlmClient.of(model, loom, duration -> {})));
        return new TestService(service, model, new ServiceClient(service.uri()));
    }

    /** {@return the page, without a request for it, which would count itself} */
    MetricsPage page() {
        return MetricsPage.of(service.registry().scrape());
    }

    /** Waits until samples add up, since a request is counted just after its answer. */
    void awaitSum(double sum, String name, String... labels) throws Exception {
        Eventually.holds(name + List.of(labels) + " is " + sum, () -> page().sum(name, labels) == sum);
    }

    @Override
    public void close() {
        service.close();
    }
}
