using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Faults;

/// <summary>
/// What lasting faults do to the bench. Each effect is worked out from all faults that are present, so that two of them on one part neither
/// hide nor end each other. All called under the bench's lock.
/// </summary>
internal sealed class FaultEffects(VirtualBench bench, FaultPlan plan)
{
    /// <summary>
    /// True for what may begin in the middle of a transfer; what takes the chip away or resets it waits until the devices have ended what they do in
    /// this moment.
    /// </summary>
    public bool MayBeginWithin(BenchFault fault) => fault.Kind switch
    {
        BenchFaultKind.PowerOff or BenchFaultKind.BrownOut or BenchFaultKind.SwapChip => false,
        BenchFaultKind.StuckWire or BenchFaultKind.CutWire => !IsReset(fault.Net!),
        BenchFaultKind.BridgeWires => !IsReset(fault.Net!) && !IsReset(fault.To!),
        _ => true,
    };

    /// <summary>The fault is there now.</summary>
    public void Begin(BenchFault fault) => Update(fault);

    /// <summary>The fault is gone.</summary>
    public void End(BenchFault fault) => Update(fault);

    /// <summary>Who has power, by what switches the supplies.</summary>
    public void UpdateSupplies()
    {
        UpdatePlug();
        UpdateSupply();
    }

    private bool IsReset(string net) => bench.Harness.Find(net) == bench.Harness.Find(ChipPin.Nrst);

    private void Update(BenchFault fault)
    {
        switch (fault.Kind)
        {
            case BenchFaultKind.UnplugProbe:
                UpdatePlug();
                break;
            case BenchFaultKind.CutWire:
                bench.SetConnected(fault.Net!, fault.Endpoint, connected: !plan.Present(fault.Kind).Any(f => FaultRules.IsSame(f, fault)));
                break;
            case BenchFaultKind.BridgeWires:
                bench.Harness.Find(fault.Net!).SetBridged(bench.Harness.Find(fault.To!), plan.Present(fault.Kind).Any(f => FaultRules.IsSame(f, fault)));
                break;
            case BenchFaultKind.StuckWire:
                UpdateShort(fault.Net!);
                break;
            case BenchFaultKind.I2cStretch:
                foreach (var bus in bench.Description.I2c.Where(b => fault.Bus is null || b.Name == fault.Bus))
                {
                    UpdateShort(bus.Scl);
                }

                break;
            case BenchFaultKind.PowerOff or BenchFaultKind.BrownOut:
                UpdateSupply();
                break;
            case BenchFaultKind.SwapChip:
                bench.PutIntoSocket(plan.Present(fault.Kind).LastOrDefault()?.Chip);
                break;
            case BenchFaultKind.HoldFlash:
                bench.ReleaseHold();
                break;
        }
    }

    private void UpdatePlug()
    {
        var isIn = bench.IsUsbPortOn && !plan.Present(BenchFaultKind.UnplugProbe).Any();
        if (isIn && !bench.UsbPort.IsPlugged)
        {
            bench.UsbPort.Plug();
        }
        else if (!isIn)
        {
            bench.UsbPort.Unplug();
        }
    }

    private void UpdateSupply() => bench.SetSupply(plan.Present(BenchFaultKind.PowerOff).Any() || !bench.IsChipFed
        ? 0
        : plan.Present(BenchFaultKind.BrownOut).Select(f => f.Volts).Append(bench.Description.Target.SupplyVolts).Min());

    private void UpdateShort(string net)
    {
        var levels = plan.Present(BenchFaultKind.StuckWire).Where(f => IsNet(f.Net, net)).Select(f => f.High)
            .Concat(plan.Present(BenchFaultKind.I2cStretch).Where(f => bench.Description.I2c.Any(b => (f.Bus is null || b.Name == f.Bus) && IsNet(b.Scl, net))).Select(_ => false))
            .ToList();
        bench.Harness.Find(net).Short = levels.Count == 0 ? null : levels.TrueForAll(high => high);
    }

    private static bool IsNet(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
