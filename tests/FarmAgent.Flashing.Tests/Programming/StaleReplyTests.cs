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
    private const int Last = 80;
    private const int FirstSector = 48;

    [Fact]
    public void Program_AnyReplyComesTwice_NeverBlamesTheChip()
    {
        var blamed = new List<string>();
        for (var at = FirstSector; at <= Last; at++)
        {
            if (FailureWithStaleReply(at) is { } failure && failure.Reason != "PROBE_REPLY_LOST")
            {
                blamed.Add($"reply {at}: {failure.Reason}: {failure.Message}");
            }
        }

        Assert.Empty(blamed);
    }

    [Fact]
    public void Program_AnyReplyComesTwiceBeforeTheFirstSector_GoesOn()
    {
        var failed = new List<string>();
        for (var at = First; at < FirstSector; at++)
        {
            if (FailureWithStaleReply(at) is { } failure)
            {
                failed.Add($"reply {at}: {failure.Reason}: {failure.Message}");
            }
        }

        Assert.Empty(failed);
    }

    private static FarmException? FailureWithStaleReply(int at)
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
            return e;
        }
    }
}
