/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an endpoint answered once in Prometheus' text format.
 *
 * @param text the answer as it came
 * @param series every series, as it is written with its labels, and its value
 * @param beforeNanos System.nanoTime() before it was asked
 * @param afterNanos System.nanoTime() once it had answered
 */
public record Scrape(String text, Map<String, Double> series, long beforeNanos, long afterNanos) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration LONGEST = Duration.ofSeconds(20);

    public static Scrape of(URI endpoint) {
        long before = System.nanoTime();
        String text = get(endpoint);
        long after = System.nanoTime();
        Map<String, Double> series = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            series.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return new Scrape(text, series, before, after);
    }

    /** The body of a 200. */
    public static String get(URI uri) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(uri).timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(uri + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(uri.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The sum over all series of a name that have this label, such as {@code device="package-0"}. */
    public double sum(String name, String label) {
        return series.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(name + "{") && entry.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
