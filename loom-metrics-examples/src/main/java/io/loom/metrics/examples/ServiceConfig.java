package io.loom.metrics.examples;

import io.loom.metrics.examples.llm.ChatService;
import io.loom.metrics.examples.tracing.TraceTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the service runs.
 *
 * @param host name or address to listen on
 * @param port 0 to 65535; 0 for any that is free
 * @param traffic whether it sends itself requests
 * @param rate requests a second of the traffic: more than 0, at most 1000
 * @param seed of the simulated models and readers
 * @param latencyScale factor to the latency of the simulated models: 0 to 100
 * @param failures share of attempts that the simulated models fail: 0 to 1
 * @param jvmMetrics whether the page shows the Java virtual machine
 * @param chat what answers prompts; without it simulated models do
 * @param prices what that service's tokens cost
 * @param log how log lines look
 * @param traces where spans go; without it nowhere
 */
public record ServiceConfig(
        String host,
        int port,
        boolean traffic,
        double rate,
        long seed,
        double latencyScale,
        double failures,
        boolean jvmMetrics,
        Optional<ChatService> chat,
        Optional<Path> prices,
        LogFormat log,
        Optional<TraceTarget> traces) {
    private static final String SIMULATED = Setting.LLM_URL.standard();
    private static final String NO_PRICES = Setting.LLM_PRICES.standard();
    private static final String NO_TRACES = Setting.OTLP_ENDPOINT.standard();
    private static final double MILLIS = 1e3;
    private static final int MAX_PORT = 65_535;
    private static final double MAX_RATE = 1_000;
    private static final double MAX_LATENCY_SCALE = 100;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException where a value is out of range
     */
    public ServiceConfig {
        require(!host.isBlank(), "host must not be blank", host);
        require(port >= 0 && port <= MAX_PORT, "port must be 0 to 65535", port);
        require(rate > 0 && rate <= MAX_RATE, "rate must be more than 0 and at most 1000", rate);
        require(latencyScale >= 0 && latencyScale <= MAX_LATENCY_SCALE, "latency-scale must be 0 to 100", latencyScale);
        require(failures >= 0 && failures <= 1, "failures must be 0 to 1", failures);
    }

    /**
     * {@return the configuration of these texts, and of the defaults for what they leave out}
     *
     * @throws IllegalArgumentException where a text is not what it stands for, or out of range
     */
    static ServiceConfig of(Map<Setting, String> texts) {
        return new ServiceConfig(
                read(texts, Setting.HOST, text -> text, "a name or address"),
                read(texts, Setting.PORT, Integer::valueOf, "a whole number"),
                read(texts, Setting.TRAFFIC, ServiceConfig::truth, "true or false"),
                read(texts, Setting.RATE, Double::valueOf, "a number"),
                read(texts, Setting.SEED, Long::valueOf, "a whole number"),
                read(texts, Setting.LATENCY_SCALE, Double::valueOf, "a number"),
                read(texts, Setting.FAILURES, Double::valueOf, "a number"),
                read(texts, Setting.JVM_METRICS, ServiceConfig::truth, "true or false"),
                chat(texts),
                Optional.of(read(texts, Setting.LLM_PRICES, Path::of, "a file"))
                        .filter(file -> !file.toString().equals(NO_PRICES)),
                read(texts, Setting.LOG, LogFormat::of, "text or json"),
                traces(texts));
    }

    private static Optional<ChatService> chat(Map<Setting, String> texts) {
        String url = read(texts, Setting.LLM_URL, text -> text, "a URL");
        return url.equals(SIMULATED) ? Optional.empty() : Optional.of(service(texts));
    }

    private static ChatService service(Map<Setting, String> texts) {
        return new ChatService(
                read(texts, Setting.LLM_URL, URI::create, "a URL"),
                read(texts, Setting.LLM_PROVIDER, text -> text, "a name"),
                read(texts, Setting.LLM_MODEL, text -> text, "a name"),
                read(texts, Setting.LLM_STREAM, ServiceConfig::truth, "true or false"),
                Duration.ofMillis(Math.round(read(texts, Setting.LLM_LIMIT, Double::valueOf, "a number") * MILLIS)));
    }

    /** The share is checked in any case, so that a wrong one is told before it is needed. */
    private static Optional<TraceTarget> traces(Map<Setting, String> texts) {
        String endpoint = read(texts, Setting.OTLP_ENDPOINT, text -> text, "a URL");
        double sampling = read(texts, Setting.TRACE_SAMPLING, Double::valueOf, "a number");
        require(sampling >= 0 && sampling <= 1, "trace-sampling must be 0 to 1", sampling);
        return endpoint.equals(NO_TRACES)
                ? Optional.empty()
                : Optional.of(new TraceTarget(read(texts, Setting.OTLP_ENDPOINT, URI::create, "a URL"), sampling));
    }

    private static <T> T read(Map<Setting, String> texts, Setting setting, Function<String, T> parse, String kind) {
        String text = texts.getOrDefault(setting, setting.standard()).strip();
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.key() + " must be " + kind + ": was \"" + text + '"', e);
        }
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": was " + value);
        }
    }
}
