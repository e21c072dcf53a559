package io.loom.metrics.health;

import io.loom.metrics.catalogue.LoomMeter;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of the catalogue, and of what the JVM tells of itself, which are theirs even before they are registered: else a plugin that comes first would take them away.
 * Stateless and thread-safe.
 */
final class ReservedNames {
    /** What conventions and formats add to names. */
    private static final Pattern SUFFIX =
            Pattern.compile("(.+)_(?:total|seconds|bytes|usd|words|count|sum|bucket|max|created|info|gcount|gsum)");

    /** Micrometer's, by which the JVM's state is told. */
    private static final Stream<String> JVM =
            Stream.of("jvm.memory.used", "jvm.threads.live", "jvm.threads.live.threads", "jvm.gc.pause");

    private static final Set<String> CATALOGUE = Stream.concat(
                    Arrays.stream(LoomMeter.values()).map(LoomMeter::meterName), JVM)
            .map(ReservedNames::plain)
            .collect(Collectors.toUnmodifiableSet());

    private ReservedNames() {}

    /** {@return whether a metric of this name could be taken for one of the catalogue} */
    static boolean has(String name) {
        String rest = plain(name);
        Matcher suffixed = SUFFIX.matcher(rest);
        while (!CATALOGUE.contains(rest) && suffixed.matches()) {
            rest = suffixed.group(1);
            suffixed = SUFFIX.matcher(rest);
        }
        return CATALOGUE.contains(rest);
    }

    /** {@return the name as conventions of Prometheus have it, which tell no dots from underscores} */
    static String plain(String name) {
        return name.replaceAll("[^a-zA-Z0-9_:]", "_");
    }
}
