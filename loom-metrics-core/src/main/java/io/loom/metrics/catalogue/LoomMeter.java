package io.loom.metrics.catalogue;

import static io.loom.metrics.catalogue.Label.CACHE_TYPE;
import static io.loom.metrics.catalogue.Label.COLLECTOR;
import static io.loom.metrics.catalogue.Label.ENDPOINT;
import static io.loom.metrics.catalogue.Label.ERROR_TYPE;
import static io.loom.metrics.catalogue.Label.FINISH_REASON;
import static io.loom.metrics.catalogue.Label.FORMAT;
import static io.loom.metrics.catalogue.Label.GENRE;
import static io.loom.metrics.catalogue.Label.INTERACTION_TYPE;
import static io.loom.metrics.catalogue.Label.LABEL;
import static io.loom.metrics.catalogue.Label.METER;
import static io.loom.metrics.catalogue.Label.METHOD;
import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.OUTCOME;
import static io.loom.metrics.catalogue.Label.PLUGIN;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.Label.REASON;
import static io.loom.metrics.catalogue.Label.RESOURCE;
import static io.loom.metrics.catalogue.Label.REVISION;
import static io.loom.metrics.catalogue.Label.RULE_TYPE;
import static io.loom.metrics.catalogue.Label.SEVERITY;
import static io.loom.metrics.catalogue.Label.STATUS;
import static io.loom.metrics.catalogue.Label.TO_MODEL;
import static io.loom.metrics.catalogue.Label.TO_PROVIDER;
import static io.loom.metrics.catalogue.Label.TYPE;
import static io.loom.metrics.catalogue.Label.VERSION;
import static io.loom.metrics.catalogue.MeterKind.COUNTER;
import static io.loom.metrics.catalogue.MeterKind.GAUGE;
import static io.loom.metrics.catalogue.MeterKind.SUMMARY;
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
    LLM_CACHED_TOKENS(
            "loom.llm.cached.tokens",
            COUNTER,
            STABLE,
            "Prompt tokens read from the provider's cache; part of loom_llm_tokens_total.",
            PROVIDER,
            MODEL),
    LLM_CACHE_WRITE_TOKENS(
            "loom.llm.cache.write.tokens",
            COUNTER,
            STABLE,
            "Prompt tokens written to the provider's cache; part of loom_llm_tokens_total.",
            PROVIDER,
            MODEL),
    LLM_REASONING_TOKENS(
            "loom.llm.reasoning.tokens",
            COUNTER,
            STABLE,
            "Completion tokens of reasoning; part of loom_llm_tokens_total.",
            PROVIDER,
            MODEL),
    LLM_WASTED_TOKENS(
            "loom.llm.wasted.tokens",
            COUNTER,
            STABLE,
            "Tokens of attempts that failed or were cancelled; part of loom_llm_tokens_total.",
            PROVIDER,
            MODEL,
            OUTCOME),
    LLM_USAGE_MISSING(
            "loom.llm.usage.missing",
            COUNTER,
            STABLE,
            "LLM answers that did not say how many tokens they used.",
            PROVIDER,
            MODEL),
    LLM_CANCELLED(
            "loom.llm.cancelled",
            COUNTER,
            STABLE,
            "LLM attempts that the caller gave up on; no errors.",
            PROVIDER,
            MODEL),
    LLM_UNCLOSED(
            "loom.llm.unclosed",
            COUNTER,
            STABLE,
            "LLM attempts whose handle was closed without an end; errors of type other.",
            PROVIDER,
            MODEL),
    LLM_TIME_TO_FIRST_TOKEN(
            "loom.llm.time.to.first.token",
            Buckets.FIRST_TOKEN,
            STABLE,
            "Time to the first chunk of a streamed answer.",
            PROVIDER,
            MODEL),
    LLM_TIME_PER_OUTPUT_TOKEN(
            "loom.llm.time.per.output.token",
            Buckets.PER_TOKEN,
            STABLE,
            "Time for each token after the first of a streamed answer.",
            PROVIDER,
            MODEL),
    LLM_STREAM_STALLS(
            "loom.llm.stream.stalls", COUNTER, STABLE, "Gaps in streamed answers that were too long.", PROVIDER, MODEL),
    LLM_SLOW_STREAMS(
            "loom.llm.slow.streams",
            COUNTER,
            STABLE,
            "Streamed answers that came more slowly than a reader reads.",
            PROVIDER,
            MODEL),
    LLM_COST("loom.llm.cost", COUNTER, "usd", STABLE, "Cost of LLM attempts by the price list.", PROVIDER, MODEL),
    LLM_UNPRICED(
            "loom.llm.unpriced",
            COUNTER,
            STABLE,
            "LLM attempts of models that the price list does not have.",
            PROVIDER,
            MODEL),
    LLM_BUDGET("loom.llm.budget", GAUGE, "usd", STABLE, "What LLM attempts may cost."),
    LLM_RETRIES(
            "loom.llm.retries",
            COUNTER,
            STABLE,
            "LLM attempts made again, by why the one before failed.",
            PROVIDER,
            MODEL,
            ERROR_TYPE),
    LLM_FALLBACKS(
            "loom.llm.fallbacks",
            COUNTER,
            STABLE,
            "Times that another model was asked instead.",
            PROVIDER,
            MODEL,
            TO_PROVIDER,
            TO_MODEL),
    LLM_FINISH("loom.llm.finish", COUNTER, STABLE, "LLM answers, by why they ended.", PROVIDER, MODEL, FINISH_REASON),
    LLM_TOOL_CALLS(
            "loom.llm.tool.calls",
            COUNTER,
            STABLE,
            "Tools that models asked for, by outcome.",
            PROVIDER,
            MODEL,
            OUTCOME),
    LLM_RATE_LIMIT(
            "loom.llm.rate.limit",
            GAUGE,
            STABLE,
            "The provider's rate limit, as its last answer told it.",
            PROVIDER,
            MODEL,
            RESOURCE),
    LLM_RATE_LIMIT_REMAINING(
            "loom.llm.rate.limit.remaining",
            GAUGE,
            STABLE,
            "What is left of the provider's rate limit, as its last answer told it.",
            PROVIDER,
            MODEL,
            RESOURCE),

    CACHE_HITS("loom.cache.hits", COUNTER, STABLE, "Look-ups that the cache answered.", CACHE_TYPE),
    CACHE_MISSES("loom.cache.misses", COUNTER, STABLE, "Look-ups that the cache could not answer.", CACHE_TYPE),
    CACHE_EVICTIONS("loom.cache.evictions", COUNTER, STABLE, "Entries that the cache let go of.", CACHE_TYPE),
    CACHE_LOAD_DURATION(
            "loom.cache.load.duration",
            Buckets.SHORT,
            STABLE,
            "Time to make an answer that the cache lacks.",
            CACHE_TYPE),
    CACHE_ENTRIES("loom.cache.entries", GAUGE, STABLE, "Entries in the cache now.", CACHE_TYPE),

    SESSIONS_ACTIVE("loom.sessions.active", GAUGE, STABLE, "Sessions open now."),
    SESSIONS("loom.sessions", COUNTER, STABLE, "Sessions opened."),
    SESSIONS_EXPIRED("loom.sessions.expired", COUNTER, STABLE, "Sessions that nobody closed and nobody used."),
    SESSION_DURATION("loom.session.duration", Buckets.SESSION, STABLE, "Time from a session's start to its last use."),
    SESSION_TURNS("loom.session.turns", SUMMARY, Buckets.TURNS, "Turns of the reader in a session."),
    SESSION_WORDS("loom.session.words", SUMMARY, Buckets.SESSION_WORDS, "Words told in a session."),

    NARRATIVES_GENERATED("loom.narratives.generated", COUNTER, STABLE, "Narratives generated.", GENRE),
    NARRATIVES_WORDS("loom.narratives.words", COUNTER, STABLE, "Words in generated narratives.", GENRE),
    NARRATIVES_TRUNCATED("loom.narratives.truncated", COUNTER, STABLE, "Narratives that were cut off.", GENRE),
    NARRATIVES_FAILED("loom.narratives.failed", COUNTER, STABLE, "Narratives that failed, by reason.", GENRE, REASON),
    NARRATIVE_GENERATION_DURATION(
            "loom.narrative.generation.duration", Buckets.LLM, STABLE, "Time to generate a narrative.", GENRE),
    NARRATIVE_LENGTH(
            "loom.narrative.length", SUMMARY, "words", Buckets.NARRATIVE_WORDS, STABLE, "Words in a narrative.", GENRE),

    USER_INTERACTIONS("loom.user.interactions", COUNTER, STABLE, "What readers did with narratives.", INTERACTION_TYPE),
    USER_RATING("loom.user.rating", SUMMARY, Buckets.RATING, "Ratings by readers, 1 to 5."),
    USER_SATISFACTION_SCORE(
            "loom.user.satisfaction.score",
            GAUGE,
            STABLE,
            "Mean rating of the last 15 minutes, 1 to 5; NaN where there is none."),

    RULES_EXECUTED("loom.rules.executed", COUNTER, STABLE, "Story rules executed.", RULE_TYPE),
    RULES_VIOLATIONS("loom.rules.violations", COUNTER, STABLE, "Story rules violated.", RULE_TYPE, SEVERITY),
    RULE_DURATION("loom.rule.duration", Buckets.SHORT, STABLE, "Time to execute a story rule.", RULE_TYPE),
    RULE_REPAIRS(
            "loom.rule.repairs",
            COUNTER,
            STABLE,
            "Violations of story rules, by what became of them.",
            RULE_TYPE,
            OUTCOME),

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
            "loom.metrics.scrape.duration", Buckets.SHORT, EXPERIMENTAL, "Duration of rendering a scrape.", FORMAT),
    METRICS_COLLECTOR_FAILURES(
            "loom.metrics.collector.failures",
            COUNTER,
            EXPERIMENTAL,
            "Failures of collectors of others, by reason.",
            COLLECTOR,
            REASON),
    METRICS_PLUGIN_FAILURES(
            "loom.metrics.plugin.failures",
            COUNTER,
            EXPERIMENTAL,
            "Calls of a monitor plugin that failed, and series of it that could not be shown.",
            PLUGIN);

    private final MeterSpec spec;
    private final Stability stability;
    private final List<Label> labels;

    LoomMeter(String name, MeterKind kind, Stability stability, String help, Label... labels) {
        this(name, kind, null, Buckets.NONE, stability, help, labels);
    }

    LoomMeter(String name, MeterKind kind, String baseUnit, Stability stability, String help, Label... labels) {
        this(name, kind, baseUnit, Buckets.NONE, stability, help, labels);
    }

    LoomMeter(String name, MeterKind kind, Buckets buckets, String help) {
        this(name, kind, null, buckets, STABLE, help);
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
