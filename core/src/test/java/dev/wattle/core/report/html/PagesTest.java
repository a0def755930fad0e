/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.detail.JournalFixture;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {

    @Test
    void allowsItsOwnStyleAndScriptOnly() throws NoSuchAlgorithmException {
        assertThat(PageFrame.STYLE_HASH).isEqualTo(hash(PageFrame.styleSheet()));
        assertThat(PageFrame.SCRIPT_HASH).isEqualTo(hash(PageFrame.script()));
        assertThat(RunPage.of(JournalFixture.run("base")))
                .contains("default-src &#39;none&#39;")
                .doesNotContain("http://", "https://", " src=", " href=", "@import", "url(");
    }

    @Test
    void hasTheFiguresOfARunWithoutAScript() {
        String page = RunPage.of(JournalFixture.run("base"));

        assertThat(page)
                .contains("resnet-base", "accuracy over the energy used", "Energy of each epoch", "Mean power")
                .contains("DE, Germany (as reported)", "US-CA, California")
                .contains("Annex XI, section 1, point 2(e)")
                .contains("<title>epoch 12: accuracy ");
    }

    @Test
    void marksAKilledRun() {
        assertThat(RunPage.of(JournalFixture.run("killed"))).contains("killed or still runs");
    }

    @Test
    void writesNamesAsTextOnly() {
        String run = RunPage.of(JournalFixture.run("hostile"));
        String comparison = ComparePage.of(
                Comparison.of(
                        List.of(JournalFixture.run("hostile"), JournalFixture.run("base")), Comparison.Request.none()),
                "0.1.0");

        assertThat(List.of(run, comparison)).allSatisfy(page -> {
            assertThat(page).contains("&lt;script&gt;alert(1)");
            assertThat(page).doesNotContain("<script>alert", "<img", "<b>x", "\u202e");
        });
    }

    @Test
    void hasNoNumberThatIsNone() {
        assertThat(List.of(
                        RunPage.of(JournalFixture.run("base")),
                        RunPage.of(JournalFixture.run("killed")),
                        RunPage.of(JournalFixture.run("hostile"))))
                .allSatisfy(page -> assertThat(page.substring(0, page.lastIndexOf("<script>")))
                        .doesNotContain("NaN", "Infinity"));
    }

    private static String hash(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
