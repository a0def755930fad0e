/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LibraryLogTest {
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void listen() {
        LibraryLog.to(said::add);
    }

    @Test
    void saysAWarningOfALibraryOnce() {
        Logger logger = LoggerFactory.getLogger("com.example.Gadget");

        logger.warn("disk {} is odd", "sda");
        logger.warn("disk {} is odd", "sda");

        assertThat(said).containsExactly("Gadget: disk sda is odd");
    }

    @Test
    void namesWhatWasThrown() {
        LoggerFactory.getLogger("Gadget").error("it broke", new IllegalStateException("gone"));

        assertThat(said).containsExactly("Gadget: it broke (java.lang.IllegalStateException: gone)");
    }

    @Test
    void leavesOutWhatIsNoComplaint() {
        LoggerFactory.getLogger("Gadget").info("hello");

        assertThat(said).isEmpty();
    }
}
