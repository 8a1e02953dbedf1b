package dev.gatewright.cli.hardware;

import java.util.List;

/**
 * A family of devices that Yosys maps to.
 *
 * @param name the word that chooses it
 * @param about what it is called
 * @param synthesis the command of Yosys
 * @param models the cells with delays, as an argument of {@code read_verilog}
 * @param delays where those delays come from, as the files of Yosys say
 * @param table what the names of cells that are tables begin with
 * @param registers what the names of cells that are flip-flops begin with
 * @param carry what the names of cells of carry chains begin with
 */
public record Family(
        String name,
        String about,
        String synthesis,
        String models,
        String delays,
        String table,
        List<String> registers,
        String carry) {
    /** Every family. */
    public static final List<Family> ALL = List.of(
            new Family(
                    "xilinx",
                    "Xilinx 7",
                    "synth_xilinx -flatten -noiopad -noclkbuf -nodsp -nowidelut",
                    "-icells +/xilinx/cells_sim.v",
                    "Artix-7, Project X-Ray",
                    "LUT",
                    List.of("FD"),
                    "CARRY4"),
            new Family(
                    "ice40",
                    "iCE40",
                    "synth_ice40 -flatten",
                    "-icells -D ICE40_HX +/ice40/cells_sim.v",
                    "iCE40 HX, Project IceStorm",
                    "SB_LUT4",
                    List.of("SB_DFF"),
                    "SB_CARRY"),
            new Family(
                    "ecp5",
                    "ECP5",
                    "synth_ecp5 -nowidelut",
                    "-icells +/ecp5/cells_sim.v",
                    "ECP5, Project Trellis",
                    "LUT4",
                    List.of("TRELLIS_FF"),
                    "CCU2C"));
}
