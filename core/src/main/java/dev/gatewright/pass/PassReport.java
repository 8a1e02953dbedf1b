package dev.gatewright.pass;

import java.time.Duration;

/** What one run of a pass did to a circuit. */
public record PassReport(
        String pass, int gatesBefore, int gatesAfter, int depthBefore, int depthAfter, Duration time) {}
