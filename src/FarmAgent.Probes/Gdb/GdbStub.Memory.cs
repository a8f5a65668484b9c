using System.Buffers.Binary;
using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <content>Registers and memory.</content>
public sealed partial class GdbStub
{
    // Two hex digits a byte.
    private const int LongestRead = PacketSize / 2;

    private bool Runs => _execution.Activity != GdbActivity.Halted;

    private string ReadRegisters()
    {
        if (Runs)
        {
            return FailRunning();
        }

        var all = new StringBuilder();
        foreach (var register in GdbRegister.All.Take(GdbRegister.GeneralCount))
        {
            all.Append(register.Read(_session.Core));
        }

        return all.ToString();
    }

    private string WriteRegisters(ReadOnlySpan<char> text)
    {
        if (Runs)
        {
            return FailRunning();
        }

        if (!GdbHex.TryParseBytes(text, out var bytes) || bytes.Length < GdbRegister.GeneralCount * 4)
        {
            return "E01";
        }

        for (var number = 0; number < GdbRegister.GeneralCount; number++)
        {
            GdbRegister.All[number].Write(_session.Core, bytes.AsSpan(number * 4, 4));
        }

        return "OK";
    }

    private string ReadRegister(ReadOnlySpan<char> text)
    {
        if (!GdbHex.TryParse(text, out var number) || number >= GdbRegister.All.Count)
        {
            return "E01";
        }

        return Runs ? FailRunning() : GdbRegister.All[(int)number].Read(_session.Core);
    }

    private string WriteRegister(ReadOnlySpan<char> text)
    {
        var equals = text.IndexOf('=');
        if (equals < 1 || !GdbHex.TryParse(text[..equals], out var number) || number >= GdbRegister.All.Count
            || !GdbHex.TryParseBytes(text[(equals + 1)..], out var bytes) || bytes.Length != GdbRegister.All[(int)number].Bits / 8)
        {
            return "E01";
        }

        if (Runs)
        {
            return FailRunning();
        }

        GdbRegister.All[(int)number].Write(_session.Core, bytes);
        return "OK";
    }

    private string FailRunning() => Fail(
        "CORE_RUNS", "The core runs since a monitor command let it; its registers cannot be read or written. Follow it with 'continue', or 'monitor halt'.");

    private string ReadMemory(ReadOnlySpan<char> place)
    {
        if (!GdbHex.TryParseRange(place, out var address, out var length))
        {
            return "E01";
        }

        var bytes = new byte[Math.Min(length, LongestRead)];
        if (bytes.Length == 2 && address % 2 == 0 && _session.Probe.Capabilities.AccessesHalfWords)
        {
            // A peripheral's half-word register is read as one.
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, _session.Memory.ReadHalfWord(address));
        }
        else
        {
            _session.Memory.Read(address, bytes);
        }

        _execution.Breakpoints.Hide(address, bytes);
        return GdbHex.Of(bytes);
    }

    private string WriteMemory(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && GdbHex.TryParseRange(text[..colon], out var address, out var length)
            && GdbHex.TryParseBytes(text[(colon + 1)..], out var bytes) && bytes.Length == length
            ? Write(address, bytes)
            : "E01";
    }

    private string WriteBinary(ReadOnlySpan<byte> rest)
    {
        var colon = rest.IndexOf((byte)':');
        return colon > 0 && GdbHex.TryParseRange(Encoding.ASCII.GetString(rest[..colon]), out var address, out var length)
            && rest.Length - colon - 1 == length
            ? Write(address, rest[(colon + 1)..])
            : "E01";
    }

    private string Write(uint address, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            // gdb asks in this way whether binary writes are understood.
            return "OK";
        }

        if (_target.FlashAt(address, bytes.Length) is not null)
        {
            _host.Note($"FLASH_NOT_WRITTEN: 0x{address:X8} is flash, which is erased and programmed only by 'load'.");
            return "E0e";
        }

        _host.MemoryWritten();
        if (bytes.Length == 2 && address % 2 == 0 && _session.Probe.Capabilities.AccessesHalfWords)
        {
            _session.Memory.WriteHalfWord(address, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        }
        else
        {
            _session.Memory.Write(address, bytes);
        }

        _execution.Breakpoints.Overwritten(address, bytes.Length);
        return "OK";
    }
}
