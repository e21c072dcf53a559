package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile starts what Maven makes. No Docker is needed for that. */
class DockerfileTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MODULE = "/src/loom-metrics-examples/target/";

    @TempDir
    private Path directory;

    @Test
    void copies_fromTheBuild_areWhatMavenMakes() throws IOException {
        String pom = Files.readString(ComposeFile.DIRECTORY.resolve("pom.xml"));
        String jar = only(pom, "<finalName>([^<]+)</finalName>") + ".jar";
        String libraries = only(pom, "<classpathPrefix>([^<]+)</classpathPrefix>");

        assertThat(pom).contains("<outputDirectory>${project.build.directory}/" + libraries.replace("/", "") + '<');
        assertThat(instructions("COPY"))
                .contains("--from=build " + MODULE + jar + " ./")
                .contains("--from=build " + MODULE + libraries + ' ' + libraries);
        assertThat(instructions("WORKDIR")).containsExactly("/src", "/opt/loom");
    }

    @Test
    void copies_fromTheRepository_areThere() throws IOException {
        List<String> sources = instructions("COPY").stream()
                .filter(copy -> !copy.startsWith("--from"))
                .map(copy -> copy.substring(0, copy.indexOf(' ')))
                .toList();

        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(ComposeFile.DIRECTORY.resolveSibling(source)).exists());
    }

    @Test
    void entryPoint_jar_isTheOneThatWasCopied() throws Exception {
        List<String> words = words(instructions("ENTRYPOINT"));
        String jar = words.get(words.size() - 1);

        assertThat(words.get(0)).isEqualTo("java");
        assertThat(words.get(words.size() - 2)).isEqualTo("-jar");
        assertThat(instructions("COPY")).contains("--from=build " + MODULE + jar + " ./");
    }

    /** Java itself refuses those that it does not know. */
    @Test
    void entryPoint_flags_areKnownToJava() throws Exception {
        List<String> words = words(instructions("ENTRYPOINT"));
        List<String> command = new ArrayList<>(words.subList(0, words.indexOf("-jar")));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-version");

        try (ChildProcess java = ChildProcess.start(directory, command)) {
            assertThat(java.exitCode()).as(java.err()).isZero();
        }
        assertThat(command).hasSizeGreaterThan(3);
    }

    @Test
    void command_startsTheService_onThePortThatIsExposedAndChecked() throws Exception {
        ServiceConfig config = CommandLine.parse(words(instructions("CMD")).toArray(String[]::new))
                .config();
        String port = Integer.toString(config.port());
        String check = instructions("HEALTHCHECK").get(0);

        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(instructions("EXPOSE")).containsExactly(port);
        assertThat(words(List.of(check.substring(check.indexOf("CMD ") + 4))))
                .containsExactly("bash", "/opt/loom/healthcheck", port);
        assertThat(instructions("COPY")).contains("loom-metrics-examples/deploy/healthcheck ./");
    }

    private static List<String> words(List<String> instruction) throws IOException {
        assertThat(instruction).hasSize(1);
        return List.of(JSON.readValue(instruction.get(0), String[].class));
    }

    private static List<String> instructions(String name) throws IOException {
        return Files.readAllLines(ComposeFile.DIRECTORY.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith(name + ' '))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    private static String only(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }
}
