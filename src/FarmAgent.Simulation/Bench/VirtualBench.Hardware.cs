using FarmAgent.Simulation.Faults;

namespace FarmAgent.Simulation.Bench;

/// <summary>What faults do to the bench's hardware. All called under the bench's lock.</summary>
public sealed partial class VirtualBench
{
    private int _armedHalfWord;
    private TimeSpan _holdLimit = BenchFault.DefaultHoldLimit;
    private bool _powered = true;

    internal bool IsPowered => _powered;

    internal void ArmHold(int halfWord, TimeSpan limit)
    {
        _armedHalfWord = halfWord;
        _holdLimit = limit;
    }

    internal void ReleaseHold() => _armedHalfWord = 0;

    internal void SetPower(bool on) => _powered = on;

    internal (int HalfWord, TimeSpan Limit) ArmedHold => (_armedHalfWord, _holdLimit);
}
