package io.loom.metrics.prometheus.exposition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of the text format 0.0.4, read strictly: what a careful producer would never write is refused, even where Prometheus
 * itself would put up with it.
 */
public final class TextPage {
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Map<Series, Double> samples = new LinkedHashMap<>();
    private @Nullable Family current;
    private @Nullable Family announced;
    private @Nullable HistogramCheck histogram;

    private TextPage() {}

    /**
     * {@return the page}
     *
     * @throws IllegalArgumentException where it is not well-formed; the message names the line
     */
    public static TextPage parse(String text) {
        TextPage page = new TextPage();
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            number++;
            int end = text.indexOf('\n', start);
            String line = end < 0 ? text.substring(start) : text.substring(start, end);
            try {
                require(end >= 0, "must end in a line feed");
                page.read(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " " + e.getMessage() + ": " + line, e);
            }
            start = end + 1;
        }
        page.end();
        return page;
    }

    /** {@return the families by the name of their TYPE line, in the order of the page} */
    public Map<String, Family> families() {
        return Collections.unmodifiableMap(families);
    }

    /** {@return all samples, in the order of the page} */
    public Map<Series, Double> samples() {
        return Collections.unmodifiableMap(samples);
    }

    /** {@return the value of a sample, of which the page must have one} */
    public double value(String name, String... labelNamesAndValues) {
        return Series.of(name, labelNamesAndValues).valueIn(samples);
    }

    private void read(String line) {
        if (line.startsWith("# HELP ")) {
            help(line.substring("# HELP ".length()));
        } else if (line.startsWith("# TYPE ")) {
            type(line.substring("# TYPE ".length()));
        } else {
            sample(TextLine.parse(line));
        }
    }

    private void help(String rest) {
        int space = rest.indexOf(' ');
        require(space > 0, "must have a name and a text");
        require(announced == null, "follows a HELP without TYPE");
        endFamily();
        announced = new Family(rest.substring(0, space), "", unescapedHelp(rest.substring(space + 1)));
        current = null;
    }

    private void type(String rest) {
        String[] nameAndType = rest.split(" ", -1);
        require(nameAndType.length == 2 && TYPES.contains(nameAndType[1]), "must have a name and a known type");
        String name = nameAndType[0];
        require(TextLine.isMetricName(name), "must have a legal name");
        require(announced == null || announced.name.equals(name), "has another name than its HELP");
        endFamily();
        current = new Family(name, nameAndType[1], announced == null ? null : announced.help);
        announced = null;
        require(families.put(name, current) == null, "begins a family that the page has already");
        histogram = current.type.equals("histogram") ? new HistogramCheck(name) : null;
    }

    private void sample(TextLine line) {
        require(current != null && line.belongsTo(current), "is outside its family");
        require(samples.put(new Series(line.name(), line.labels()), line.value()) == null, "repeats a series");
        if (histogram != null) {
            histogram.accept(line);
        }
    }

    private void endFamily() {
        if (histogram != null) {
            histogram.end();
        }
    }

    private void end() {
        require(announced == null, "the last HELP has no TYPE");
        endFamily();
    }

    private static String unescapedHelp(String text) {
        StringBuilder help = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                require(i < text.length() && (text.charAt(i) == '\\' || text.charAt(i) == 'n'), "has a bad escape");
                c = text.charAt(i) == 'n' ? '\n' : '\\';
            }
            help.append(c);
        }
        return help.toString();
    }

    static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** A family: the name of its TYPE line, its type, and its help where it has any. */
    public record Family(String name, String type, @Nullable String help) {}

    /** What identifies a sample: its name and all its labels. */
    public record Series(String name, SortedMap<String, String> labels) {
        /** {@return the series of a name and labels, given one after another} */
        public static Series of(String name, String... labelNamesAndValues) {
            SortedMap<String, String> labels = new TreeMap<>();
            for (int i = 0; i < labelNamesAndValues.length; i += 2) {
                labels.put(labelNamesAndValues[i], labelNamesAndValues[i + 1]);
            }
            return new Series(name, labels);
        }

        /** {@return the value of this series, of which the page must have one} */
        double valueIn(Map<Series, Double> samples) {
            Double value = samples.get(this);
            if (value == null) {
                throw new NoSuchElementException("the page has no sample " + this);
            }
            return value;
        }
    }
}
