package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What an API server asks of values, and the types do not say. */
final class ManifestValues {
    private static final Predicate<String> LABEL_NAME =
            matches("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Predicate<String> LABEL_VALUE = matches("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Predicate<String> DNS_LABEL = matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Predicate<String> PORT_NAME = matches("(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");
    private static final Predicate<String> DURATION =
            matches("0|(?=.)(\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?");
    private static final Predicate<String> QUANTITY = matches("\\d+(\\.\\d+)?(m|k|M|G|Ki|Mi|Gi)?");
    private static final Predicate<String> PORT_NUMBER = text -> text.matches("\\d{1,5}") && isPort(text);
    private static final Predicate<String> PATH = matches("/[-/A-Za-z0-9_.]*");

    private static final Map<String, Rule> BY_KEY = Map.ofEntries(
            Map.entry("namespace", new Rule("a DNS label", DNS_LABEL)),
            Map.entry("matchNames", new Rule("a DNS label", DNS_LABEL)),
            Map.entry("containerName", new Rule("a DNS label", DNS_LABEL)),
            Map.entry("secretName", new Rule("a DNS label", DNS_LABEL)),
            Map.entry("port", new Rule("a port or its name", PORT_NUMBER.or(PORT_NAME))),
            Map.entry("targetPort", new Rule("a port or its name", PORT_NUMBER.or(PORT_NAME))),
            Map.entry("containerPort", new Rule("a port", PORT_NUMBER)),
            Map.entry("path", new Rule("a path", PATH)),
            Map.entry("mountPath", new Rule("a path", PATH)),
            Map.entry("protocol", new Rule("TCP, UDP or SCTP", Set.of("TCP", "UDP", "SCTP")::contains)),
            Map.entry("updateMode", new Rule("a mode", Set.of("Off", "Initial", "Recreate", "Auto")::contains)),
            Map.entry("policyTypes", new Rule("a direction", Set.of("Ingress", "Egress")::contains)),
            Map.entry("interval", new Rule("a duration", DURATION)),
            Map.entry("scrapeTimeout", new Rule("a duration", DURATION)),
            Map.entry("for", new Rule("a duration", DURATION)),
            Map.entry("cpu", new Rule("a quantity", QUANTITY)),
            Map.entry("memory", new Rule("a quantity", QUANTITY)),
            Map.entry("sizeLimit", new Rule("a quantity", QUANTITY)));

    private static final Set<String> LABELS = Set.of("labels", "matchLabels", "selector");
    private static final Predicate<String> PORT = matches(".*[pP]orts\\[\\d+]");
    /** Its labels are Prometheus's, whose values may be any text. */
    private static final Predicate<String> RULE = matches(".*rules\\[\\d+]");

    private final List<String> complaints = new ArrayList<>();

    private ManifestValues() {}

    /** {@return what is wrong with a manifest, each with where it is} */
    static List<String> complaints(JsonNode manifest) {
        ManifestValues values = new ManifestValues();
        values.check("", manifest);
        values.isA("metadata.name", manifest.path("metadata").path("name"), "a DNS label", DNS_LABEL);
        return values.complaints;
    }

    private void check(String path, JsonNode node) {
        node.properties().forEach(field -> {
            String at = path.isEmpty() ? field.getKey() : path + '.' + field.getKey();
            checkField(at, path, field.getKey(), field.getValue());
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            check(path + '[' + i + ']', node.get(i));
        }
    }

    private void checkField(String at, String parent, String key, JsonNode value) {
        if (LABELS.contains(key) && isFlat(value) && !RULE.test(parent)) {
            value.properties().forEach(label -> {
                isA(at + '.' + label.getKey(), label.getKey(), "the name of a label", LABEL_NAME);
                isA(at + '.' + label.getKey(), label.getValue(), "the value of a label", LABEL_VALUE);
            });
        } else if (key.equals("name") && PORT.test(parent)) {
            isA(at, value, "the name of a port", PORT_NAME);
        } else if (BY_KEY.containsKey(key)) {
            Rule rule = BY_KEY.get(key);
            (value.isArray() ? elements(value) : List.of(value)).forEach(one -> isA(at, one, rule.what, rule.holds));
        } else {
            check(at, value);
        }
    }

    private void isA(String at, JsonNode value, String what, Predicate<String> rule) {
        isA(at, value.asText(), what, rule);
    }

    private void isA(String at, String text, String what, Predicate<String> rule) {
        if (!rule.test(text)) {
            complaints.add(at + " must be " + what + ": was \"" + text + '"');
        }
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** A service's selector has labels; other selectors have something around them. */
    private static boolean isFlat(JsonNode value) {
        return elements(value).stream().allMatch(JsonNode::isTextual);
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port < 65_536;
    }

    private static Predicate<String> matches(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

    private record Rule(String what, Predicate<String> holds) {}
}
