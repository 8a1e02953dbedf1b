package dev.gatewright.data;

/**
 * Training and test samples. The test part is the official one where the set has one, else a stratified split by seed.
 *
 * @param sha256 of the files it was read from, in lower-case hexadecimal
 */
public record Dataset(String name, LabelledSamples train, LabelledSamples test, boolean officialTest, String sha256) {}
