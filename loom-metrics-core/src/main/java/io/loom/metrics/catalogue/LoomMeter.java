package io.loom.metrics.catalogue;

import static io.loom.metrics.catalogue.Label.CACHE_TYPE;
import static io.loom.metrics.catalogue.Label.ENDPOINT;
import static io.loom.metrics.catalogue.Label.ERROR_TYPE;
import static io.loom.metrics.catalogue.Label.FORMAT;
import static io.loom.metrics.catalogue.Label.GENRE;
import static io.loom.metrics.catalogue.Label.INTERACTION_TYPE;
import static io.loom.metrics.catalogue.Label.LABEL;
import static io.loom.metrics.catalogue.Label.METER;
import static io.loom.metrics.catalogue.Label.METHOD;
import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.OUTCOME;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.Label.REASON;
import static io.loom.metrics.catalogue.Label.REVISION;
import static io.loom.metrics.catalogue.Label.RULE_TYPE;
import static io.loom.metrics.catalogue.Label.SEVERITY;
import static io.loom.metrics.catalogue.Label.STATUS;
import static io.loom.metrics.catalogue.Label.TYPE;
import static io.loom.metrics.catalogue.Label.VERSION;
import static io.loom.metrics.catalogue.MeterKind.COUNTER;
import static io.loom.metrics.catalogue.MeterKind.GAUGE;
import static io.loom.metrics.catalogue.MeterKind.TIMER;
import static io.loom.metrics.catalogue.Stability.EXPERIMENTAL;
import static io.loom.metrics.catalogue.Stability.STABLE;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue: every metric that the library registers, defined once. */
public enum LoomMeter {
    HTTP_REQUESTS("http.requests", COUNTER, STABLE, "HTTP requests answered.", METHOD, ENDPOINT, STATUS),
    HTTP_REQUEST_DURATION(
            "http.request.duration", Buckets.HTTP, STABLE, "Time from request to answer.", METHOD, ENDPOINT),
    HTTP_REQUESTS_IN_PROGRESS(
            "http.requests.in.progress", GAUGE, STABLE, "HTTP requests being answered now.", ENDPOINT),

    LLM_REQUESTS("loom.llm.requests", COUNTER, STABLE, "LLM attempts that ended, however they ended.", PROVIDER, MODEL),
    LLM_REQUEST_DURATION(
            "loom.llm.request.duration", Buckets.LLM, STABLE, "Duration of LLM attempts.", PROVIDER, MODEL, OUTCOME),
    LLM_REQUESTS_IN_PROGRESS(
            "loom.llm.requests.in.progress", GAUGE, STABLE, "LLM attempts under way now.", PROVIDER, MODEL),
    LLM_TOKENS(
            "loom.llm.tokens",
            COUNTER,
            STABLE,
            "Tokens used; prompt tokens include cached ones.",
            PROVIDER,
            MODEL,
            TYPE),
    LLM_ERRORS("loom.llm.errors", COUNTER, STABLE, "LLM attempts that failed.", PROVIDER, MODEL, ERROR_TYPE),

    CACHE_HITS("loom.cache.hits", COUNTER, STABLE, "Look-ups that the cache answered.", CACHE_TYPE),
    CACHE_MISSES("loom.cache.misses", COUNTER, STABLE, "Look-ups that the cache could not answer.", CACHE_TYPE),

    SESSIONS_ACTIVE("loom.sessions.active", GAUGE, STABLE, "Sessions open now."),
    SESSIONS("loom.sessions", COUNTER, STABLE, "Sessions opened."),

    NARRATIVES_GENERATED("loom.narratives.generated", COUNTER, STABLE, "Narratives generated.", GENRE),
    NARRATIVES_WORDS("loom.narratives.words", COUNTER, STABLE, "Words in generated narratives.", GENRE),

    USER_INTERACTIONS("loom.user.interactions", COUNTER, STABLE, "What readers did with narratives.", INTERACTION_TYPE),
    USER_SATISFACTION_SCORE(
            "loom.user.satisfaction.score",
            GAUGE,
            STABLE,
            "Mean rating of the last 15 minutes, 1 to 5; NaN where there is none."),

    RULES_EXECUTED("loom.rules.executed", COUNTER, STABLE, "Story rules executed.", RULE_TYPE),
    RULES_VIOLATIONS("loom.rules.violations", COUNTER, STABLE, "Story rules violated.", RULE_TYPE, SEVERITY),

    PROCESS_RESIDENT_MEMORY("process.resident.memory", GAUGE, "bytes", STABLE, "Resident memory of the process."),
    PROCESS_VIRTUAL_MEMORY("process.virtual.memory", GAUGE, "bytes", STABLE, "Virtual memory of the process."),
    PROCESS_CPU("process.cpu", COUNTER, "seconds", STABLE, "User and system CPU time of the process."),
    PROCESS_START_TIME("process.start.time", GAUGE, "seconds", STABLE, "Start of the process, since the Unix epoch."),
    PROCESS_OPEN_FDS("process.open.fds", GAUGE, STABLE, "File descriptors open now."),
    PROCESS_MAX_FDS("process.max.fds", GAUGE, STABLE, "File descriptors that the process may open."),

    BUILD_INFO("loom.build.info", GAUGE, STABLE, "The library's build; always 1.", VERSION, REVISION),
    METRICS_SERIES("loom.metrics.series", GAUGE, EXPERIMENTAL, "Label combinations known to a meter.", METER),
    METRICS_OVERFLOW(
            "loom.metrics.overflow",
            COUNTER,
            EXPERIMENTAL,
            "Look-ups whose label value became \"other\" because the label's budget was spent.",
            METER,
            LABEL),
    METRICS_REJECTED(
            "loom.metrics.rejected", COUNTER, EXPERIMENTAL, "Values that were not recorded, by reason.", METER, REASON),
    METRICS_SCRAPE_DURATION(
            "loom.metrics.scrape.duration", Buckets.SHORT, EXPERIMENTAL, "Duration of rendering a scrape.", FORMAT);

    private final MeterSpec spec;
    private final Stability stability;
    private final List<Label> labels;

    LoomMeter(String name, MeterKind kind, Stability stability, String help, Label... labels) {
        this(name, kind, null, Buckets.NONE, stability, help, labels);
    }

    LoomMeter(String name, MeterKind kind, String baseUnit, Stability stability, String help, Label... labels) {
        this(name, kind, baseUnit, Buckets.NONE, stability, help, labels);
    }

    LoomMeter(String name, Buckets buckets, Stability stability, String help, Label... labels) {
        this(name, TIMER, null, buckets, stability, help, labels);
    }

    LoomMeter(
            String name,
            MeterKind kind,
            @Nullable String baseUnit,
            Buckets buckets,
            Stability stability,
            String help,
            Label... labels) {
        List<String> keys = Arrays.stream(labels).map(Label::key).toList();
        this.spec = new MeterSpec(name, kind, baseUnit, help, keys, buckets);
        this.stability = stability;
        this.labels = List.of(labels);
    }

    /** {@return name, kind, unit, help, label keys and buckets} */
    public MeterSpec spec() {
        return spec;
    }

    /** {@return the Micrometer name} */
    public String meterName() {
        return spec.name();
    }

    /** {@return what a reader may rely on} */
    public Stability stability() {
        return stability;
    }

    /** {@return the labels, in the order of their values} */
    public List<Label> labels() {
        return labels;
    }
}
