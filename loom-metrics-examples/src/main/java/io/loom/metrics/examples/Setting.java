package io.loom.metrics.examples;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be set, by a line {@code key=value} of a properties file or a flag {@code --key value}; some by the environment. */
enum Setting {
    HOST("127.0.0.1", "name or address to listen on"),
    PORT("8000", "port to listen on; 0 for any that is free"),
    TRAFFIC("false", "whether to send the service requests, as readers do"),
    RATE("20", "requests a second of --traffic"),
    SEED("1", "seed of the simulated models and readers"),
    LATENCY_SCALE("1", "factor to the latency of the simulated models; 0 for none"),
    FAILURES("0.01", "share of attempts that the simulated models fail: 0 to 1"),
    JVM_METRICS("true", "whether to show the metrics of the Java virtual machine"),
    LLM_URL("simulated", "base URL of a service that speaks OpenAI's protocol, instead of simulated models"),
    LLM_PROVIDER("openai", "name of that service's provider, as a label"),
    LLM_MODEL("gpt-4", "model to ask it for"),
    LLM_STREAM("true", "whether its answers are to come in chunks"),
    LLM_LIMIT("60", "seconds that one of its answers may take"),
    LLM_PRICES("none", "file of its prices: see docs/llm.md"),
    LOG("text", "how log lines look: text or json"),
    OTLP_ENDPOINT(
            "none", "base URL of a receiver of traces, such as http://localhost:4318", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    TRACE_SAMPLING("0.1", "share of the traces that are recorded: 0 to 1", "OTEL_TRACES_SAMPLER_ARG");

    private final String standard;
    private final String meaning;
    private final String variable;
    private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Setting(String standard, String meaning) {
        this(standard, meaning, "");
    }

    Setting(String standard, String meaning, String variable) {
        this.standard = standard;
        this.meaning = meaning;
        this.variable = variable;
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static Optional<Setting> ofFlag(String flag) {
        return Arrays.stream(values())
                .filter(setting -> setting.flag().equals(flag))
                .findFirst();
    }

    /** {@return the keys, for messages} */
    static String keys() {
        return Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    String key() {
        return key;
    }

    String flag() {
        return "--" + key;
    }

    /** {@return the environment variable that sets it, too; empty for none} */
    String variable() {
        return variable;
    }

    String standard() {
        return standard;
    }

    /** {@return whether its flag may stand alone, which means true} */
    boolean isSwitch() {
        return standard.equals("true") || standard.equals("false");
    }

    /** {@return its line of the help text} */
    String help() {
        return String.format("  %-24s %s (%s)", isSwitch() ? flag() : flag() + ' ' + name(), meaning, standard);
    }
}
