/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of pages rely on: that the browser runs scripts, and that faults of a page are seen. */
class BrowserTest {
    private static Browser browser;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void runsScriptsAtTheSizeAndInTheThemeAskedFor() throws IOException {
        browser.size(400, 700).theme(Browser.Theme.DARK);
        open("<p id=p></p><script>p.textContent = innerWidth + ' '"
                + " + matchMedia('(prefers-color-scheme: dark)').matches</script>");

        assertThat(browser.text("p.textContent")).isEqualTo("400 true");
        assertThat(new String(browser.pdf(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        assertThat(browser.screenshot()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void seesErrorsOfScriptsAndWhatIsAskedFor() throws IOException {
        open("<img src='missing.png'><script>console.error('one fault'); throw new Error('another fault')</script>");

        browser.await("the picture to fail", "document.images[0].complete");
        assertThat(browser.problems())
                .anyMatch(problem -> problem.contains("one fault"))
                .anyMatch(problem -> problem.contains("another fault"));
        assertThat(browser.requests()).anyMatch(request -> request.endsWith("/missing.png"));
    }

    @Test
    void pressesKeysAndHearsNames() throws IOException {
        open("<button onclick='document.title = \"pressed\"' aria-label='Start it'>x</button>");

        browser.press("Tab");
        browser.press("Enter");

        browser.await("the button", "document.title === 'pressed'");
        assertThat(browser.accessibleNames("button")).containsExactly("Start it");
    }

    @Test
    void findsWhatAReaderWouldNotSee() throws IOException {
        browser.size(400, 700);
        open("<section style='width:50px;border:1px solid'>incomprehensibilities</section>");
        assertThat(PageLayout.faults(browser)).singleElement().asString().contains("outside section");

        open("<div style='width:50px;overflow:hidden;white-space:nowrap'>cut off here</div>");
        assertThat(PageLayout.faults(browser)).singleElement().asString().contains("cut off by div");

        open("<div><div style='width:50px;overflow-x:auto' tabindex=0><pre>a long line of code</pre></div></div>");
        assertThat(PageLayout.faults(browser)).singleElement().asString().contains("scrolls without a sign");

        open("<div style='width:500px'>wide</div>");
        assertThat(PageLayout.faults(browser)).singleElement().asString().contains("in a tab of 400");

        open("<section><div style='width:50px;overflow-x:auto' tabindex=0><pre>a long line of code</pre></div>"
                + "<p class=scroll-hint>more</p></section>");
        assertThat(PageLayout.faults(browser)).isEmpty();
    }

    private void open(String body) throws IOException {
        Path page = Files.createTempFile(directory, "page", ".html");
        Files.writeString(page, "<!DOCTYPE html><meta charset=utf-8><body>" + body);
        browser.open(page.toUri());
    }
}
