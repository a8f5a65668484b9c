using FarmAgent.Flashing.Targets;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>Where things are in the target's RAM while it is flashed.</summary>
internal sealed class RamLayout
{
    private const int CrcOffset = 0x110;
    private const int ResultsOffset = 0x170;
    private const int MostSlots = 16;

    /// <summary>What one command of an ST-LINK writes at most.</summary>
    private const int LargestTransfer = 6144;

    /// <summary>Destination and flags before the data of a slot, the tag after it.</summary>
    private const int SlotOverhead = 12;

    public RamLayout(FlashTarget target)
    {
        var description = target.Description;
        Code = description.Ram.Start;
        Results = Code + ResultsOffset;
        SlotBytes = description.SectorBytes + SlotOverhead;
        var results = (target.Geometry.SectorCount + 1) * 4;
        var room = description.LoaderRamBytes - ResultsOffset - results;
        Slots = Results + (uint)results;
        SlotCount = Math.Min(MostSlots, room / SlotBytes);
    }

    /// <summary>The routine.</summary>
    public uint Code { get; }

    /// <summary>The CRC routine, which stays while the other one runs.</summary>
    public uint CrcCode => Code + CrcOffset;

    /// <summary>Results of the CRC routine, one word a sector and the number of the run behind them; the first word also holds the tag of the last finished slot.</summary>
    public uint Results { get; }

    /// <summary>Start of the ring.</summary>
    public uint Slots { get; }

    /// <summary>Slots in the ring.</summary>
    public int SlotCount { get; }

    /// <summary>Slots that are filled at once: about half of the ring, so that the loader has work while the other half comes.</summary>
    public int BatchSlots => Math.Max(1, Math.Min((SlotCount + 1) / 2, LargestTransfer / SlotBytes));

    /// <summary>Length of one slot.</summary>
    public int SlotBytes { get; }

    /// <summary>End of the ring.</summary>
    public uint SlotsEnd => Slots + (uint)(SlotCount * SlotBytes);

    /// <summary>A word that nobody reads: where the watchdog's key goes when no watchdog runs.</summary>
    public uint Spare => Results - 4;
}
