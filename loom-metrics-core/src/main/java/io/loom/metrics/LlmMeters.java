package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.SeriesTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The LLM meters, by provider and model. Only the published meter feeds its gauge of calls under way. */
final class LlmMeters implements SeriesTable.Factory<LlmMeter> {
    private final Registrar registrar;
    private final SeriesTable<LlmMeter> meters;

    LlmMeters(Registrar registrar) {
        this.registrar = registrar;
        this.meters = registrar.table(
                LoomMeter.LLM_REQUESTS.spec(),
                List.of(
                        registrar.openGate(LoomMeter.LLM_REQUESTS, Label.PROVIDER),
                        registrar.openGate(LoomMeter.LLM_REQUESTS, Label.MODEL)),
                this);
    }

    LlmMeter get(@Nullable String provider, @Nullable String model) {
        return meters.get(provider, model);
    }

    @Override
    public LlmMeter create(String[] values) {
        return new LlmMeter(registrar, values[0], values[1]);
    }

    @Override
    public void published(LlmMeter meter, String[] values) {
        registrar.gauge(LoomMeter.LLM_REQUESTS_IN_PROGRESS.spec(), meter.inProgress()::value, values);
    }
}
