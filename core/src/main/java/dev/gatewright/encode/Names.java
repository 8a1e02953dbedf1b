package dev.gatewright.encode;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a user may have meant by a name. */
public final class Names {
    private static final int LONGEST = 100;

    private Names() {}

    /** The candidate nearest to {@code name} in single-letter edits, ignoring case, if one is near at all. */
    public static Optional<String> closest(String name, Collection<String> candidates) {
        String best = null;
        int fewest = Math.max(2, name.length() / 3) + 1;
        for (String candidate : candidates.stream().sorted().toList()) {
            if (candidate.length() <= LONGEST && name.length() <= LONGEST) {
                int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
                if (edits < fewest && edits < Math.max(name.length(), candidate.length())) {
                    fewest = edits;
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
