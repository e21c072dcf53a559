package io.loom.metrics.prometheus.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the format that a client likes best (RFC 9110, section 12.5.1). Immutable and thread-safe.
 *
 * <p>Of the ranges that a format is in, the most precise says how much the client likes it. Of formats that it likes as much,
 * the one wins that it named more precisely, then the one that it named first, then the one that is offered first. A parameter
 * that a format does not have is no obstacle: Prometheus added {@code escaping} after years, and may add others.
 *
 * <p>Where the client takes nothing of what there is, it gets what is offered first. A scraper can do more with that than with a
 * refusal.
 *
 * @param <F> the type of formats
 */
final class Negotiator<F> {
    private static final String ESCAPING = "escaping";

    /** How names are escaped that not every Prometheus can read. Ours all can, so these three leave them as they are. */
    private static final Map<String, String> APPLIED_ESCAPING = Map.of(
            "allow-utf-8", "allow-utf-8",
            "underscores", "underscores",
            "values", "values",
            "dots", "underscores"); // it would double the underscores of a legal name

    private final List<Offer<F>> offers;

    /**
     * Creates a negotiator.
     *
     * @param formats what is offered, at least one
     * @param contentType what a format is called in a header
     */
    Negotiator(Collection<F> formats, Function<F, String> contentType) {
        this.offers = formats.stream()
                .map(format -> Offer.of(format, contentType.apply(format)))
                .toList();
    }

    /** {@return what a client gets that sends such an {@code Accept} header, or none} */
    Choice<F> choose(@Nullable String accept) {
        List<Weighted> ranges = Weighted.parse(accept);
        Offer<F> best = offers.get(0);
        Match bestMatch = Match.NONE;
        for (Offer<F> offer : offers) {
            Match match = offer.match(ranges);
            if (match.beats(bestMatch)) {
                best = offer;
                bestMatch = match;
            }
        }
        return new Choice<>(best.format, best.contentType + escaping(bestMatch, ranges));
    }

    /** Who asks for a way to escape names is told which one was used. */
    private static String escaping(Match match, List<Weighted> ranges) {
        return match.precision == 0
                ? ""
                : ranges.get(match.position)
                        .parameter(ESCAPING)
                        .flatMap(wanted -> Optional.ofNullable(APPLIED_ESCAPING.get(wanted)))
                        .map(applied -> "; " + ESCAPING + '=' + applied)
                        .orElse("");
    }

    /**
     * What a client gets.
     *
     * @param contentType with all parameters
     */
    record Choice<F>(F format, String contentType) {}

    private record Offer<F>(F format, String contentType, Weighted mediaType) {
        static <F> Offer<F> of(F format, String contentType) {
            return new Offer<>(format, contentType, Weighted.parse(contentType).get(0));
        }

        /** {@return the most precise range that this is in} */
        Match match(List<Weighted> ranges) {
            Match best = Match.NONE;
            for (int i = 0; i < ranges.size(); i++) {
                Weighted range = ranges.get(i);
                int precision = precision(range);
                if (precision > best.precision) {
                    best = new Match(range.weight(), precision, i);
                }
            }
            return best;
        }

        /** {@return how precisely a range names this; 0 where it does not} */
        private int precision(Weighted range) {
            if (range.value().equals("*/*")) {
                return Match.ANY;
            }
            if (range.value().endsWith("/*")) {
                String type = range.value().substring(0, range.value().length() - 1);
                return mediaType.value().startsWith(type) ? Match.TYPE : 0;
            }
            if (!range.value().equals(mediaType.value())) {
                return 0;
            }
            int precision = Match.NAMED;
            for (Map.Entry<String, String> parameter : mediaType.parameters().entrySet()) {
                Optional<String> wanted = range.parameter(parameter.getKey());
                if (wanted.isPresent()) {
                    if (!wanted.get().equalsIgnoreCase(parameter.getValue())) {
                        return 0;
                    }
                    precision++;
                }
            }
            return precision;
        }
    }

    /**
     * A range that a format is in.
     *
     * @param precision the higher, the more precise
     * @param position of the range in the header
     */
    private record Match(double weight, int precision, int position) {
        static final int ANY = 1;
        static final int TYPE = 2;
        static final int NAMED = 3;

        static final Match NONE = new Match(0, 0, Integer.MAX_VALUE);

        boolean beats(Match other) {
            if (weight != other.weight) {
                return weight > other.weight;
            }
            int kind = Math.min(precision, NAMED);
            int otherKind = Math.min(other.precision, NAMED);
            return weight > 0 && (kind != otherKind ? kind > otherKind : position < other.position);
        }
    }
}
