/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the zones with names similar to an unknown one, for an error message. Immutable. */
final class ZoneSuggestions {

    private static final int MAX_SUGGESTIONS = 5;
    private static final int MAX_LENGTH = 48;
    private static final int UNRELATED = Integer.MAX_VALUE;

    /** A zone as it is written in the configuration, and its name for people. */
    record Candidate(String zone, String name) {}

    private record Ranked(int rank, String zone) {}

    private final List<Candidate> candidates;

    ZoneSuggestions(List<Candidate> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    List<String> nearest(String typo) {
        String wanted = typo.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || wanted.length() > MAX_LENGTH) {
            return List.of();
        }
        List<Ranked> near = new ArrayList<>();
        for (Candidate candidate : candidates) {
            int rank = rank(wanted, candidate);
            if (rank != UNRELATED) {
                near.add(new Ranked(rank, candidate.zone()));
            }
        }
        near.sort(Comparator.comparingInt(Ranked::rank).thenComparing(Ranked::zone));
        List<String> zones = new ArrayList<>();
        for (Ranked ranked : near.subList(0, Math.min(MAX_SUGGESTIONS, near.size()))) {
            zones.add(ranked.zone());
        }
        return List.copyOf(zones);
    }

    private static int rank(String wanted, Candidate candidate) {
        String zone = candidate.zone().toLowerCase(Locale.ROOT);
        String name = candidate.name().toLowerCase(Locale.ROOT);
        String region = afterColon(zone);
        if (zone.equals(wanted) || region.equals(afterColon(wanted)) || name.equals(wanted)) {
            return 0;
        }
        // FR-IDF, where only FR is known; UK, which is not an ISO code but the initials of a country.
        if (wanted.startsWith(zone + "-")
                || (wanted.length() > 1 && initials(name).equals(wanted))) {
            return 1;
        }
        if (zone.startsWith(wanted) || region.startsWith(wanted) || (wanted.length() > 2 && name.startsWith(wanted))) {
            return 2;
        }
        int tolerance = wanted.length() <= 3 ? 1 : 2;
        int distance = Math.min(EditDistance.between(wanted, zone), EditDistance.between(wanted, region));
        if (wanted.length() > 3) {
            distance = Math.min(distance, EditDistance.between(wanted, name));
        }
        return distance <= tolerance ? 2 + distance : UNRELATED;
    }

    private static String afterColon(String zone) {
        return zone.substring(zone.indexOf(':') + 1);
    }

    private static String initials(String name) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == ' ') {
                letters.append(name.charAt(i));
            }
        }
        return letters.toString();
    }
}
