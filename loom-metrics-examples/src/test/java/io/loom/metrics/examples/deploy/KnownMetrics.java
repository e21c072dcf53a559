package io.loom.metrics.examples.deploy;

import io.loom.metrics.Interaction;
import io.loom.metrics.Repair;
import io.loom.metrics.Severity;
import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.examples.deploy.Promql.Matcher;
import io.loom.metrics.examples.deploy.Promql.Selector;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.RateLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a query may name: metrics of the catalogue, those of other programs that are listed, and those that rules record; each with
 * its labels.
 */
final class KnownMetrics {
    private static final Set<String> TARGET_LABELS = Set.of("job", "instance", "cluster");
    private static final Pattern ALTERNATIVES = Pattern.compile("[a-z_|]+");

    private static final Map<String, Set<String>> VALUES = Map.of(
            Label.OUTCOME.key(),
            union(labels(Outcome.values(), Outcome::label), labels(Repair.values(), Repair::label)),
            Label.TYPE.key(),
            Set.of("prompt", "completion"),
            Label.ERROR_TYPE.key(),
            labels(ErrorType.values(), ErrorType::label),
            Label.FINISH_REASON.key(),
            labels(FinishReason.values(), FinishReason::label),
            Label.SEVERITY.key(),
            labels(Severity.values(), Severity::label),
            Label.RESOURCE.key(),
            labels(RateLimits.Resource.values(), RateLimits.Resource::label),
            Label.INTERACTION_TYPE.key(),
            labels(Interaction.values(), Interaction::label));

    private final Map<String, Set<String>> labelsByName = new HashMap<>();

    static KnownMetrics of(List<ForeignMetric> foreign, Path recordingRules) throws IOException {
        KnownMetrics known = new KnownMetrics();
        for (LoomMeter meter : LoomMeter.values()) {
            namesOf(meter).forEach(name -> known.add(name, meter.spec().labelKeys()));
        }
        foreign.forEach(metric -> known.add(metric.name(), metric.labels()));
        for (Rule rule : Rule.recording(recordingRules)) {
            known.add(rule.name(), Promql.of(rule.expr()).labels());
        }
        return known;
    }

    /** {@return the name on the wire of a meter's family} */
    static String nameOf(LoomMeter meter) {
        MeterSpec spec = meter.spec();
        String name = spec.name().replace('.', '_');
        String unit =
                Optional.ofNullable(spec.baseUnit()).map(word -> '_' + word).orElse("");
        return switch (spec.kind()) {
            case COUNTER -> name + unit + "_total";
            case GAUGE, SUMMARY -> name + unit;
            case TIMER -> name + "_seconds";
        };
    }

    /** {@return the names of a meter's samples} */
    static List<String> namesOf(LoomMeter meter) {
        String name = nameOf(meter);
        return switch (meter.spec().kind()) {
            case COUNTER, GAUGE -> List.of(name);
            case TIMER, SUMMARY ->
                Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat).toList();
        };
    }

    /** {@return what is wrong with the names in a query; nothing where all are known} */
    List<String> wrongNames(String expression) {
        Promql names = Promql.of(expression);
        List<String> wrong = new ArrayList<>();
        Set<String> allLabels = new LinkedHashSet<>(TARGET_LABELS);
        for (Selector selector : names.selectors()) {
            Set<String> labels = labelsByName.get(selector.metric());
            if (labels == null) {
                wrong.add("metric " + selector.metric());
            } else {
                allLabels.addAll(labels);
                selector.matchers().forEach(matcher -> check(selector.metric(), labels, matcher, wrong));
            }
        }
        names.labels().stream()
                .filter(label -> !allLabels.contains(label))
                .forEach(label -> wrong.add("label " + label));
        return wrong;
    }

    private static void check(String metric, Set<String> labels, Matcher matcher, List<String> wrong) {
        if (!labels.contains(matcher.label()) && !TARGET_LABELS.contains(matcher.label())) {
            wrong.add("label " + matcher.label() + " of " + metric);
        }
        Set<String> values = VALUES.get(matcher.label());
        if (values != null && ALTERNATIVES.matcher(matcher.value()).matches()) {
            Arrays.stream(matcher.value().split("\\|", -1))
                    .filter(value -> !values.contains(value))
                    .forEach(value -> wrong.add("value " + value + " of " + matcher.label()));
        }
    }

    private void add(String name, Iterable<String> labels) {
        Set<String> all = new LinkedHashSet<>();
        labels.forEach(all::add);
        if (name.endsWith("_bucket")) {
            all.add("le");
        }
        labelsByName.put(name, all);
    }

    private static <T> Set<String> labels(T[] constants, Function<T, String> label) {
        return Arrays.stream(constants).map(label).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.of(some, others).flatMap(Set::stream).collect(Collectors.toSet());
    }
}
