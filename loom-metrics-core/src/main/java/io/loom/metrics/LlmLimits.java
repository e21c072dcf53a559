package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.RateLimits.Resource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rate limits of one model, as its last answers told them. A limit that no answer has told is not on the page: 0 would look
 * like a limit that is spent. Thread-safe; takes no lock, apart from registering the gauge of a resource that is new.
 */
final class LlmLimits {
    private final Registrar registrar;
    private final String provider;
    private final String model;
    private final Map<Resource, AtomicLong> limits = new ConcurrentHashMap<>();
    private final Map<Resource, AtomicLong> remaining = new ConcurrentHashMap<>();

    LlmLimits(Registrar registrar, String provider, String model) {
        this.registrar = registrar;
        this.provider = provider;
        this.model = model;
    }

    void show(RateLimits said) {
        said.limits().forEach((resource, value) -> show(LoomMeter.LLM_RATE_LIMIT.spec(), limits, resource, value));
        said.remaining()
                .forEach((resource, value) ->
                        show(LoomMeter.LLM_RATE_LIMIT_REMAINING.spec(), remaining, resource, value));
    }

    private void show(MeterSpec spec, Map<Resource, AtomicLong> shown, Resource resource, long value) {
        if (value < 0) {
            registrar.rejections(spec).reject(Reason.NEGATIVE, value);
            return;
        }
        AtomicLong known = shown.get(resource);
        if (known != null) {
            known.set(value);
            return;
        }
        AtomicLong fresh = new AtomicLong(value);
        AtomicLong rival = shown.putIfAbsent(resource, fresh);
        if (rival == null) {
            registrar.gauge(spec, fresh::doubleValue, provider, model, resource.label());
        } else {
            rival.set(value);
        }
    }
}
