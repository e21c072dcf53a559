package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.examples.deploy.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** docker-compose.yml as docker-compose understands it. It tells services of all profiles. */
record ComposeFile(JsonNode services) {
    static final Path DIRECTORY = YamlFile.examples();

    /**
     * Asks docker-compose; no Docker is needed for that.
     *
     * @param settings what its user has set, each {@code NAME=value}
     */
    static ComposeFile read(Path program, Path output, String... settings) throws Exception {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(List.of(settings));
        command.addAll(List.of(program.toString(), "config"));
        return new ComposeFile(YamlFile.parse(run(output, command)).get(0).path("services"));
    }

    /**
     * {@return the services that {@code up} would start, by docker-compose's own code}
     *
     * @param profiles those that are switched on, with commas
     * @param named those that the command line names; all that the profiles allow where it names none
     */
    static List<String> started(Path program, Path output, String profiles, String... named) throws Exception {
        Path script = DIRECTORY.resolve("src/test/resources/compose_services.py");
        String python = Files.readAllLines(program).get(0).substring("#!".length());
        List<String> command = new ArrayList<>(List.of(python, script.toString(), profiles));
        command.addAll(List.of(named));
        return run(output, command).lines().toList();
    }

    private static String run(Path output, List<String> command) throws Exception {
        List<String> within = new ArrayList<>(List.of("env", "-C", DIRECTORY.toString()));
        within.addAll(command);
        try (ChildProcess process = ChildProcess.start(output, within)) {
            if (process.exitCode() != 0) {
                throw new AssertionError(command + ": " + process.err());
            }
            return process.out();
        }
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        services.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** {@return the ports that a service's containers listen on, as far as others may know} */
    Set<Integer> ports(String service) {
        Set<Integer> ports = new TreeSet<>();
        services.path(service).path("expose").forEach(port -> ports.add(port.asInt()));
        published(service).forEach(port -> ports.add(Integer.valueOf(port.substring(port.lastIndexOf(':') + 1))));
        return ports;
    }

    /** {@return what of a service is open on the machine: address, port, port of the container} */
    List<String> published(String service) {
        List<String> published = new ArrayList<>();
        services.path(service)
                .path("ports")
                .forEach(port -> published.add(port.asText().replace("/tcp", "")));
        return published;
    }

    List<Mount> mounts(String service) {
        List<Mount> mounts = new ArrayList<>();
        services.path(service).path("volumes").forEach(volume -> mounts.add(Mount.of(volume.asText())));
        return mounts;
    }

    /** {@return the words of a service's command line} */
    List<String> command(String service) {
        return words(services.path(service).path("command"));
    }

    Map<String, String> environment(String service) {
        Map<String, String> variables = new TreeMap<>();
        services.path(service)
                .path("environment")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        return variables;
    }

    /** {@return the words of the command that tells whether a service is well; none where the image brings its own} */
    List<String> healthcheck(String service) {
        return words(services.path(service).path("healthcheck").path("test"));
    }

    /** {@return how the narrative service runs, by its own reading of its flags and its environment} */
    ServiceConfig narrativeService() throws UsageException {
        return CommandLine.parse(environment("loom"), command("loom").toArray(String[]::new))
                .config();
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    /**
     * What a container sees of the machine.
     *
     * @param source a path of the machine, or the name of a volume
     */
    record Mount(String source, String target, boolean readOnly) {
        static Mount of(String text) {
            String[] parts = text.split(":", -1);
            return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].startsWith("ro"));
        }

        boolean isPath() {
            return source.startsWith("/");
        }

        boolean isOfTheRepository() {
            return Path.of(source).startsWith(DIRECTORY);
        }
    }
}
