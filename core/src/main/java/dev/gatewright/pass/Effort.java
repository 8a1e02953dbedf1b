package dev.gatewright.pass;

/**
 * How hard to try to prove that two wires are equal.
 *
 * @param cone the most gates behind the two that are looked at
 * @param conflicts the most dead ends that the search runs into before it gives up
 */
public record Effort(int cone, int conflicts) {
    /** What optimisation spends, thousands of times. */
    public static final Effort USUAL = new Effort(300, 200);

    public Effort {
        if (cone < 1 || conflicts < 1) {
            throw new IllegalArgumentException("a cone of " + cone + " gates and " + conflicts + " conflicts");
        }
    }
}
