package io.loom.metrics.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A real node exporter, which tells of the machine that the test runs on. */
final class NodeExporter implements AutoCloseable {
    private final ChildProcess process;
    private final URI page;

    private NodeExporter(ChildProcess process, URI page) {
        this.process = process;
        this.page = page;
    }

    static NodeExporter start(Path program, Path directory) throws IOException {
        String address = "127.0.0.1:" + FreePort.next();
        List<String> command = List.of(program.toString(), "--web.listen-address=" + address);
        return new NodeExporter(ChildProcess.start(directory, command), URI.create("http://" + address + "/metrics"));
    }

    /** {@return where its metrics are} */
    URI page() {
        return page;
    }

    @Override
    public void close() {
        process.close();
    }
}
