using FarmAgent.Flashing.Algorithms;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Programming;

/// <summary>CRCs of sectors as they are in flash, computed by the chip or from what was read back.</summary>
internal sealed class FlashReader(DebugSession session, FlashTarget target, Stm32F1CrcUnit unit, VerifyMethod asked)
{
    private bool _unitFailed;

    /// <summary>How the CRCs are computed; <see cref="VerifyMethod.Auto"/> has become one of the others.</summary>
    public VerifyMethod Method =>
        asked == VerifyMethod.Readback || (asked == VerifyMethod.Auto && _unitFailed) ? VerifyMethod.Readback : VerifyMethod.Crc;

    /// <summary>Why the chip's CRC unit was not used although it should have been; null when it was.</summary>
    public string? Fallback { get; private set; }

    /// <summary>CRCs of sectors.</summary>
    public Dictionary<int, uint> ReadCrcs(IReadOnlyList<FlashSector> sectors)
    {
        if (sectors.Count == 0)
        {
            return [];
        }

        if (Method == VerifyMethod.Crc)
        {
            try
            {
                return ComputeOnTarget(sectors);
            }
            catch (FarmException e) when (asked == VerifyMethod.Auto && (e.Reason is "LOADER_FAULT" or "CORE_NOT_HALTED"))
            {
                FallBack(e);
            }
        }

        return sectors.ToDictionary(s => s.Index, s => FlashCrc.Compute(Read(s)));
    }

    /// <summary>The bytes of one sector.</summary>
    public byte[] Read(FlashSector sector)
    {
        var content = new byte[target.Geometry.SectorBytes];
        session.Memory.Read(sector.Range.Start, content);
        return content;
    }

    private Dictionary<int, uint> ComputeOnTarget(IReadOnlyList<FlashSector> sectors)
    {
        // One run over everything between the first and the last: a word costs less than starting a second run.
        var first = sectors[0].Index;
        var crcs = unit.Compute(first, sectors[^1].Index - first + 1);
        return sectors.ToDictionary(s => s.Index, s => crcs[s.Index - first]);
    }

    private void FallBack(FarmException cause)
    {
        _unitFailed = true;
        Fallback = $"The chip's CRC unit could not be used, so flash was read back: {cause.Message}";
        session.Core.Halt();
    }
}
