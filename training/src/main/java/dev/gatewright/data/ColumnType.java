package dev.gatewright.data;

/** What a user says a column is, where the reader should not infer it. */
public enum ColumnType {
    NUMBER,
    BOOLEAN,
    CATEGORY,
    /** Leave the column out. */
    IGNORE
}
