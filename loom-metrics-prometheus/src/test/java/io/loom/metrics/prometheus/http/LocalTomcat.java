package io.loom.metrics.prometheus.http;

import jakarta.servlet.Servlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;

/** A real Tomcat with one servlet, on any free port of loopback. */
final class LocalTomcat implements AutoCloseable {
    static {
        Registry.disableRegistry(); // of JMX, in which Tomcats of tests beside this one have the same names
    }

    private final Tomcat tomcat = new Tomcat();

    private LocalTomcat() {}

    static LocalTomcat start(Path directory, Servlet servlet, String mapping) throws LifecycleException {
        LocalTomcat local = new LocalTomcat();
        local.tomcat.setBaseDir(directory.toString());
        local.tomcat.setPort(0);
        local.tomcat.setHostname("localhost");
        local.tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = local.tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "servlet", servlet).addMapping(mapping);
        local.tomcat.start();
        return local;
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
