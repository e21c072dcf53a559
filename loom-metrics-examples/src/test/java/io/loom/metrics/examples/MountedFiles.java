package io.loom.metrics.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a service of docker-compose.yml sees of the repository, in a directory of a test. Paths of the container are those of the
 * copies, in the files too, so that a program of this machine reads what that of the container would.
 */
record MountedFiles(Path root, List<String> targets) {
    static MountedFiles copy(ComposeFile compose, String service, Path root) throws IOException {
        List<ComposeFile.Mount> mounts = compose.mounts(service).stream()
                .filter(mount -> mount.isOfTheRepository() && Files.exists(Path.of(mount.source())))
                .toList();
        MountedFiles files = new MountedFiles(
                root, mounts.stream().map(ComposeFile.Mount::target).toList());
        for (ComposeFile.Mount mount : mounts) {
            files.copy(Path.of(mount.source()), mount.target());
        }
        return files;
    }

    /** {@return the text with the paths of the copies} */
    String here(String text) {
        String moved = text;
        for (String target : targets) {
            moved = moved.replace(target, root + target);
        }
        return moved;
    }

    private void copy(Path source, String target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String below = source.equals(file) ? "" : "/" + source.relativize(file);
                Path copy = Path.of(root + target + below);
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, here(Files.readString(file)));
            }
        }
    }
}
