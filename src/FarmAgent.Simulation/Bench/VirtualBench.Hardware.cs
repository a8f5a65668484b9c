using FarmAgent.Simulation.Faults;

namespace FarmAgent.Simulation.Bench;

/// <summary>What faults do to the bench's hardware. All called under the bench's lock.</summary>
public sealed partial class VirtualBench
{
    /// <summary>Where the chip's power-on reset ends, typically (DS5319 table 10).</summary>
    internal const double PowerOnResetVolts = 1.92;

    /// <summary>Where its power-down reset begins, typically (DS5319 table 10).</summary>
    internal const double PowerDownResetVolts = 1.88;

    /// <summary>True while the probe is in its USB port.</summary>
    public bool IsProbePlugged => UsbPort.IsPlugged;

    /// <summary>Volts on the chip's supply pins.</summary>
    internal double SupplyVolts { get; private set; }

    /// <summary>Lets a held flash go on.</summary>
    internal void ReleaseHold()
    {
        Chip.Flash.ReleaseHold();
        Clock.Thaw();
    }

    /// <summary>Sets the supply of the chip, which resets itself where it is too low.</summary>
    internal void SetSupply(double volts)
    {
        var wasPowered = Chip.IsPowered;
        SupplyVolts = volts;
        Chip.SetPower(volts >= (wasPowered ? PowerDownResetVolts : PowerOnResetVolts));
        if (Chip.IsPowered != wasPowered)
        {
            _dap.PowerOnReset();
        }
    }

    /// <summary>Asked at the start of each half-word: at the armed one the flash stays busy and the bench's time stands still.</summary>
    private bool HoldsHalfWord()
    {
        if (!Faults.Counts(FaultStream.HalfWords) || Faults.Next(FaultStream.HalfWords, _ => true) is not { Kind: BenchFaultKind.HoldFlash } hold)
        {
            return false;
        }

        Clock.Freeze(hold.HoldLimit, () => EndHold($"its limit of {hold.HoldLimit.TotalSeconds:F0} s has passed"));
        NoticeBoard.Add("fault", $"{hold}; the bench's time stands still");
        return true;
    }

    private void EndHold(string why)
    {
        ReleaseHold();
        Faults.HoldEnded(why);
    }
}
