using System.Buffers.Binary;
using System.Text;
using FarmAgent.Hardware;
using FarmAgent.Probes.Gdb;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Probes.Tests.Gdb;

/// <summary>A stub at the twin's chip, spoken to packet by packet without acknowledgements. The flash is blank but for what a test writes into it.</summary>
internal sealed class StubBench : IGdbHost, IDisposable
{
    /// <summary>Where the loop of <see cref="LoadLoop"/> stores its count.</summary>
    public const uint Counter = 0x2000_0200;

    public const uint Ram = 0x2000_0100;
    public const uint Flash = 0x0800_0100;
    private const int MostPolls = 2000;

    /// <summary>movs r0,#0 · loop: adds r0,#1 · str r0,[r1] · ldr r2,[r1] · b loop.</summary>
    private static readonly ushort[] Loop = [0x2000, 0x3001, 0x6008, 0x680A, 0xE7FB];

    private readonly VirtualBackend _backend;
    private readonly GdbPacketReader _answers = new();
    private readonly List<byte> _sent = [];

    public StubBench()
    {
        _backend = Bench.OpenBackend();
        Session = DebugSession.Open(_backend.Usb, ProbeSelector.Any, new DebugSessionOptions { AllowReset = false }, _backend.Waiter, CancellationToken.None);
        Stub = new GdbStub(Session, new GdbTarget
        {
            Name = "test chip",
            Regions =
            [
                new(GdbMemoryKind.Rom, 0, 0x0800_0000),
                new(GdbMemoryKind.Flash, 0x0800_0000, 0x1_0000, 0x400),
                new(GdbMemoryKind.Ram, 0x2000_0000, 0x5000),
            ],
        }, this);
        Stub.Receive(Encoding.ASCII.GetBytes("$QStartNoAckMode#b0"));
        _sent.Clear();
    }

    public VirtualBench Bench { get; } = VirtualBench.Seed(BenchClockMode.Lockstep);

    public DebugSession Session { get; }

    public GdbStub Stub { get; }

    public List<string> Notes { get; } = [];

    public int MemoryWrites { get; private set; }

    public GdbFlashRequest? Programmed { get; private set; }

    public FarmException? ProgramFails { get; set; }

    /// <summary>Everything sent since last taken, as it went over the wire.</summary>
    public string TakeSent()
    {
        var sent = Encoding.Latin1.GetString([.. _sent]);
        _sent.Clear();
        return sent;
    }

    /// <summary>Sends a packet and gives the payload of its answer; null when there is none yet.</summary>
    public string? Ask(string packet) => Ask(Encoding.Latin1.GetBytes(packet));

    public string? Ask(ReadOnlySpan<byte> packet)
    {
        Stub.Receive(GdbFrame.Encode(packet));
        return TakeReplies().SingleOrDefault();
    }

    /// <summary>Sends a packet and polls until the core has stopped.</summary>
    /// <returns>All answers; the last is the stop reply.</returns>
    public List<string> Run(string packet)
    {
        Stub.Receive(GdbFrame.Encode(Encoding.Latin1.GetBytes(packet)));
        return PollToStop();
    }

    public List<string> PollToStop()
    {
        for (var polls = 0; polls < MostPolls && Stub.Poll() != Timeout.InfiniteTimeSpan; polls++)
        {
            // Each look costs the bench's time, in which the core goes on.
        }

        return TakeReplies();
    }

    /// <summary>Polls a few times, without an end to wait for.</summary>
    public void PollSome()
    {
        for (var polls = 0; polls < 10; polls++)
        {
            Stub.Poll();
        }
    }

    public List<string> Interrupt()
    {
        Stub.Receive(new byte[] { 3 });
        return TakeReplies();
    }

    /// <summary>Text of a console packet.</summary>
    public static string ConsoleText(string reply)
    {
        Assert.StartsWith("O", reply, StringComparison.Ordinal);
        return Encoding.ASCII.GetString(Convert.FromHexString(reply[1..]));
    }

    public uint Register(string number)
    {
        var bytes = Convert.FromHexString(Ask("p" + number)!);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public void SetRegister(string number, uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Assert.Equal("OK", Ask($"P{number}={Convert.ToHexStringLower(bytes)}"));
    }

    /// <summary>Puts the counting loop into RAM or flash and the core before its first instruction.</summary>
    public void LoadLoop(uint address)
    {
        Session.Core.ResetAndHalt();
        if (address >= 0x2000_0000)
        {
            var bytes = new byte[Loop.Length * 2];
            for (var index = 0; index < Loop.Length; index++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(index * 2), Loop[index]);
            }

            Session.Memory.Write(address, bytes);
        }
        else
        {
            // FLASH_KEYR, FLASH_CR.PG (RM0008 section 3.3.3, PM0075 section 2.3).
            Session.Memory.WriteWord(0x4002_2004, 0x4567_0123);
            Session.Memory.WriteWord(0x4002_2004, 0xCDEF_89AB);
            Session.Memory.WriteWord(0x4002_2010, 1);
            for (var index = 0u; index < Loop.Length; index++)
            {
                Session.Memory.WriteHalfWord(address + (index * 2), Loop[index]);
            }
        }

        Ask("?");
        SetRegister("f", address);
        SetRegister("10", 0x0100_0000);
        SetRegister("d", 0x2000_1000);
        SetRegister("1", Counter);
    }

    public void Send(ReadOnlyMemory<byte> bytes) => _sent.AddRange(bytes.Span);

    public void Note(string text) => Notes.Add(text);

    public void CheckRight()
    {
        // A test has it.
    }

    public void MemoryWritten() => MemoryWrites++;

    public string Program(GdbFlashRequest request)
    {
        Programmed = request;
        return ProgramFails is null ? "done" : throw ProgramFails;
    }

    public void Dispose()
    {
        Stub.Dispose();
        Session.Dispose();
        _backend.Dispose();
        Bench.Dispose();
    }

    private List<string> TakeReplies()
    {
        var replies = _answers.Read(_sent.ToArray()).Where(i => i.Kind == GdbInputKind.Packet).Select(i => Encoding.Latin1.GetString(i.Payload.Span)).ToList();
        _sent.Clear();
        return replies;
    }
}
