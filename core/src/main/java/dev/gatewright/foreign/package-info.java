/** Networks that other systems trained, read as models. Every file is hostile until checked, and none runs anything. */
package dev.gatewright.foreign;
