import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints what the program of the page says of the plugin, and where the plugin comes from. */
public class Look {
    private static final Pattern COMPONENT = Pattern.compile("\"plugin[^}]*}");

    public static void main(String[] args) throws Exception {
        HttpServer server = Tales.serve(0);
        String address = "http://localhost:" + server.getAddress().getPort();

        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        String page = get(address + "/metrics");
        while (!page.contains("custom_metric 42") && System.nanoTime() < end) {
            Thread.onSpinWait();
            page = get(address + "/metrics");
        }
        page.lines()
                .filter(line -> line.contains("custom") || line.contains("another_metric"))
                .filter(line -> !line.startsWith("# ") || line.contains("_metric "))
                .forEach(line -> System.out.println("page: " + line));

        Matcher component = COMPONENT.matcher(get(address + "/health"));
        while (component.find()) {
            System.out.println("health: " + component.group());
        }
        Class<?> plugin = Class.forName("org.example.CustomMonitorPlugin");
        System.out.println(
                "jar: " + plugin.getProtectionDomain().getCodeSource().getLocation());
        server.stop(0);
        System.exit(0); // the program serves until it is stopped
    }

    private static String get(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
