/** Machine code for x86-64: an assembler that knows bytes and nothing of circuits. */
package dev.gatewright.engine.x86;
