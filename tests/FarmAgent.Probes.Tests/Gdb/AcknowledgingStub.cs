using System.Text;
using FarmAgent.Probes.Gdb;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Probes.Tests.Gdb;

/// <summary>A stub as it is at its first byte: every packet is acknowledged.</summary>
internal sealed class AcknowledgingStub : IGdbHost, IDisposable
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);
    private readonly VirtualBackend _backend;
    private readonly DebugSession _session;
    private readonly GdbStub _stub;
    private readonly StringBuilder _sent = new();

    public AcknowledgingStub()
    {
        _backend = _bench.OpenBackend();
        _session = DebugSession.Open(_backend.Usb, ProbeSelector.Any, new DebugSessionOptions { AllowReset = false }, _backend.Waiter, CancellationToken.None);
        _stub = new GdbStub(_session, new GdbTarget { Name = "test chip", Regions = [] }, this);
    }

    public string Exchange(string bytes)
    {
        _sent.Clear();
        _stub.Receive(Encoding.Latin1.GetBytes(bytes));
        return _sent.ToString();
    }

    public void Send(ReadOnlyMemory<byte> bytes) => _sent.Append(Encoding.Latin1.GetString(bytes.Span));

    public void Note(string text)
    {
        // Not looked at here.
    }

    public void CheckRight()
    {
        // A test has it.
    }

    public void MemoryWritten() => throw new InvalidOperationException("Nothing is written here.");

    public string Program(GdbFlashRequest request) => throw new InvalidOperationException("Nothing is flashed here.");

    public void Dispose()
    {
        _stub.Dispose();
        _session.Dispose();
        _backend.Dispose();
        _bench.Dispose();
    }
}
