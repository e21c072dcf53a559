package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.ExponentialCell;
import io.loom.metrics.prometheus.cell.ExponentialLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which timers and summaries are native histograms, too: none, unless it is said so. Immutable. */
final class NativeHistograms {
    static final NativeHistograms NONE = new NativeHistograms(List.of());

    private static final Logger log = LoggerFactory.getLogger(NativeHistograms.class);

    private final List<Rule> rules;

    private NativeHistograms(List<Rule> rules) {
        this.rules = rules;
    }

    /** {@return these, and those that a predicate finds} What was said first counts. */
    NativeHistograms and(Predicate<String> meterNames, ExponentialLayout layout) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(meterNames, layout));
        return new NativeHistograms(List.copyOf(more));
    }

    /** {@return an empty cell for a meter that is one of them, else null} A predicate that throws finds nothing. */
    @Nullable
    ExponentialCell cell(String meterName) {
        for (Rule rule : rules) {
            try {
                if (Foreign.result(() -> rule.meterNames.test(meterName))) {
                    return new ExponentialCell(rule.layout);
                }
            } catch (Foreign.Failed e) {
                log.warn("{}: a predicate for native histograms failed, so it says no", meterName, e);
            }
        }
        return null;
    }

    private record Rule(Predicate<String> meterNames, ExponentialLayout layout) {}
}
