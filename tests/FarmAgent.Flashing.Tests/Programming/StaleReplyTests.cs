using FarmAgent.Hardware;
using FarmAgent.Simulation.Faults;

namespace FarmAgent.Flashing.Tests.Programming;

/// <summary>
/// A reply that comes once more makes all later ones one late. One of another length is noticed at once; what is judged by one of the right
/// length is read again before the chip is blamed.
/// </summary>
public sealed class StaleReplyTests
{
    private const int First = 1;
    private const int Last = 64;

    [Fact]
    public void Program_AnyReplyComesTwice_NeverBlamesTheChip()
    {
        var blamed = new List<string>();
        for (var at = First; at <= Last; at++)
        {
            if (BlameWithStaleReply(at) is { } blame)
            {
                blamed.Add($"reply {at}: {blame}");
            }
        }

        Assert.Empty(blamed);
    }

    private static string? BlameWithStaleReply(int at)
    {
        using var bench = new FlashBench();
        bench.Bench.Faults.Apply(new BenchFault(BenchFaultKind.UsbStaleReply) { Trigger = new FaultTrigger { At = at } });
        try
        {
            bench.Flash(FlashBench.Noise(1024));
            return null;
        }
        catch (FarmException e)
        {
            return e.Reason == "PROBE_REPLY_LOST" ? null : $"{e.Reason}: {e.Message}";
        }
    }
}
