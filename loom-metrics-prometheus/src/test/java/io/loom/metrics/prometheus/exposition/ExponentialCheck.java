package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exponential buckets of a {@link ProtobufPage}, held to their shape: spans that fit the deltas, counts that are not
 * negative and whose sum is the histogram's.
 *
 * @param schema how finely they divide
 * @param zeroCount the count of the zero bucket
 * @param buckets counts by index, of those that have any
 */
public record ExponentialCheck(int schema, long zeroCount, SortedMap<Integer, Long> buckets) {
    static ExponentialCheck of(Map<String, Object> histogram) {
        int schema = (int) histogram.get("schema");
        require(schema >= -4 && schema <= 8, "must have a schema from -4 to 8");
        require((double) histogram.get("zero_threshold") > 0, "must have a threshold of zero");
        long zeroCount = (long) histogram.get("zero_count");
        SortedMap<Integer, Long> buckets = buckets(histogram);
        long sum = buckets.values().stream().mapToLong(Long::longValue).sum();
        require(zeroCount + sum == (long) histogram.get("sample_count"), "must have buckets whose sum is its count");
        return new ExponentialCheck(schema, zeroCount, buckets);
    }

    /** {@return the count of all buckets} */
    public long count() {
        return zeroCount + buckets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static SortedMap<Integer, Long> buckets(Map<String, Object> histogram) {
        SortedMap<Integer, Long> buckets = new TreeMap<>();
        Iterator<?> deltas = ((List<?>) histogram.getOrDefault("positive_delta", List.of())).iterator();
        int index = 0;
        long count = 0;
        boolean first = true;
        for (Map<String, Object> span : ProtobufPage.list(histogram, "positive_span")) {
            int offset = (int) span.get("offset");
            require(first || offset > 0, "must have gaps between its spans");
            index += offset;
            int length = (int) span.get("length");
            require(length > 0, "must have no empty span");
            for (int i = 0; i < length; i++) {
                require(deltas.hasNext(), "must have a delta for each bucket of its spans");
                count += (long) deltas.next();
                require(count >= 0, "must have no negative bucket");
                if (count > 0) {
                    buckets.put(index, count);
                }
                index++;
            }
            first = false;
        }
        require(!deltas.hasNext(), "must have a span for each delta");
        return buckets;
    }
}
