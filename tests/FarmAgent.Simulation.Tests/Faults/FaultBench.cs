using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Faults;

/// <summary>The seed's bench in lockstep, to which a test sends faults as scripts.</summary>
internal sealed class FaultBench : IDisposable
{
    public VirtualBench Bench { get; } = VirtualBench.Seed(BenchClockMode.Lockstep);

    /// <summary>Makes the one fault of a script's entry, for example <c>kind: usb-stall, at: 3</c>.</summary>
    /// <returns>Its id.</returns>
    public string Make(string entry)
    {
        using var reader = new StringReader($"faults: [{{ {entry} }}]");
        return Bench.Faults.Apply(Assert.Single(FaultScript.Read(reader, "test.yaml")));
    }

    public void Advance(double milliseconds) => Bench.Advance(TimeSpan.FromMilliseconds(milliseconds), TestContext.Current.CancellationToken);

    public IUsbBulkPipe OpenProbe()
    {
        var usb = Bench.OpenBackend().Usb;
        return usb.Open(usb.List().Single(), 0);
    }

    public void Dispose() => Bench.Dispose();
}
