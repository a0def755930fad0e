/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.browser;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Chromium without a window, with one tab and an empty profile, driven by the protocol of its developer tools.
 *
 * <pre>{@code
 * try (Browser browser = Browser.start()) {
 *     browser.size(400, 800).theme(Browser.Theme.DARK).open(page);
 *     browser.await("the chart", "document.querySelector('canvas')");
 *     assertThat(browser.problems()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Where there is no Chromium, the test is skipped. The browser can reach the network as far as the machine can; {@link
 * #requests} says what it asked for.
 */
public final class Browser implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 20_000_000;
    private static final Gson GSON = new Gson();

    private final Process process;
    private final Path profile;
    private final DevTools tools;
    private final List<String> problems;
    private final List<String> requests;

    private Browser(Process process, Path profile, DevTools tools, List<String> problems, List<String> requests) {
        this.process = process;
        this.profile = profile;
        this.tools = tools;
        this.problems = problems;
        this.requests = requests;
    }

    /** What the user prefers. */
    public enum Theme {
        LIGHT,
        DARK
    }

    /** Starts Chromium with a tab of 1,400 by 1,000 pixels and a light theme. */
    public static Browser start() {
        Path chromium = Tools.program("chromium");
        Process process = null;
        try {
            Path profile = Files.createTempDirectory("wattle-browser");
            process = new ProcessBuilder(
                            chromium.toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            "--hide-scrollbars",
                            "--force-color-profile=srgb",
                            "--lang=en-GB",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("output").toFile())
                    .start();
            return connect(process, profile);
        } catch (Exception e) {
            if (process != null) {
                process.destroyForcibly();
            }
            throw new IllegalStateException("Chromium cannot be driven", e);
        }
    }

    private static Browser connect(Process process, Path profile) throws Exception {
        List<String> problems = new CopyOnWriteArrayList<>();
        List<String> requests = new CopyOnWriteArrayList<>();
        DevTools tools = DevTools.connect(awaitPort(process, profile), (name, event) -> {
            switch (name) {
                case "Runtime.exceptionThrown" ->
                    problems.add(event.getAsJsonObject("exceptionDetails").toString());
                case "Runtime.consoleAPICalled" -> {
                    if (List.of("error", "warning", "assert")
                            .contains(event.get("type").getAsString())) {
                        problems.add(event.toString());
                    }
                }
                case "Log.entryAdded" -> {
                    JsonObject entry = event.getAsJsonObject("entry");
                    if (List.of("error", "warning").contains(entry.get("level").getAsString())) {
                        problems.add(entry.toString());
                    }
                }
                case "Network.requestWillBeSent" ->
                    requests.add(event.getAsJsonObject("request").get("url").getAsString());
                default -> {}
            }
        });
        Browser browser = new Browser(process, profile, tools, problems, requests);
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Accessibility")) {
            browser.call(domain + ".enable", Map.of());
        }
        return browser.size(1_400, 1_000).theme(Theme.LIGHT);
    }

    private static int awaitPort(Process process, Path profile) throws IOException {
        Path file = profile.resolve("DevToolsActivePort");
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() - deadline < 0 && process.isAlive()) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return Integer.parseInt(lines.get(0));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException("it did not start: " + Files.readString(profile.resolve("output")));
    }

    /** Sets the size of the tab, in CSS pixels. */
    public Browser size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Sets the user's preference, as the operating system reports it. */
    public Browser theme(Theme theme) {
        return feature("prefers-color-scheme", theme.name().toLowerCase(Locale.ROOT));
    }

    /** Sets one media feature, in place of one that was set before. */
    public Browser feature(String name, String value) {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", name, "value", value))));
        return this;
    }

    /** Opens a page, {@code http:} or {@code file:}, and waits until it is loaded. */
    public void open(URI page) {
        JsonObject result = call("Page.navigate", Map.of("url", page.toString()));
        if (result.has("errorText")) {
            throw new AssertionError(page + ": " + result.get("errorText").getAsString());
        }
        await(page.toString(), "document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** Leaves the page for an empty one, and forgets its problems and requests. */
    public void leave() {
        call("Page.navigate", Map.of("url", "about:blank"));
        await("an empty page", "location.href === 'about:blank' && document.readyState === 'complete'");
        problems.clear();
        requests.clear();
    }

    /** The value of an expression, JSON null for undefined; of a promise, what it resolves to. An exception fails the test. */
    public JsonElement evaluate(String expression) {
        JsonObject result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        JsonElement value = result.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    /** The value of an expression as a string; of a promise, that of what it resolves to. */
    public String text(String expression) {
        return evaluate("Promise.resolve(" + expression + ").then(String)").getAsString();
    }

    /** The value of an expression that is a number. */
    public double number(String expression) {
        return evaluate("Number(" + expression + ")").getAsDouble();
    }

    /** Waits until a condition holds, which may not be evaluable before. */
    public void await(String what, String condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!evaluate("(() => { try { return !!(" + condition + "); } catch (e) { return false; } })()")
                .getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never saw " + what + " (" + condition + "); problems: " + problems
                        + "; the page: " + text("document.body ? document.body.innerText : ''"));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Presses and releases a key, such as {@code Tab}, {@code Enter} or {@code ArrowRight}. */
    public void press(String key) {
        int code = switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Escape" -> 27;
            case " " -> 32;
            case "End" -> 35;
            case "Home" -> 36;
            case "ArrowLeft" -> 37;
            case "ArrowRight" -> 39;
            default -> throw new IllegalArgumentException(key);
        };
        String text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key.equals(" ") ? "Space" : key,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            type.equals("keyDown") ? text : ""));
        }
    }

    /** Moves the mouse to a point of the tab. */
    public void moveMouse(double x, double y) {
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** The names that a screen reader says for elements of that role, in the order of the page. */
    public List<String> accessibleNames(String role) {
        JsonArray nodes = call("Accessibility.getFullAXTree", Map.of()).getAsJsonArray("nodes");
        return nodes.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(node -> node.has("role") && node.has("name"))
                .filter(node ->
                        node.getAsJsonObject("role").get("value").getAsString().equals(role))
                .map(node -> node.getAsJsonObject("name").get("value").getAsString())
                .toList();
    }

    /** Uncaught exceptions and the console's errors and warnings, refused requests among them; since {@link #leave}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The addresses that were asked for, since {@link #leave}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The whole page as a PNG, as wide as the tab. */
    public byte[] screenshot() {
        JsonObject size = call("Page.getLayoutMetrics", Map.of()).getAsJsonObject("cssContentSize");
        JsonObject result = call(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1)));
        return Base64.getDecoder().decode(result.get("data").getAsString());
    }

    /** The page as it prints on A4. */
    public byte[] pdf() {
        JsonObject result = call(
                "Page.printToPDF",
                Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true, "preferCSSPageSize", true));
        return Base64.getDecoder().decode(result.get("data").getAsString());
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            deleteProfile();
        } catch (IOException busy) {
            // A process of the browser may still write; the directory is a temporary one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteProfile() throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private JsonObject call(String method, Map<String, Object> parameters) {
        return tools.call(method, GSON.toJsonTree(parameters).getAsJsonObject());
    }
}
