using System.Globalization;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu;
using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.StLink;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.StLink;

/// <summary>An ST-LINK on a core with flash, SRAM and a few registers of the chip; its time only adds up and the core runs with it at 8 MHz.</summary>
internal sealed class StLinkRig : IBenchTimeline, ITargetPins
{
    private const long PicosecondsPerCycle = 125_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public StLinkRig(StLinkOptions? options = null)
    {
        var flash = new MemoryRegion("flash", new byte[0x1_0000]);
        Array.Fill(flash.Bytes, (byte)0xFF);
        // Vectors: stack, entry; at the entry "b ." so that the core runs for ever.
        ((ReadOnlySpan<byte>)[0x00, 0x50, 0x00, 0x20, 0x01, 0x01, 0x00, 0x08]).CopyTo(flash.Bytes);
        ((ReadOnlySpan<byte>)[0xFE, 0xE7]).CopyTo(flash.Bytes.AsSpan(0x100));
        Bus.MapMemory(0x0800_0000, flash);
        Bus.MapMemory(0x2000_0000, new MemoryRegion("SRAM", new byte[0x5000]));
        Bus.SetBootAlias(flash);
        Cpu = new CortexM3Cpu(Bus);
        Cpu.Reset(powerOn: true);
        Dap = new SimulatedDap(Bus, this);
        Probe = new SimulatedStLink(options ?? new StLinkOptions(), Dap, this, this);
        Pipe = Probe.Open();
    }

    public SystemBus Bus { get; } = new();

    public CortexM3Cpu Cpu { get; }

    public SimulatedDap Dap { get; }

    public SimulatedStLink Probe { get; }

    public IUsbBulkPipe Pipe { get; set; }

    public long Now { get; private set; }

    public double SupplyVolts { get; set; } = 3.3;

    public bool NrstHigh => !NrstDriven;

    public bool NrstDriven { get; private set; }

    public bool SwdConnected { get; set; } = true;

    public void DriveNrst(bool low)
    {
        NrstDriven = low;
        Cpu.InReset = low;
    }

    public void Spend(long duration)
    {
        Now += duration;
        Cpu.Run(duration / PicosecondsPerCycle);
    }

    /// <summary>The adapter schedules only its return from the loader; a test calls it when it is due.</summary>
    public IDisposable Schedule(long at, Action action)
    {
        Scheduled = action;
        return new MemoryStream();
    }

    /// <summary>What the adapter has asked to be called for.</summary>
    public Action? Scheduled { get; private set; }

    /// <summary>Enters SWD as a driver does.</summary>
    public StLinkRig Enter()
    {
        Send("F3 07");
        Assert.Equal("80 00", Ask("F2 30 A3 00"));
        return this;
    }

    /// <summary>Sends a command, padded to 16 bytes.</summary>
    public void Send(string command)
    {
        var bytes = new byte[16];
        Bytes(command).CopyTo(bytes, 0);
        Pipe.Write(CommandEndpoint, bytes, Limit);
    }

    public void Data(string data) => Pipe.Write(CommandEndpoint, Bytes(data), Limit);

    public string Receive(int size = 512)
    {
        var buffer = new byte[size];
        var count = Pipe.Read(0x81, buffer, Limit);
        return string.Join(' ', buffer.Take(count).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
    }

    public string Ask(string command)
    {
        Send(command);
        return Receive();
    }

    private byte CommandEndpoint => Pipe.Device.ProductId == 0x3748 ? (byte)0x02 : (byte)0x01;

    private static byte[] Bytes(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(b => byte.Parse(b, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
