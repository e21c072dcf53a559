package io.loom.metrics.annotation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/**
 * What annotations must obey before they are woven. Micrometer finds these faults when a call is recorded, or never: a registry
 * renames what it cannot write, and of two tags with one key it keeps the last.
 */
public final class AnnotationRules {
    /** What stays apart from other names in every registry's own spelling. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]*");

    /** What becomes an underscore on Prometheus's page. */
    private static final Pattern ON_THE_WIRE = Pattern.compile("[^a-zA-Z0-9_]");

    private static final double SHORTEST_SECONDS = 1e-9;

    private AnnotationRules() {}

    /** {@return what is wrong: each a sentence with rule, value and remedy; none where all is well} */
    public static List<String> problems(MethodAnnotations annotations) {
        List<String> problems = new ArrayList<>();
        for (TimedMeter timed : annotations.timed()) {
            String subject = "@Timed(\"" + timed.name() + "\")";
            checkName(subject, timed.name(), problems);
            List<String> keys = timed.allTagKeys(annotations.tagKeys());
            checkTags(subject, timed.extraTags(), keys, problems);
            checkReserved(subject, timed, keys, problems);
            checkNumbers(subject, "percentiles", "from 0 to 1", timed.percentiles(), p -> p >= 0 && p <= 1, problems);
            checkNumbers(
                    subject,
                    "serviceLevelObjectives",
                    "a nanosecond or more, in seconds",
                    timed.objectives(),
                    seconds -> seconds >= SHORTEST_SECONDS && !Double.isInfinite(seconds),
                    problems);
        }
        for (CountedMeter counted : annotations.counted()) {
            String subject = "@Counted(\"" + counted.name() + "\")";
            checkName(subject, counted.name(), problems);
            checkTags(subject, counted.extraTags(), counted.allTagKeys(annotations.tagKeys()), problems);
        }
        checkExpressions(annotations, problems);
        checkOncePerMethod(annotations, problems);
        return problems;
    }

    private static void checkName(String subject, String name, List<String> problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    subject + ": a metric name must be letters, digits and . _ : - and begin with a letter or _: was \""
                            + name + "\". Rename it.");
        }
    }

    private static void checkTags(String subject, List<String> extraTags, List<String> keys, List<String> problems) {
        if (extraTags.size() % 2 != 0) {
            problems.add(subject + ": extraTags must be pairs of key and value: was " + extraTags
                    + ". Add what is missing.");
        }
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (!NAME.matcher(key).matches()) {
                problems.add(
                        subject + ": a tag key must be letters, digits and . _ : - and begin with a letter or _: was \""
                                + key + "\". Rename it.");
            } else if (!seen.add(ON_THE_WIRE.matcher(key).replaceAll("_"))) {
                problems.add(
                        subject + ": each tag key must be there once: \"" + key + "\" is there twice. Rename yours;"
                                + " class, method and exception are taken, and result for counters. Dots and dashes become"
                                + " underscores.");
            }
        }
    }

    /** What the page adds to buckets and quantiles. */
    private static void checkReserved(String subject, TimedMeter timed, List<String> keys, List<String> problems) {
        boolean hasBuckets = timed.histogram() || !timed.objectives().isEmpty();
        if (!timed.longTask() && hasBuckets && keys.contains("le")) {
            problems.add(subject + ": a tag key must not be \"le\", which is for its buckets. Rename it.");
        }
        if (!timed.longTask() && !timed.percentiles().isEmpty() && keys.contains("quantile")) {
            problems.add(subject + ": a tag key must not be \"quantile\", which is for its percentiles. Rename it.");
        }
    }

    private static void checkNumbers(
            String subject,
            String what,
            String rule,
            List<Double> numbers,
            DoublePredicate holds,
            List<String> problems) {
        for (double number : numbers) {
            if (!holds.test(number)) {
                problems.add(subject + ": " + what + " must be " + rule + ": was " + number + ". Correct it.");
            }
        }
    }

    private static void checkExpressions(MethodAnnotations annotations, List<String> problems) {
        for (MethodTag tag : annotations.tags()) {
            if (!tag.expression().isBlank()) {
                problems.add(
                        "@MeterTag(\"" + tag.key() + "\"): an expression needs a language, and none is there: was \""
                                + tag.expression() + "\". Give it a resolver.");
            }
        }
    }

    /** Two timers of one name on one method would be one that counts twice, or two types of one name. */
    private static void checkOncePerMethod(MethodAnnotations annotations, List<String> problems) {
        Set<String> names = new HashSet<>();
        annotations.timed().stream()
                .map(TimedMeter::name)
                .filter(name -> !names.add(name))
                .forEach(name -> problems.add(
                        "@Timed(\"" + name + "\"): a name must be on a method once: it is there twice. Rename one."));
    }
}
