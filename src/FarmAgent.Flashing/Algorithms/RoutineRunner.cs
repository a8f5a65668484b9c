using System.Buffers.Binary;
using FarmAgent.Flashing.Programming;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>Runs a routine in the target's RAM with interrupts masked; faults stop the core instead of running the firmware's handler.</summary>
internal sealed class RoutineRunner(DebugSession session)
{
    private static readonly TimeSpan HaltLimit = TimeSpan.FromSeconds(1);

    /// <summary>Loads a routine and its parameters by one transfer; the core must be halted.</summary>
    /// <param name="address">Where it goes.</param>
    /// <param name="code">Its code, whole words.</param>
    /// <param name="parameters">What it loads into registers when it begins.</param>
    public void Load(uint address, ReadOnlySpan<byte> code, params ReadOnlySpan<uint> parameters)
    {
        var block = new byte[code.Length + (parameters.Length * sizeof(uint))];
        code.CopyTo(block);
        for (var i = 0; i < parameters.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(code.Length + (i * sizeof(uint))), parameters[i]);
        }

        session.Memory.Write(address, block);
    }

    /// <summary>Number of resets that it was told of: settings of the chip that were made before the last one are gone.</summary>
    public int Resets { get; private set; }

    /// <summary>Is told that the chip was reset.</summary>
    public void ForgetSettings() => Resets++;

    /// <summary>Starts a loaded routine.</summary>
    public void Start(uint address) => session.Core.RunFrom(address);

    /// <summary>Checks where the halted core stopped.</summary>
    /// <param name="expected">Addresses of breakpoints at which it may.</param>
    /// <returns>Where it did.</returns>
    /// <exception cref="FlashException">Anywhere else (<c>LOADER_FAULT</c>).</exception>
    public uint RequireStoppedAt(params ReadOnlySpan<uint> expected)
    {
        if (TryReadStop(expected, out var at))
        {
            return at;
        }

        session.Probe.Resynchronise();
        session.Core.WaitHalted(HaltLimit, CancellationToken.None);
        if (TryReadStop(expected, out at))
        {
            return at;
        }

        throw new FlashException(
            "LOADER_FAULT",
            $"The routine in RAM stopped at 0x{at:X8}, where it should not: {session.Core.ReadFaults()}. Reset the target and flash again; "
            + "if this comes back, lower the SWD clock.",
            at,
            []);
    }

    private bool TryReadStop(ReadOnlySpan<uint> expected, out uint at)
    {
        at = session.Core.ReadRegister(CoreRegister.Pc);
        return expected.Contains(at) && session.Core.StoppedAtBreakpoint();
    }
}
