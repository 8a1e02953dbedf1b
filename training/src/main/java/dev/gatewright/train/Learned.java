package dev.gatewright.train;

import dev.gatewright.model.Model;
import dev.gatewright.pass.PassReport;
import java.util.List;

/** A trained model, how training went and what the circuit passes did. */
public record Learned(Model model, TrainReport report, List<PassReport> passes) {
    public Learned {
        passes = List.copyOf(passes);
    }
}
