package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesTable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The LLM meters, by provider and model. Only the published meter feeds its gauge of calls under way, and its cost. */
final class LlmMeters implements SeriesTable.Factory<LlmMeter> {
    private final Registrar registrar;
    private final LlmSettings settings;
    private final Rejections failures;
    private final SeriesTable<LlmMeter> meters;
    private final SeriesTable<CounterSeries> fallbacks;

    LlmMeters(Registrar registrar, LlmSettings settings) {
        this.registrar = registrar;
        this.settings = settings;
        this.failures = registrar.rejections(LoomMeter.LLM_ERRORS.spec());
        LabelGate provider = registrar.openGate(LoomMeter.LLM_REQUESTS, Label.PROVIDER);
        LabelGate model = registrar.openGate(LoomMeter.LLM_REQUESTS, Label.MODEL);
        this.meters = registrar.table(LoomMeter.LLM_REQUESTS.spec(), List.of(provider, model), this);
        this.fallbacks = registrar.table(
                LoomMeter.LLM_FALLBACKS.spec(),
                List.of(
                        registrar.sameGate(provider, LoomMeter.LLM_FALLBACKS, Label.PROVIDER),
                        registrar.sameGate(model, LoomMeter.LLM_FALLBACKS, Label.MODEL),
                        registrar.sameGate(provider, LoomMeter.LLM_FALLBACKS, Label.TO_PROVIDER),
                        registrar.sameGate(model, LoomMeter.LLM_FALLBACKS, Label.TO_MODEL)),
                values -> CounterSeries.register(registrar, LoomMeter.LLM_FALLBACKS.spec(), values));
    }

    LlmMeter get(@Nullable String provider, @Nullable String model) {
        return meters.get(provider, model);
    }

    CounterSeries fallback(String provider, String model, String toProvider, String toModel) {
        return fallbacks.get(provider, model, toProvider, toModel);
    }

    CallEnd classify(@Nullable Throwable failure) {
        return CallEnd.of(failure, this::known);
    }

    CallEnd classify(
            @Nullable Throwable failure, Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown) {
        return CallEnd.of(failure, this::known, each -> ask(alsoKnown, each));
    }

    @Override
    public LlmMeter create(String[] values) {
        return new LlmMeter(this, registrar, settings, values[0], values[1]);
    }

    @Override
    public void published(LlmMeter meter, String[] values) {
        registrar.gauge(LoomMeter.LLM_REQUESTS_IN_PROGRESS.spec(), meter::inProgress, values);
        meter.publish();
    }

    private @Nullable ErrorType known(Throwable failure) {
        return ask(settings.classifier(), failure);
    }

    /** The caller's own code, which may fail: the call that it is asked about has failed already. */
    private @Nullable ErrorType ask(
            Function<? super Throwable, ? extends @Nullable ErrorType> classifier, Throwable failure) {
        try {
            return classifier.apply(failure);
        } catch (Throwable e) {
            failures.reject(Reason.CLASSIFIER, e);
            return null;
        }
    }
}
