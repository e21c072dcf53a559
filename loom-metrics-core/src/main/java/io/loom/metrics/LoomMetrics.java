package io.loom.metrics;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterKind;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.series.SeriesTable;
import io.loom.metrics.woven.WovenMethod;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The typed meters of a narrative service, over any Micrometer registry.
 *
 * <pre>{@code
 * LoomMetrics loom = LoomMetrics.of(registry);
 * loom.http().record("GET", "/api/v1/stories/{id}", 200, elapsed);
 * LlmMeter claude = loom.llm("anthropic", "claude-x");
 * }</pre>
 *
 * <p>Thread-safe. Building and making families fail fast, with a message that says what to do. Recording never throws, and
 * once its series are known it takes no lock: values that cannot be true are dropped, counted in {@code
 * loom_metrics_rejected_total} and logged at most once a minute for each meter. The registry's common tags and filters apply.
 * No thread is started, and nothing is kept in thread-locals, so that handles work across threads, executors and virtual
 * threads.
 *
 * <p>A registry holds one instance at a time.
 */
public final class LoomMetrics implements AutoCloseable {
    private static final Path PROC_STATUS = Path.of("/proc/self/status");

    private final Registrar registrar;
    private final HttpMeters http;
    private final LlmMeters llm;
    private final SeriesTable<CacheMeter> caches;
    private final SessionMeters sessions;
    private final NarrativeMeters narratives;
    private final InteractionMeters interactions;
    private final RuleMeters rules;
    private final OwnFamilies families;
    private final BoundAnnotations annotations;

    LoomMetrics(Registrar registrar, LlmSettings llmSettings, Duration sessionIdleTimeout) {
        this.registrar = registrar;
        BuildInfo build = BuildInfo.load();
        registrar.gauge(LoomMeter.BUILD_INFO.spec(), () -> 1, build.version(), build.revision());
        this.http = new HttpMeters(registrar);
        this.llm = new LlmMeters(registrar, llmSettings);
        this.caches = registrar.table(
                LoomMeter.CACHE_HITS.spec(),
                List.of(registrar.openGate(LoomMeter.CACHE_HITS, Label.CACHE_TYPE)),
                values -> new CacheMeter(registrar, values[0]));
        this.sessions = new SessionMeters(registrar, sessionIdleTimeout);
        this.narratives = new NarrativeMeters(registrar);
        this.interactions = new InteractionMeters(registrar);
        this.rules = new RuleMeters(registrar);
        this.families = new OwnFamilies(registrar);
        this.annotations = new BoundAnnotations(registrar);
    }

    /**
     * {@return the typed meters over {@code registry}, with defaults}
     *
     * @throws IllegalStateException where the registry has a {@code LoomMetrics} already that is not closed
     */
    public static LoomMetrics of(MeterRegistry registry) {
        return builder(registry).build();
    }

    /** {@return a builder of the typed meters over {@code registry}} */
    public static LoomMetricsBuilder builder(MeterRegistry registry) {
        return new LoomMetricsBuilder(registry);
    }

    /** {@return typed meters that record nothing, each call with a registry of its own} */
    public static LoomMetrics noop() {
        MeterRegistry nothing = new SimpleMeterRegistry();
        nothing.config().meterFilter(MeterFilter.deny());
        return builder(nothing).processMetrics(false).build();
    }

    /** {@return the registry that the meters record to; it is the caller's} */
    public MeterRegistry registry() {
        return registrar.registry();
    }

    /** {@return the HTTP meters} */
    public HttpMeters http() {
        return http;
    }

    /**
     * {@return the meter of one model of one provider; its series exist at 0 from now on}
     *
     * @param provider who serves the model: {@code openai}
     * @param model the model: {@code gpt-4}
     */
    public LlmMeter llm(@Nullable String provider, @Nullable String model) {
        return llm.get(provider, model);
    }

    /**
     * {@return the meter of one cache; its series exist at 0 from now on}
     *
     * @param cacheType which cache: {@code response}
     */
    public CacheMeter cache(@Nullable String cacheType) {
        return caches.get(cacheType);
    }

    /** {@return the session meters} */
    public SessionMeters sessions() {
        return sessions;
    }

    /** {@return the narrative meters} */
    public NarrativeMeters narratives() {
        return narratives;
    }

    /** {@return the interaction meters} */
    public InteractionMeters interactions() {
        return interactions;
    }

    /** {@return the rule meters} */
    public RuleMeters rules() {
        return rules;
    }

    /**
     * {@return a family of counters of the caller's own; the same one for the same arguments}
     *
     * @param name lower-case words joined by dots; {@code _total} is added on the wire
     * @param help one sentence for the reader of the page
     * @param labelKeys the label names
     * @throws IllegalArgumentException where a name is illegal, or taken by a different meter
     */
    public CounterFamily counter(String name, String help, String... labelKeys) {
        return families.counter(new MeterSpec(name, MeterKind.COUNTER, null, help, List.of(labelKeys), Buckets.NONE));
    }

    /**
     * {@return a family of gauges of the caller's own; the same one for the same arguments}
     *
     * @param name lower-case words joined by dots
     * @param help one sentence for the reader of the page
     * @param labelKeys the label names
     * @throws IllegalArgumentException where a name is illegal, or taken by a different meter
     */
    public GaugeFamily gauge(String name, String help, String... labelKeys) {
        return families.gauge(new MeterSpec(name, MeterKind.GAUGE, null, help, List.of(labelKeys), Buckets.NONE));
    }

    /**
     * {@return a family of timers of the caller's own, with the buckets of {@link Buckets#HTTP}}
     *
     * @param name lower-case words joined by dots; {@code _seconds} is added on the wire
     * @param help one sentence for the reader of the page
     * @param labelKeys the label names
     * @throws IllegalArgumentException where a name is illegal, or taken by a different meter
     */
    public TimerFamily timer(String name, String help, String... labelKeys) {
        return timer(name, help, Buckets.HTTP, labelKeys);
    }

    /**
     * {@return a family of timers of the caller's own; the same one for the same arguments}
     *
     * @param name lower-case words joined by dots; {@code _seconds} is added on the wire
     * @param help one sentence for the reader of the page
     * @param buckets the upper bounds, in seconds
     * @param labelKeys the label names
     * @throws IllegalArgumentException where a name is illegal, or taken by a different meter
     */
    public TimerFamily timer(String name, String help, Buckets buckets, String... labelKeys) {
        return families.timer(new MeterSpec(name, MeterKind.TIMER, null, help, List.of(labelKeys), buckets));
    }

    /**
     * {@return a family of summaries of the caller's own: the distribution of amounts; the same one for the same arguments}
     *
     * @param name lower-case words joined by dots
     * @param help one sentence for the reader of the page
     * @param buckets the upper bounds; {@link Buckets#NONE} for count, sum and maximum only
     * @param labelKeys the label names
     * @throws IllegalArgumentException where a name is illegal, or taken by a different meter
     */
    public SummaryFamily summary(String name, String help, Buckets buckets, String... labelKeys) {
        return families.summary(new MeterSpec(name, MeterKind.SUMMARY, null, help, List.of(labelKeys), buckets));
    }

    /**
     * Has methods with {@code @Timed} and {@code @Counted} that are woven record here, all of this JVM, until this is closed or
     * another instance is bound. Until one is, they are not metered. {@code docs/annotations.md} says how to weave them.
     *
     * @return this
     */
    public LoomMetrics bindAnnotations() {
        WovenMethod.bind(annotations);
        return this;
    }

    /**
     * Registers the standard process metrics, but for those that the registry has already. Building does so, unless {@link
     * LoomMetricsBuilder#processMetrics} is off: then this is for later, when others, such as Micrometer's {@code UptimeMetrics},
     * have registered theirs. Calling it again adds what is missing, and nothing once this is closed.
     *
     * @return this
     */
    public LoomMetrics bindProcessMetrics() {
        new ProcessMeters(registrar).register(PROC_STATUS);
        return this;
    }

    /**
     * Removes from the registry what reads this instance: its gauges and process metrics. Counters and timers stay, since what
     * they count has happened; handles may still be used and do no harm. The registry itself is the caller's and stays open.
     * Closing again does nothing.
     */
    @Override
    public void close() {
        WovenMethod.unbind(annotations);
        registrar.close();
    }
}
