/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.browser.Browser;
import dev.wattle.agent.browser.PageLayout;
import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live page in a real browser, with runs whose every figure is known. */
@Tag("long")
class LivePageTest {
    private static final String POWER = "document.querySelector('#power .chart').chart";
    private static final String CURVE = "document.querySelector('#trainings .chart').chart";
    private static final String HOSTILE =
            "\"><script>document.title='owned'</script><img src=x onerror=\"alert(1)\">'`${7*7}";

    private static Browser browser;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private MetricsEndpoint endpoint;
    private volatile String run = LiveRun.withEpochs(12).text();

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        browser.leave();
        browser.size(1_400, 1_000).theme(Browser.Theme.LIGHT);
        endpoint = MetricsEndpoint.start(
                new EndpointConfig("127.0.0.1", 0, Set.of(), Optional.empty()),
                "localhost",
                SelectorProvider.provider(),
                (out, type) -> {},
                () -> run,
                new MeterThreads(),
                log::add);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void showsThePowerNowAndOverTimeAsTheRunHasIt() {
        open();

        assertThat(browser.text("watts.textContent + ' ' + document.getElementById('watts-unit').textContent"))
                .isEqualTo("312 W");
        assertThat(browser.text("document.title")).startsWith("312 W - 20260301-120000-7");
        JsonObject recent = data().getAsJsonObject("power_history").getAsJsonObject("recent");
        JsonArray drawn = browser.evaluate(POWER + ".plot().data.map(column => Array.from(column))")
                .getAsJsonArray();
        assertThat(numbers(drawn.get(0))).isEqualTo(numbers(recent.get("unix_seconds")));
        assertThat(numbers(drawn.get(2)))
                .isEqualTo(numbers(recent.getAsJsonObject("watts").get("cpu")));
        assertThat(numbers(drawn.get(3)))
                .isEqualTo(numbers(recent.getAsJsonObject("watts").get("gpu-0")));
        assertThat(drawn.get(1).getAsJsonArray().get(0).getAsDouble()).isEqualTo(62.0 + 252);
        assertThat(drawn.get(1).getAsJsonArray().get(9).isJsonNull())
                .as("a sum without the GPU is none")
                .isTrue();
        assertThat(browser.text("legend.innerText")).contains("together", "cpu", "61.0 W", "gpu-0", "251.0 W");
    }

    @Test
    void showsTheFiguresWithOneUnitAColumn() {
        open();

        assertThat(browser.text("tiles.innerText"))
                .contains(
                        "180.0 kJ",
                        "50.00 Wh, counter + modelled",
                        "2.050 g",
                        "41.00 g/kWh, FR, 2025, lifecycle",
                        "10 min 0 s");
        assertThat(browser.text("document.querySelector('#trainings table').innerText"))
                .contains("time, s", "energy, kJ", "0.500", "mJ/sample", "loss");
        assertThat(browser.text("devices.innerText")).contains("energy, kJ", "now, W", "99.5 %", "1 (3.0 s)");
        assertThat(browser.text("sources.innerText")).contains("the source of gpu-0", "ember-2026");
        assertThat(browser.text("trainings.innerText"))
                .contains("used 47.2 Wh, projected 90.0 Wh (80.0 Wh to 100.0 Wh)");
    }

    @Test
    void writesSmallLossesOfAColumnWithOnePowerOfTen() {
        run = LiveRun.withEpochs(1).training(12, epoch -> 1.2e-6 / epoch).text();
        open();

        String table = browser.text("document.querySelector('#trainings .scroll table').innerText");
        assertThat(table).contains("loss ×10⁻⁶").contains("0.100").doesNotContain("e-", "0.00000");
        assertThat(browser.text("document.body.innerText"))
                .doesNotContainPattern("\\de-\\d")
                .doesNotContain("0.0000");
    }

    @Test
    void redrawsWhatHasChangedAndKeepsWhatAPersonDid() {
        open();
        browser.evaluate("document.querySelector('#power details').open = true");
        browser.evaluate("document.getElementById('whole-run').click(); document.getElementById('whole-run').focus()");

        LiveRun next = LiveRun.withEpochs(13);
        next.json().addProperty("at", "2026-03-01T12:10:02Z");
        next.json().getAsJsonArray("devices").get(1).getAsJsonObject().addProperty("microwatts", 401_000_000L);
        run = next.text();

        browser.await("the next power", "watts.textContent === '462'");
        assertThat(browser.text("tiles.innerText")).contains("13 of 26");
        assertThat(browser.number(CURVE + ".data()[0].length")).isEqualTo(13);
        assertThat(browser.text("document.activeElement.id")).isEqualTo("whole-run");
        assertThat(browser.evaluate("document.querySelector('#power details').open")
                        .getAsBoolean())
                .isTrue();
        assertThat(browser.number("document.querySelectorAll('#power details tbody tr').length"))
                .isEqualTo(100);
    }

    @Test
    void showsTheLastFiguresWhenTheRunEnds() {
        open();
        LiveRun ended = LiveRun.withEpochs(24);
        ended.json().addProperty("ended", true);
        ended.json().getAsJsonObject("microjoules").addProperty("gpu-0", 163_500_000_000L);
        run = ended.text();

        endpoint.close();

        browser.await("the end", "state.className === 'ended'");
        assertThat(browser.text("document.title")).startsWith("ended, 199.5 kJ - ");
        assertThat(browser.text("tiles.innerText")).contains("199.5 kJ", "24 of 48");
        assertThat(browser.text("state.textContent")).isEqualTo("ended: final figures");
        assertThat(browser.text("document.getElementById('now-title').textContent"))
                .isEqualTo("Mean power of the run");
        assertFaultless();
    }

    /** A browser has six connections to a server: tabs that each held one would leave none for the figures. */
    @Test
    void waitsForTheEndInOneTabOnlyAndReportsItToTheOthers() {
        open();
        assertThat(browser.text("navigator.locks.query().then(all => all.held.map(lock => lock.name).join())"))
                .isEqualTo("wattle-end");

        LiveRun ended = LiveRun.withEpochs(24);
        ended.json().addProperty("ended", true);
        browser.evaluate("new BroadcastChannel('wattle').postMessage(" + ended.text() + ")");

        browser.await("the end", "state.className === 'ended'");
        assertThat(browser.text("tiles.innerText")).contains("24 of 48");
    }

    @Test
    void saysThatTheConnectionIsLostAndOfWhenTheFiguresAre() {
        open();

        endpoint.close();

        browser.await("the loss", "state.className === 'lost'");
        assertThat(browser.text("document.querySelector('header').innerText"))
                .contains("no response", "figures as of ", "perhaps not the last");
        assertThat(browser.text("tiles.innerText")).contains("180.0 kJ");
    }

    @Test
    void takesNamesAsTextWhateverTheyAre() {
        LiveRun hostile = LiveRun.withEpochs(3);
        hostile.set("project", HOSTILE).set("host", "\u202Erotaderepmi\u202C مضيف");
        hostile.device("gpu-" + "long".repeat(60), "gpu", "counter", 1_000_000_000L, 3_000_000L);
        hostile.device(HOSTILE, "gpu", "counter", 1_000_000_000L, 3_000_000L).power(20, 1, 20, 1);
        JsonObject training = hostile.json().getAsJsonArray("trainings").get(0).getAsJsonObject();
        training.addProperty("name", HOSTILE);
        training.addProperty("text", HOSTILE);
        training.getAsJsonObject("curve").addProperty("merit", HOSTILE);
        hostile.json()
                .getAsJsonArray("windows")
                .add(
                        JsonParser.parseString(
                                "{\"name\":\"x\",\"count\":1,\"seconds\":1,\"microjoules\":{\"cpu\":5},\"quality\":\"counter\",\"marks\":\"\"}"));
        hostile.json()
                .getAsJsonArray("windows")
                .get(0)
                .getAsJsonObject()
                .addProperty("name", HOSTILE + "y".repeat(300));
        run = hostile.text();

        for (int width : new int[] {1_400, 400}) {
            browser.size(width, 900);
            open();
            browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            assertThat(browser.text("document.title")).doesNotContain("owned");
            assertThat(browser.text("devices.innerText")).contains(HOSTILE);
            assertThat(browser.number("document.querySelectorAll('main script, main img').length"))
                    .isZero();
            assertThat(PageLayout.faults(browser)).isEmpty();
        }
        assertFaultless();
    }

    @Test
    void staysSmallWithADayOfPowerAndAThousandEpochs() {
        LiveRun day = LiveRun.withEpochs(1_000);
        for (int gpu = 1; gpu < 16; gpu++) {
            day.device("gpu-" + gpu, "gpu", "counter", 144_000_000_000L, 251_000_000L);
        }
        run = day.power(600, 1, 600, 144).text();
        open();
        browser.evaluate("document.getElementById('whole-run').click()");
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");

        browser.await("the table", "document.querySelectorAll('#power details tbody tr').length === 100");
        assertThat(browser.number(POWER + ".data()[0].length")).isEqualTo(600);
        assertThat(browser.number(POWER + ".data().length"))
                .as("time, sum and kinds of device")
                .isEqualTo(4);
        assertThat(browser.text("legend.innerText")).contains("16 x gpu", "1 x cpu");
        assertThat(browser.number(CURVE + ".data()[0].length")).isEqualTo(200);
        assertThat(browser.number("document.querySelectorAll('*').length")).isLessThan(2_500);
        assertFaultless();
    }

    @Test
    void anOutlierDoesNotSetTheScale() {
        LiveRun withOutlier = LiveRun.withEpochs(30);
        JsonObject curve = withOutlier
                .json()
                .getAsJsonArray("trainings")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("curve");
        JsonArray point = curve.getAsJsonArray("points").get(3).getAsJsonArray();
        point.remove(2);
        point.add(1e9);
        run = withOutlier.text();
        open();

        assertThat(browser.number(CURVE + ".plot().scales.y.max")).isBetween(1.8, 3.0);
        assertThat(browser.number(CURVE + ".data()[1][3]")).isEqualTo(1e9);
        assertThat(browser.text("document.querySelector('#trainings figcaption').textContent"))
                .contains("1 outside the scale, marked by a triangle, the first 1.00×10⁹");
    }

    @Test
    void choosesALogarithmicScaleWhereItHelpsAndLetsAPersonChoose() {
        run = LiveRun.withEpochs(24).text();
        open();
        assertThat(browser.number(CURVE + ".plot().scales.y.distr"))
                .as("over more than a decade")
                .isEqualTo(3);

        browser.evaluate("document.querySelector('#trainings button').click()");
        assertThat(browser.number(CURVE + ".plot().scales.y.distr")).isEqualTo(1);

        run = LiveRun.withEpochs(1).training(12, epoch -> 0.5 - epoch * 0.01).text();
        open();
        assertThat(browser.number(CURVE + ".plot().scales.y.distr"))
                .as("over less than one")
                .isEqualTo(1);
    }

    @Test
    void isReadByKeysAndByEar() {
        open();
        assertThat(browser.accessibleNames("button")).startsWith("Last 10 minutes", "Whole run");
        assertThat(browser.accessibleNames("heading"))
                .contains("Power now", "Energy", "Devices", "Phases", "Sources", "Training 1", "Epochs");
        assertThat(browser.accessibleNames("group"))
                .anyMatch(name -> name.startsWith("power by device over the last ten minutes, 9 min 59 s, from 0 to "))
                .anyMatch(name -> name.startsWith("loss after each epoch"));
        browser.press("Tab");
        browser.press("Tab");
        browser.press("Enter");
        assertThat(browser.text("document.getElementById('whole-run').getAttribute('aria-pressed')"))
                .isEqualTo("true");
        browser.press("Tab");
        browser.press("Home");
        assertThat(browser.text("document.querySelector('#power .readout').textContent"))
                .endsWith(": together 314.0 W, cpu 62.0 W, gpu-0 252.0 W");
        for (int i = 0; i < 9; i++) {
            browser.press("ArrowRight");
        }
        assertThat(browser.text("document.querySelector('#power .readout').textContent"))
                .endsWith(": together not known, cpu 64.0 W, gpu-0 not known");
    }

    @Test
    void followsTheMouse() {
        open();
        JsonObject box = browser.evaluate("(r => ({ x: r.left + r.width / 2, y: r.top + r.height / 2 }))"
                        + "(document.querySelector('#power .u-over').getBoundingClientRect())")
                .getAsJsonObject();

        browser.moveMouse(box.get("x").getAsDouble(), box.get("y").getAsDouble());

        browser.await(
                "the values", "/together 3\\d\\d\\.\\d W/.test(document.querySelector('#power .readout').textContent)");
    }

    @ParameterizedTest
    @CsvSource({"400, LIGHT", "400, DARK", "700, LIGHT", "1000, DARK", "1400, LIGHT", "1400, DARK"})
    void keepsEverythingInItsCardAtEveryWidthAndInBothThemes(int width, Browser.Theme theme) {
        browser.size(width, 900).theme(theme);
        open();

        assertThat(PageLayout.faults(browser)).isEmpty();
        assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(theme == Browser.Theme.DARK ? "rgb(18, 21, 19)" : "rgb(244, 246, 243)");
        browser.size(width == 400 ? 1_200 : 400, 900);
        browser.await(
                "the chart's new size",
                "Math.abs(document.querySelector('#power .uplot').clientWidth"
                        + " - document.querySelector('#power .chart').clientWidth) < 2");
        assertThat(browser.number(POWER + ".plot().width"))
                .isCloseTo(browser.number("document.querySelector('#power .chart').clientWidth"), within(1.0));
        assertThat(PageLayout.faults(browser)).isEmpty();
        assertFaultless();
    }

    private void open() {
        browser.open(URI.create(endpoint.url()));
        browser.await("the run", "document.documentElement.dataset.at && " + POWER + ".plot()");
    }

    /** No message of the console, no request elsewhere, nothing in the log. */
    private void assertFaultless() {
        assertThat(browser.problems()).isEmpty();
        assertThat(new TreeSet<>(browser.requests())).allMatch(request -> request.startsWith(endpoint.url()));
        assertThat(log).isEmpty();
    }

    private JsonObject data() {
        return JsonParser.parseString(run).getAsJsonObject();
    }

    private static List<Optional<Double>> numbers(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(element -> element.isJsonNull() ? Optional.<Double>empty() : Optional.of(element.getAsDouble()))
                .toList();
    }
}
