using System.Buffers.Binary;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware.Time;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>Lets the chip compute the CRC of its own sectors: one run for all, some 2 us a word instead of 25 us for reading it over SWD.</summary>
internal sealed class Stm32F1CrcUnit(DebugSession session, RoutineRunner runner, FlashTarget target, RamLayout layout, Func<uint> watchdogKey, IWaiter waiter)
{
    /// <summary>CRC unit, RCC_AHBENR and its CRCEN bit (RM0008 sections 3.3 and 7.3.6).</summary>
    private const uint Unit = 0x4002_3000;
    private const uint ClockEnable = 0x4002_1014;
    private const uint CrcClock = 1u << 6;

    /// <summary>What runs after a reset: SRAM and the flash interface.</summary>
    private const uint ClocksAfterReset = 0x14;

    private static readonly TimeSpan BaseLimit = TimeSpan.FromSeconds(1);

    // 16 cycles a word at 8 MHz, with room for wait states.
    private static readonly TimeSpan LimitPerWord = TimeSpan.FromMicroseconds(20);

    // What the manual's cycle counts come to; the core is not looked at before.
    private static readonly TimeSpan UsualPerWord = TimeSpan.FromMicroseconds(1);

    private (int First, int Count)? _loaded;
    private int _resets;

    // Stored behind the results by the routine itself: without the number of this run there they are an earlier run's.
    private uint _run;

    /// <summary>Computes the CRCs of consecutive sectors; the core must be halted.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    public uint[] Compute(int first, int count)
    {
        var words = target.Geometry.SectorBytes / 4;
        if (_resets != runner.Resets)
        {
            // The unit's clock is off after a reset.
            (_loaded, _resets) = (null, runner.Resets);
        }

        if (_loaded is null)
        {
            session.Memory.WriteWord(ClockEnable, ClocksAfterReset | CrcClock);
        }

        if (_loaded == (first, count))
        {
            _run++;
        }
        else
        {
            // It stays in RAM with its parameters: the verification asks for the same sectors as the comparison.
            _run = unchecked((uint)waiter.Elapsed.Ticks * 2_654_435_761u);
            runner.Load(
                layout.CrcCode,
                Stm32F1Code.Crc,
                Unit,
                target.Geometry.Sector(first).Range.Start,
                (uint)words,
                (uint)count,
                layout.Results,
                watchdogKey(),
                _run);
        }

        // What fails on the way leaves nobody knowing how often it ran.
        _loaded = null;
        runner.Start(layout.CrcCode);
        waiter.Wait(UsualPerWord * words * count, CancellationToken.None);
        var bytes = new byte[(count + 1) * 4];
        if (!TryTakeResults(bytes))
        {
            session.Core.WaitHalted(BaseLimit + (LimitPerWord * words * count), CancellationToken.None);
            runner.RequireStoppedAt(layout.CrcCode + Stm32F1Code.CrcDone);
            if (!TryTakeResults(bytes))
            {
                throw new FlashException(
                    "LOADER_FAULT",
                    "The CRC routine stopped where it should, but its results are not those of this run. Flash again; if this comes back, lower the SWD clock.",
                    null,
                    []);
            }
        }

        _loaded = (first, count);
        var results = new uint[count];
        for (var i = 0; i < count; i++)
        {
            results[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * 4));
        }

        return results;
    }

    private bool TryTakeResults(Span<byte> bytes)
    {
        session.Memory.Read(layout.Results, bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) == _run;
    }
}
