/** What a circuit costs as hardware: mapping to look-up tables. */
package dev.gatewright.hardware;
