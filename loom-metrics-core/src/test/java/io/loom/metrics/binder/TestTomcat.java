package io.loom.metrics.binder;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/** A real Tomcat on a port of its own, with a default servlet. */
final class TestTomcat implements AutoCloseable {
    static {
        Registry.disableRegistry(); // of JMX, in which Tomcats of tests beside this one have the same names
    }

    /** Held: the logging of the JDK forgets what nobody holds. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    static {
        LOG.setLevel(Level.OFF); // the failures are made on purpose
    }

    private final Tomcat tomcat = new Tomcat();
    private final Context context;
    private final Logger log;
    private final HttpClient client = HttpClient.newHttpClient();

    TestTomcat(Path directory) {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setHostname("localhost");
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", directory.toString());
        log = Logger.getLogger(context.getLogName());
        log.setLevel(Level.OFF); // Tomcat has given it a level of its own
        Wrapper files = Tomcat.addServlet(context, "files", new DefaultServlet());
        files.addMapping("/");
    }

    /** Puts a filter behind those that are there, before all servlets and on all dispatches. */
    TestTomcat filter(Filter filter) {
        String name = "filter" + context.findFilterDefs().length;
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        for (DispatcherType type : DispatcherType.values()) {
            map.setDispatcher(type.name());
        }
        context.addFilterMap(map);
        return this;
    }

    TestTomcat servlet(String pattern, Service service) {
        Wrapper wrapper = Tomcat.addServlet(context, "servlet" + pattern, new ServiceServlet(service));
        wrapper.setAsyncSupported(true);
        wrapper.addMapping(pattern);
        return this;
    }

    TestTomcat errorPage(String location) {
        ErrorPage page = new ErrorPage();
        page.setLocation(location);
        context.addErrorPage(page);
        return this;
    }

    TestTomcat onStart(SetUp setUp) {
        context.addServletContainerInitializer(
                (classes, starting) -> {
                    try {
                        setUp.run(starting);
                    } catch (Exception e) {
                        throw new ServletException(e);
                    }
                },
                Set.of());
        return this;
    }

    TestTomcat start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    /** Waits until no thread of Tomcat's serves a request: asynchronous ones have been let go of. */
    void awaitIdle() {
        ThreadPoolExecutor threads =
                (ThreadPoolExecutor) tomcat.getConnector().getProtocolHandler().getExecutor();
        while (threads.getActiveCount() > 0) {
            Thread.onSpinWait();
        }
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** {@return the status of the answer} */
    int get(String path) throws IOException, InterruptedException {
        return send("GET", path).statusCode();
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** What an application does while it starts. */
    @FunctionalInterface
    interface SetUp {
        void run(ServletContext context) throws Exception;
    }

    /** What a servlet does. */
    @FunctionalInterface
    interface Service {
        void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    private static final class ServiceServlet extends GenericServlet {
        private static final long serialVersionUID = 1;

        private final transient Service service;

        private ServiceServlet(Service service) {
            this.service = service;
        }

        @Override
        public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
                service.answer(http, answer);
            } else {
                response.getWriter().print("not HTTP");
            }
        }
    }
}
