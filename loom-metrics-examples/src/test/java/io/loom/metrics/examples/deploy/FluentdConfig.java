package io.loom.metrics.examples.deploy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fluentd's configuration: sections with parameters and sections.
 *
 * @param head its name, and what it matches
 * @param parameters each as name and value
 */
record FluentdConfig(String head, List<String> parameters, List<FluentdConfig> sections) {
    private static final Pattern OPEN = Pattern.compile("<([a-z]+)( [^<>]+)?>");
    private static final Pattern CLOSE = Pattern.compile("</([a-z]+)>");
    private static final Pattern PARAMETER = Pattern.compile("@?[a-z_]+ \\S.*");

    static FluentdConfig parse(String text) {
        Deque<FluentdConfig> open = new ArrayDeque<>(List.of(new FluentdConfig("")));
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher begins = OPEN.matcher(line);
            Matcher ends = CLOSE.matcher(line);
            if (begins.matches()) {
                FluentdConfig section = new FluentdConfig(line.substring(1, line.length() - 1));
                open.element().sections.add(section);
                open.push(section);
            } else if (ends.matches()) {
                require(open.pop().name().equals(ends.group(1)), line);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                require(PARAMETER.matcher(line).matches(), line);
                open.element().parameters.add(line);
            }
        }
        require(open.size() == 1, "end of the file");
        return open.element();
    }

    private FluentdConfig(String head) {
        this(head, new ArrayList<>(), new ArrayList<>());
    }

    /** {@return the first section that begins so and is of a type} */
    FluentdConfig section(String head, String type) {
        return sections.stream()
                .filter(section ->
                        section.head.equals(head) && section.value("@type").equals(Optional.of(type)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no <" + head + "> of type " + type));
    }

    Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.startsWith(name + ' '))
                .map(parameter -> parameter.substring(name.length() + 1))
                .findFirst();
    }

    /** {@return all parameters as {@code source(tail).parse(json).time_key}} */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        parameters.forEach(parameter -> paths.add(parameter.substring(0, parameter.indexOf(' '))));
        for (FluentdConfig section : sections) {
            String prefix = section.name()
                    + section.value("@type").map(type -> '(' + type + ')').orElse("")
                    + '.';
            section.paths().forEach(path -> paths.add(prefix + path));
        }
        return paths;
    }

    private String name() {
        return head.split(" ", 2)[0];
    }

    private static void require(boolean holds, String where) {
        if (!holds) {
            throw new AssertionError("this does not belong here: " + where);
        }
    }
}
