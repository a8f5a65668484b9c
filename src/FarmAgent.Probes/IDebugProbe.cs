using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes;

/// <summary>What a probe's firmware can do; callers ask instead of assuming a version.</summary>
/// <param name="ReadsTargetVoltage">The supply of the target can be measured.</param>
/// <param name="SetsSwdClock">The SWD clock can be chosen.</param>
/// <param name="AccessesDebugPort">DP and AP registers can be read and written one by one.</param>
/// <param name="AccessesHalfWords">Memory can be accessed by 16 bits.</param>
public sealed record ProbeCapabilities(bool ReadsTargetVoltage, bool SetsSwdClock, bool AccessesDebugPort, bool AccessesHalfWords);

/// <summary>An opened debug probe. Not thread-safe: its owner is one device executor. Disposal leaves debug mode and gives the device back.</summary>
public interface IDebugProbe : IDisposable
{
    /// <summary>Which probe it is.</summary>
    ProbeInfo Info { get; }

    /// <summary>Firmware of the probe, for example <c>V2J37S7</c>.</summary>
    string Firmware { get; }

    /// <summary>Commands sent to the probe since it was opened: what a session costs in round trips.</summary>
    long CommandsSent { get; }

    /// <summary>What that firmware can do.</summary>
    ProbeCapabilities Capabilities { get; }

    /// <summary>Present SWD clock in kHz.</summary>
    int SwdKilohertz { get; }

    /// <summary>The target's memory; usable between <see cref="EnterSwd"/> and <see cref="LeaveSwd"/>.</summary>
    IMemoryAccess Memory { get; }

    /// <summary>
    /// Brings commands and replies into step again. A reply of the right length that belongs to an earlier command cannot be told from the right one,
    /// but it leaves the right one behind: so what is about to be refused is read again after this.
    /// </summary>
    /// <returns>True when a reply was left that nobody had taken, now or at a repair since the last call: what was read before may belong to other commands.</returns>
    /// <exception cref="ProbeException">The probe no longer answers, or is gone (<c>PROBE_NOT_RESPONDING</c>, <c>PROBE_DISCONNECTED</c>).</exception>
    bool Resynchronise();

    /// <summary>Measures the target's supply.</summary>
    /// <returns>Volts, or null when this probe cannot tell.</returns>
    double? ReadTargetVolts();

    /// <summary>Sets the SWD clock to the nearest supported value that is not above the request (the slowest one if all are).</summary>
    /// <param name="kilohertz">Highest wanted clock in kHz.</param>
    /// <returns>The clock in use, in kHz.</returns>
    int SetSwdKilohertz(int kilohertz);

    /// <summary>Switches the wires to SWD and powers the debug port up, without a reset.</summary>
    /// <exception cref="TargetException">Nothing answers (<c>TARGET_NOT_CONNECTED</c>).</exception>
    void EnterSwd();

    /// <summary>Leaves debug mode; the target stays as it is.</summary>
    void LeaveSwd();

    /// <summary>Pulls the target's NRST low or releases it.</summary>
    /// <param name="low">True pulls low.</param>
    void DriveReset(bool low);

    /// <summary>The debug port's identification (DPIDR, ADIv5 section 2.3.5), 0x1BA01477 for a Cortex-M3.</summary>
    uint ReadDebugPortId();

    /// <summary>Reads a register of the halted core.</summary>
    /// <param name="register">Which one.</param>
    uint ReadCoreRegister(CoreRegister register);

    /// <summary>Writes a register of the halted core.</summary>
    /// <param name="register">Which one.</param>
    /// <param name="value">Its new value.</param>
    void WriteCoreRegister(CoreRegister register, uint value);

    /// <summary>Reads a register of the debug port or of an access port.</summary>
    /// <param name="port">Number of the access port, or <see cref="DebugPortNumber"/>.</param>
    /// <param name="address">Register address.</param>
    /// <exception cref="ProbeException">This probe cannot (<c>PROBE_FIRMWARE_TOO_OLD</c>).</exception>
    uint ReadDapRegister(ushort port, ushort address);

    /// <summary>Writes a register of the debug port or of an access port.</summary>
    /// <param name="port">Number of the access port, or <see cref="DebugPortNumber"/>.</param>
    /// <param name="address">Register address.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="ProbeException">This probe cannot (<c>PROBE_FIRMWARE_TOO_OLD</c>).</exception>
    void WriteDapRegister(ushort port, ushort address, uint value);

    /// <summary>The number that means the debug port itself in DAP accesses.</summary>
    const ushort DebugPortNumber = 0xFFFF;
}
