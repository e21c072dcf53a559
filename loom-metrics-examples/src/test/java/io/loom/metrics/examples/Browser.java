package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;

/** A real Chromium without a window, with a profile of its own, which speaks to nobody but the pages that it is told to show. */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /**
     * Starts one, or ends the test where there is none.
     *
     * @param directory gets the profile
     */
    static Browser start(Path directory) {
        Path chromium = StackProgram.require("chromium");
        Path chromedriver = StackProgram.require("chromedriver");
        ChromeOptions options = new ChromeOptions();
        Path profile = directory.resolve("profile");
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,1000",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), profile);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** {@return what a script gives that ends with {@code return}} */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** {@return what the last argument of a script, a function, is called with} */
    Object await(String script) {
        return driver.executeAsyncScript(script);
    }

    /** Shows nothing, and forgets what pages of a host stored and complained about. */
    void leave(URI host) {
        driver.get("about:blank");
        cdp("Storage.clearDataForOrigin", Map.of("origin", host.toString(), "storageTypes", "local_storage"));
        complaints();
    }

    /** {@return warnings and errors that the console got since it was asked last} */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** {@return the addresses that were asked for since the browser was asked last} */
    List<String> requests() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get("performance")) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                addresses.add(message.at("/params/request/url").asText());
            }
        }
        return addresses;
    }

    /** Shows pages as a device with such a screen would. */
    void screen(int width, int height, boolean mobile) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    /** Makes a media feature have a value. */
    void media(String feature, String value) {
        cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** {@return what can be seen, as a PNG} */
    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Returns when nobody writes to the profile any more: the directory can be deleted then. */
    @Override
    public void close() {
        List<ProcessHandle> processes = processes();
        driver.quit();
        for (ProcessHandle process : processes) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** {@return the browser's processes} Some are told the profile, the others are children of these. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(profile.toString()))
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
    }

    private void cdp(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }
}
