package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/runbooks.md} has an entry for each alert and no other. */
class RunbooksTest {
    private static final Pattern PARTS =
            Pattern.compile("(?s)\n\n\\*\\*Meaning\\.\\*\\* \\S.*\n\n\\*\\*Impact\\.\\*\\* \\S.*"
                    + "\n\n\\*\\*First queries\\.\\*\\*\n\n```promql\n\\S.*```\n\n\\*\\*Remedy\\.\\*\\* \\S.*");
    private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]*)\\)");

    @Test
    void entries_andAlerts_areTheSame() throws IOException {
        List<String> alerts = Rule.alerts(Kit.ALERTS).stream().map(Rule::name).toList();

        assertThat(entries().stream().map(RunbooksTest::name)).containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void entries_all_haveMeaningImpactQueriesAndRemedy() throws IOException {
        assertThat(entries()).allSatisfy(entry -> assertThat(entry).containsPattern(PARTS));
    }

    @Test
    void links_toOtherEntries_lead() throws IOException {
        Set<String> anchors = entries().stream()
                .map(entry -> name(entry).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Stream<String> links =
                LINK.matcher(Kit.document("runbooks.md")).results().map(link -> link.group(1));

        assertThat(links).hasSizeGreaterThan(10).isSubsetOf(anchors);
    }

    private static List<String> entries() throws IOException {
        return Arrays.stream(Kit.document("runbooks.md").split("(?m)^## ", -1))
                .skip(1)
                .toList();
    }

    private static String name(String entry) {
        return entry.substring(0, entry.indexOf('\n'));
    }
}
