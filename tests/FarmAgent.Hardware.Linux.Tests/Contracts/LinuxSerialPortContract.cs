using FarmAgent.Hardware.Contracts.Serial;
using FarmAgent.Hardware.Linux.Tests.Serial;

namespace FarmAgent.Hardware.Linux.Tests.Contracts;

/// <summary>A tty of the kernel that the tests run on, with a pseudo terminal's other side as the far end.</summary>
public sealed class LinuxSerialPortContract : SerialPortContract
{
    private readonly LinuxBackend _backend = new("contract tests");
    private readonly PseudoTerminal _line = new();

    protected override IHardwareBackend Backend => _backend;

    protected override string Port => _line.Path;

    protected override void Send(byte[] data) => _line.Send(data);

    protected override byte[] Receive(int count) => _line.Receive(count);

    protected override void HangUp() => _line.Dispose();

    protected override void Dispose(bool disposing)
    {
        _line.Dispose();
        _backend.Dispose();
    }
}
