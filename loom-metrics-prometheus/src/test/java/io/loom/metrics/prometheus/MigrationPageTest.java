package io.loom.metrics.prometheus;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.prometheus.exposition.TextPage;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/migration.md}: its code is compiled and run as printed, and what it says of the page is so. */
class MigrationPageTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern METRIC = Pattern.compile("\\b((?:loom|http)_[a-z_]+)\\b");
    private static final Pattern SUFFIX = Pattern.compile("(_total|_seconds)$");

    @TempDir
    Path directory;

    @Test
    void micrometersRegistry_andOurs_showTheSame() throws Exception {
        TextPage before = TextPage.parse(run(0).replaceAll("(?m)^# HELP \\S+ +\\R", ""));
        TextPage after = TextPage.parse(run(1));

        assertThat(after.samples()).isNotEmpty().isEqualTo(before.samples());
        assertThat(after.families()).isEqualTo(before.families());
    }

    @Test
    void clientJava_andOurs_showTheSame() throws Exception {
        TextPage before = TextPage.parse(run(2));
        TextPage after = TextPage.parse(run(3));

        assertThat(after.samples()).containsAllEntriesOf(before.samples());
        assertThat(after.families()).containsAllEntriesOf(before.families());
        assertThat(ownNames(after, before)).containsExactly("drafting_seconds_max");
    }

    @Test
    void bothAtOnce_eitherPage_hasBoth() throws Exception {
        for (int block : List.of(4, 5)) {
            TextPage page = TextPage.parse(run(block));

            assertThat(page.value("old_total")).isEqualTo(1);
            assertThat(page.value("new_total")).isEqualTo(1);
        }
    }

    @Test
    void names_thatThePageGives_areCatalogued() throws IOException {
        Set<String> known = Arrays.stream(LoomMeter.values())
                .map(meter -> meter.meterName().replace('.', '_'))
                .collect(Collectors.toSet());
        List<String> named =
                METRIC.matcher(page()).results().map(MatchResult::group).toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named)
                .allSatisfy(
                        name -> assertThat(known).contains(SUFFIX.matcher(name).replaceAll("")));
    }

    /** What is on one page only, but for loom's own and the process'. */
    private static List<String> ownNames(TextPage page, TextPage other) {
        return page.families().keySet().stream()
                .filter(name -> !other.families().containsKey(name))
                .filter(name -> !name.startsWith("loom_") && !name.startsWith("process_") && !name.startsWith("http_"))
                .toList();
    }

    private String run(int number) throws Exception {
        List<String> blocks =
                BLOCK.matcher(page()).results().map(result -> result.group(1)).toList();
        try (URLClassLoader loader = compiled("Block" + number, blocks.get(number))) {
            Method method = loader.loadClass("Block" + number).getDeclaredMethod("page");
            method.setAccessible(true);
            return (String) method.invoke(null);
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("loom.root"), "docs", "migration.md"));
    }

    private URLClassLoader compiled(String name, String block) throws IOException {
        Map<Boolean, String> parts =
                block.lines().collect(Collectors.partitioningBy(line -> line.startsWith("import "), joining("\n")));
        Path file = Files.writeString(
                directory.resolve(name + ".java"), """
                %s
                final class %s {
                    static String page() throws Exception {
                %s
                        return page;
                    }
                }
                """.formatted(parts.get(true), name, parts.get(false)));
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean works = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(works).as("%s%n%s", said, block).isTrue();
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
    }
}
