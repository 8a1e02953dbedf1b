package dev.gatewright.data;

import java.util.List;

/**
 * A data set known by name.
 *
 * @param sources where it can be had from, in the order they are tried; {@code built in} needs no network
 */
public record CatalogueEntry(String name, String description, String licence, List<String> sources) {}
