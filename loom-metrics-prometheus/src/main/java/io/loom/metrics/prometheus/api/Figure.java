package io.loom.metrics.prometheus.api;

import static io.loom.metrics.prometheus.api.Grouping.ALL;
import static io.loom.metrics.prometheus.api.Grouping.BUILD;
import static io.loom.metrics.prometheus.api.Grouping.CACHE_TYPE;
import static io.loom.metrics.prometheus.api.Grouping.ENDPOINT;
import static io.loom.metrics.prometheus.api.Grouping.ERROR_TYPE;
import static io.loom.metrics.prometheus.api.Grouping.GENRE;
import static io.loom.metrics.prometheus.api.Grouping.INTERACTION_TYPE;
import static io.loom.metrics.prometheus.api.Grouping.MODEL;
import static io.loom.metrics.prometheus.api.Grouping.RATE_LIMIT;
import static io.loom.metrics.prometheus.api.Grouping.RULE_TYPE;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterKind;
import io.loom.metrics.catalogue.MeterSpec;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a reading keeps: the sum of a family's samples, or of some of them, in some groupings. */
enum Figure {
    HTTP_REQUESTS(LoomMeter.HTTP_REQUESTS, ALL, ENDPOINT),
    HTTP_ERRORS(LoomMeter.HTTP_REQUESTS, Condition.SERVER_ERROR, ALL, ENDPOINT),
    HTTP_DURATION(LoomMeter.HTTP_REQUEST_DURATION, ALL, ENDPOINT),
    HTTP_IN_PROGRESS(LoomMeter.HTTP_REQUESTS_IN_PROGRESS, ALL),

    LLM_REQUESTS(LoomMeter.LLM_REQUESTS, ALL, MODEL),
    LLM_ERRORS(LoomMeter.LLM_ERRORS, ALL, MODEL, ERROR_TYPE),
    LLM_DURATION(LoomMeter.LLM_REQUEST_DURATION, ALL, MODEL),
    LLM_IN_PROGRESS(LoomMeter.LLM_REQUESTS_IN_PROGRESS, ALL, MODEL),
    LLM_FIRST_TOKEN(LoomMeter.LLM_TIME_TO_FIRST_TOKEN, ALL, MODEL),
    LLM_TOKENS(LoomMeter.LLM_TOKENS, ALL),
    LLM_PROMPT_TOKENS(LoomMeter.LLM_TOKENS, Condition.PROMPT, ALL, MODEL),
    LLM_COMPLETION_TOKENS(LoomMeter.LLM_TOKENS, Condition.COMPLETION, ALL, MODEL),
    LLM_COST(LoomMeter.LLM_COST, ALL, MODEL),
    LLM_BUDGET(LoomMeter.LLM_BUDGET, ALL),
    RATE_LIMIT_REMAINING(LoomMeter.LLM_RATE_LIMIT_REMAINING, RATE_LIMIT),
    RATE_LIMIT_WHOLE(LoomMeter.LLM_RATE_LIMIT, RATE_LIMIT),

    CACHE_HITS(LoomMeter.CACHE_HITS, ALL, CACHE_TYPE),
    CACHE_MISSES(LoomMeter.CACHE_MISSES, ALL, CACHE_TYPE),
    CACHE_ENTRIES(LoomMeter.CACHE_ENTRIES, ALL, CACHE_TYPE),

    SESSIONS_ACTIVE(LoomMeter.SESSIONS_ACTIVE, ALL),
    SESSIONS_OPENED(LoomMeter.SESSIONS, ALL),
    SESSIONS_EXPIRED(LoomMeter.SESSIONS_EXPIRED, ALL),
    SESSION_DURATION(LoomMeter.SESSION_DURATION, ALL),
    SESSION_TURNS(LoomMeter.SESSION_TURNS, ALL),

    NARRATIVES_GENERATED(LoomMeter.NARRATIVES_GENERATED, ALL, GENRE),
    NARRATIVES_TRUNCATED(LoomMeter.NARRATIVES_TRUNCATED, ALL),
    NARRATIVES_FAILED(LoomMeter.NARRATIVES_FAILED, ALL),
    NARRATIVES_WORDS(LoomMeter.NARRATIVES_WORDS, ALL, GENRE),
    NARRATIVE_DURATION(LoomMeter.NARRATIVE_GENERATION_DURATION, ALL),

    INTERACTIONS(LoomMeter.USER_INTERACTIONS, INTERACTION_TYPE),
    RATINGS(LoomMeter.USER_RATING, ALL),
    SATISFACTION(LoomMeter.USER_SATISFACTION_SCORE, ALL),

    RULES_EXECUTED(LoomMeter.RULES_EXECUTED, ALL, RULE_TYPE),
    RULES_VIOLATIONS(LoomMeter.RULES_VIOLATIONS, ALL, RULE_TYPE),

    RESIDENT_MEMORY(LoomMeter.PROCESS_RESIDENT_MEMORY, ALL),
    VIRTUAL_MEMORY(LoomMeter.PROCESS_VIRTUAL_MEMORY, ALL),
    CPU_SECONDS(LoomMeter.PROCESS_CPU, ALL),
    START_TIME(LoomMeter.PROCESS_START_TIME, ALL),
    OPEN_FDS(LoomMeter.PROCESS_OPEN_FDS, ALL),
    MAX_FDS(LoomMeter.PROCESS_MAX_FDS, ALL),

    BOUND_HEAP_USED("jvm_memory_used_bytes", Condition.HEAP, ALL),
    BOUND_THREADS("jvm_threads_live_threads", null, ALL),
    BOUND_GC_PAUSE("jvm_gc_pause_seconds", ALL),
    HEAP_USED(ALL),
    HEAP_MAX(ALL),
    THREADS(ALL),
    GC_SECONDS(ALL),

    BUILD_INFO(LoomMeter.BUILD_INFO, BUILD),
    LIBRARY_SERIES(LoomMeter.METRICS_SERIES, ALL),
    LIBRARY_OVERFLOW(LoomMeter.METRICS_OVERFLOW, ALL),
    LIBRARY_REJECTED(LoomMeter.METRICS_REJECTED, ALL),
    PLUGIN_FAILURES(LoomMeter.METRICS_PLUGIN_FAILURES, ALL);

    private static final Map<String, List<Figure>> BY_FAMILY = Arrays.stream(values())
            .filter(figure -> !figure.family.isEmpty())
            .collect(Collectors.groupingBy(figure -> figure.family));

    private static final Map<Grouping, List<Figure>> BY_GROUPING =
            Arrays.stream(Grouping.values()).collect(Collectors.toMap(Function.identity(), Figure::summedBy));

    private final String family;
    private final boolean histogram;
    private final @Nullable Condition condition;
    private final List<Grouping> groupings;

    /** A figure that comes from the JVM itself. */
    Figure(Grouping grouping) {
        this("", false, null, grouping);
    }

    /** A figure of somebody else's histogram. */
    Figure(String family, Grouping grouping) {
        this(family, true, null, grouping);
    }

    /** A figure of somebody else's counter or gauge. */
    Figure(String family, @Nullable Condition condition, Grouping grouping) {
        this(family, false, condition, grouping);
    }

    Figure(LoomMeter meter, Grouping... groupings) {
        this(meter, null, groupings);
    }

    Figure(LoomMeter meter, @Nullable Condition condition, Grouping... groupings) {
        this(Names.family(meter.spec()), Names.isHistogram(meter.spec()), condition, groupings);
    }

    Figure(String family, boolean histogram, @Nullable Condition condition, Grouping... groupings) {
        this.family = family;
        this.histogram = histogram;
        this.condition = condition;
        this.groupings = List.of(groupings);
    }

    /** {@return the names of all families that figures come from} */
    static Set<String> families() {
        return BY_FAMILY.keySet();
    }

    /** {@return the figures that come from a family} */
    static List<Figure> of(String family) {
        return BY_FAMILY.getOrDefault(family, List.of());
    }

    /** {@return the figures that are summed by a grouping} A group keeps them in this order. */
    static List<Figure> in(Grouping grouping) {
        return BY_GROUPING.getOrDefault(grouping, List.of());
    }

    /** {@return whether it is a histogram, and no amount} */
    boolean isHistogram() {
        return histogram;
    }

    /** {@return what it is summed by} */
    List<Grouping> groupings() {
        return groupings;
    }

    /** {@return whether a sample counts that has these labels} */
    boolean counts(LabelValues labels) {
        return condition == null
                || condition.pattern.matcher(labels.get(condition.key)).matches();
    }

    private static List<Figure> summedBy(Grouping grouping) {
        return Arrays.stream(values())
                .filter(figure -> figure.groupings.contains(grouping))
                .toList();
    }

    /** Which samples of a family count. */
    private enum Condition {
        SERVER_ERROR(Label.STATUS.key(), "5.."),
        PROMPT(Label.TYPE.key(), "prompt"),
        COMPLETION(Label.TYPE.key(), "completion"),
        HEAP("area", "heap");

        private final String key;
        private final Pattern pattern;

        Condition(String key, String pattern) {
            this.key = key;
            this.pattern = Pattern.compile(pattern);
        }
    }

    /** How the catalogue's meters are named on the page. */
    private static final class Names {
        private static final PrometheusNamingConvention CONVENTION = new PrometheusNamingConvention();

        private Names() {}

        static String family(MeterSpec spec) {
            return CONVENTION.name(spec.name(), type(spec.kind()), spec.baseUnit());
        }

        static boolean isHistogram(MeterSpec spec) {
            return spec.kind() == MeterKind.TIMER || spec.kind() == MeterKind.SUMMARY;
        }

        private static Meter.Type type(MeterKind kind) {
            return switch (kind) {
                case COUNTER -> Meter.Type.COUNTER;
                case GAUGE -> Meter.Type.GAUGE;
                case TIMER -> Meter.Type.TIMER;
                case SUMMARY -> Meter.Type.DISTRIBUTION_SUMMARY;
            };
        }
    }
}
