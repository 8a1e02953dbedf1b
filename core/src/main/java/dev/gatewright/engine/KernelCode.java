package dev.gatewright.engine;

/** An instruction list, and what runs it on slots of its own. */
record KernelCode(Schedule schedule, Gates gates) {}
