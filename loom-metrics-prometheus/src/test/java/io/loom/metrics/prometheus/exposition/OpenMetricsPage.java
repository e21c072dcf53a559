package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of OpenMetrics 1.0, read strictly: by the ABNF, by what the specification says beside it, and in the order that it
 * recommends. What a careful producer would never write is refused.
 */
public final class OpenMetricsPage {
    private static final String EOF = "# EOF\n";

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Map<TextPage.Series, Double> samples = new LinkedHashMap<>();
    private final Map<TextPage.Series, Exemplar> exemplars = new LinkedHashMap<>();
    private final Set<String> sampleNames = new HashSet<>();
    private @Nullable Family current;
    private @Nullable OpenMetricsCheck check;
    private boolean begun;

    private OpenMetricsPage() {}

    /**
     * {@return the page}
     *
     * @throws IllegalArgumentException where it is not well-formed; the message names the line
     */
    public static OpenMetricsPage parse(byte[] bytes) {
        String text = decoded(bytes);
        require(text.endsWith(EOF), "the page must end in EOF");
        OpenMetricsPage page = new OpenMetricsPage();
        int number = 0;
        int start = 0;
        int last = text.length() - EOF.length();
        while (start < last) {
            number++;
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end);
            try {
                page.read(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " " + e.getMessage() + ": " + line, e);
            }
            start = end + 1;
        }
        require(start == last, "the page must end in EOF, on a line of its own");
        page.endFamily();
        return page;
    }

    /** {@return the families by their names, in the order of the page} */
    public Map<String, Family> families() {
        return Collections.unmodifiableMap(families);
    }

    /** {@return all samples, in the order of the page} */
    public Map<TextPage.Series, Double> samples() {
        return Collections.unmodifiableMap(samples);
    }

    /** {@return the exemplars of the samples that have one} */
    public Map<TextPage.Series, Exemplar> exemplars() {
        return Collections.unmodifiableMap(exemplars);
    }

    /** {@return the value of a sample, of which the page must have one} */
    public double value(String name, String... labelNamesAndValues) {
        return TextPage.Series.of(name, labelNamesAndValues).valueIn(samples);
    }

    private void read(String line) {
        if (line.startsWith("# TYPE ")) {
            type(line.substring("# TYPE ".length()));
        } else if (line.startsWith("# UNIT ")) {
            unit(line.substring("# UNIT ".length()));
        } else if (line.startsWith("# HELP ")) {
            help(line.substring("# HELP ".length()));
        } else {
            sample(OpenMetricsLine.parse(line));
        }
    }

    private void type(String rest) {
        String[] nameAndType = rest.split(" ", -1);
        require(nameAndType.length == 2, "must have a name and a type");
        String name = nameAndType[0];
        String type = nameAndType[1];
        require(OpenMetricsScanner.isMetricName(name), "must have a legal name");
        require(OpenMetricsCheck.isType(type), "must have a known type");
        endFamily();
        require(!families.containsKey(name), "begins a family that the page has already");
        for (String sampleName : OpenMetricsCheck.sampleNames(name, type)) {
            require(sampleNames.add(sampleName), "could have samples " + sampleName + " as another family could");
        }
        describe(new Family(name, type, null, null));
        check = new OpenMetricsCheck(name, type);
        begun = false;
    }

    private void unit(String rest) {
        Family family = announced(rest);
        String unit = rest.substring(family.name.length() + 1);
        require(family.unit == null && family.help == null, "must have its unit once, and before its help");
        require(!unit.isEmpty() && family.name.endsWith('_' + unit), "must have a name that ends in its unit");
        require(!family.type.equals("info"), "must have no unit");
        describe(new Family(family.name, family.type, unit, null));
    }

    private void help(String rest) {
        Family family = announced(rest);
        require(family.help == null, "must have its help once");
        String help = OpenMetricsScanner.unescaped(rest.substring(family.name.length() + 1));
        describe(new Family(family.name, family.type, family.unit, help));
    }

    /** {@return the family that a line of metadata is about} It has no sample yet. */
    private Family announced(String rest) {
        Family family = current;
        require(family != null && !begun && rest.startsWith(family.name + ' '), "must follow the TYPE of its family");
        return family;
    }

    private void describe(Family family) {
        current = family;
        families.put(family.name, family);
    }

    private void sample(OpenMetricsLine line) {
        require(check != null, "is outside its family");
        begun = true;
        check.accept(line);
        TextPage.Series series = new TextPage.Series(line.name(), line.labels());
        require(samples.put(series, line.value()) == null, "repeats a series");
        if (line.exemplar() != null) {
            exemplars.put(series, line.exemplar());
        }
    }

    private void endFamily() {
        if (check != null) {
            check.end();
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the page must be UTF-8", e);
        }
    }

    /** A family: its name, type and, where it has any, unit and help. */
    public record Family(
            String name,
            String type,
            @Nullable String unit,
            @Nullable String help) {}

    /** What a sample is an example of: labels, value and, where it has any, time in seconds. */
    public record Exemplar(
            SortedMap<String, String> labels,
            double value,
            @Nullable Double seconds) {}
}
