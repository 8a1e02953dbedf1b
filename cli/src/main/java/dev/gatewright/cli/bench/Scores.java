package dev.gatewright.cli.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one comparison measured: a network as the peers run it beside the same network, or one as accurate, on our
 * engines; one thread.
 *
 * @param network its name
 * @param raw gates of the network as the peers run it
 * @param gates gates of our circuit
 * @param reference the contestant that ratios divide by
 * @param engines what was measured of our engines alone
 * @param quiet the share of the processors that was ours, least of before and after
 */
public record Scores(
        String network,
        int raw,
        int gates,
        String reference,
        List<Contestant> contestants,
        List<EngineFacts> engines,
        double quiet) {
    public Scores {
        contestants = List.copyOf(contestants);
        engines = List.copyOf(engines);
    }

    /**
     * A row of the table.
     *
     * @param compileSeconds until it could run
     * @param sourceBytes of C; 0 for engines
     * @param codeBytes of the shared object; 0 for engines
     * @param net gates alone, on a packed block; empty where {@code remark} says why
     * @param full from a user's rows to class scores or classes; empty likewise
     */
    public record Contestant(
            String name,
            double compileSeconds,
            long sourceBytes,
            long codeBytes,
            Optional<Alternation.Rate> net,
            Optional<Alternation.Rate> full,
            String remark) {
        static Contestant absent(String name, String remark) {
            return new Contestant(name, 0, 0, 0, Optional.empty(), Optional.empty(), remark);
        }
    }

    /**
     * What stands beside an engine's row.
     *
     * @param firstAnswerSeconds from a loaded circuit to the classes of its first block
     * @param netScaling the rate of the gates alone on two threads ÷ on one; empty on a machine of one core
     * @param fullScaling likewise for full calls
     * @param microsP50 a call with one sample, median
     * @param microsP99 likewise, the 99th of a hundred
     * @param bytesPerCall allocated by a full call once everything has been allocated
     */
    public record EngineFacts(
            String engine,
            double firstAnswerSeconds,
            OptionalDouble netScaling,
            OptionalDouble fullScaling,
            double microsP50,
            double microsP99,
            double bytesPerCall) {}

    /** The contestant that ratios divide by, where it could be measured. */
    public Optional<Contestant> referenceScore() {
        return contestants.stream()
                .filter(contestant -> contestant.name().equals(reference))
                .findFirst();
    }
}
