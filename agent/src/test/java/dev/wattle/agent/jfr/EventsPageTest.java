/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Enabled;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/** The page's table of events lists each event with all its fields, in the order of a recording. */
class EventsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final List<String> OF_EVERY_EVENT = List.of("startTime", "duration", "eventThread", "stackTrace");

    @Test
    void listsEveryEventAndAllItsFields() throws IOException {
        List<String> expected = new ArrayList<>();
        for (var event : JfrConnection.events()) {
            // A test before this one in the same JVM may have taken them out.
            FlightRecorder.register(event);
            EventType type = EventType.getEventType(event);
            List<String> fields = type.getFields().stream()
                    .map(ValueDescriptor::getName)
                    .filter(name -> !OF_EVERY_EVENT.contains(name))
                    .toList();
            Enabled enabled = event.getAnnotation(Enabled.class);
            String byDefault = enabled == null || enabled.value() ? "on" : "off";
            expected.add(type.getName() + " " + byDefault + " " + String.join(", ", fields));
        }

        assertThat(rows()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The cells event, by default, fields. */
    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [A-Z]\\w+ \\| `wattle\\..*"))
                .map(line -> line.replace("`", "").split(" *\\| *", -1))
                .map(cells -> cells[2] + " " + cells[3] + " " + cells[5])
                .toList();
    }
}
