using System.Globalization;
using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <content>What each packet asks for. An empty answer means: not known here; null: no answer, or not yet.</content>
public sealed partial class GdbStub
{
    private static readonly byte[] BinaryWrite = "X"u8.ToArray();
    private static readonly byte[] FlashWrite = "vFlashWrite:"u8.ToArray();

    private string? Answer(ReadOnlySpan<byte> packet)
    {
        if (packet.StartsWith(BinaryWrite))
        {
            return WriteBinary(packet[BinaryWrite.Length..]);
        }

        if (packet.StartsWith(FlashWrite))
        {
            return CollectFlash(packet[FlashWrite.Length..]);
        }

        var text = Encoding.Latin1.GetString(packet);
        return text.Length == 0 ? string.Empty : text[0] switch
        {
            '?' => _killed ? "W00" : TextOf(_execution.Stop),
            '!' => "OK",
            'g' => ReadRegisters(),
            'G' => WriteRegisters(text.AsSpan(1)),
            'p' => ReadRegister(text.AsSpan(1)),
            'P' => WriteRegister(text.AsSpan(1)),
            'm' => ReadMemory(text.AsSpan(1)),
            'M' => WriteMemory(text.AsSpan(1)),
            'c' or 'C' => Resume('c', AddressOf(text)),
            's' or 'S' => Resume('s', AddressOf(text)),
            'Z' => ChangeBreakpoint(text, set: true),
            'z' => ChangeBreakpoint(text, set: false),
            'H' or 'T' => "OK",
            'D' => Detach(),
            'k' => Kill(),
            'R' => Restart(reply: false),
            'v' => AnswerLong(text),
            'q' => Query(text),
            'Q' => ChangeSetting(text),
            _ => string.Empty,
        };
    }

    private string? AnswerLong(string text) => text switch
    {
        "vCont?" => "vCont;c;C;s;S;r",
        "vFlashDone" => ProgramFlash(),
        _ when text.StartsWith("vCont;", StringComparison.Ordinal) => ResumeBy(text["vCont;".Length..]),
        _ when text.StartsWith("vFlashErase:", StringComparison.Ordinal) => EraseFlash(text.AsSpan("vFlashErase:".Length)),
        _ when text.StartsWith("vKill", StringComparison.Ordinal) => KillProgram(),
        _ when text.StartsWith("vRun", StringComparison.Ordinal) => Restart(reply: true),
        _ when text.StartsWith("vAttach", StringComparison.Ordinal) => AttachAgain(),
        _ => string.Empty,
    };

    /// <summary>The address of <c>c</c> and <c>s</c>, or that after the signal of <c>C</c> and <c>S</c>, which no core takes.</summary>
    private static string AddressOf(string text) =>
        char.IsAsciiLetterLower(text[0]) ? text[1..] : text.IndexOf(';', StringComparison.Ordinal) is > 0 and var at ? text[(at + 1)..] : string.Empty;

    private string? ResumeBy(string actions)
    {
        // There is one thread: the first action that can be meant for it is its own.
        var action = actions.Split(';')[0].Split(':')[0];
        switch (action.Length == 0 ? '\0' : action[0])
        {
            case 'c' or 'C':
                return Resume('c', string.Empty);
            case 's' or 'S':
                return Resume('s', string.Empty);
            case 'r' when GdbHex.TryParseRange(action.AsSpan(1), out var start, out var end):
                _execution.StepRange(start, end);
                return null;
            default:
                return "E01";
        }
    }

    private string? Resume(char how, string address)
    {
        if (address.Length > 0)
        {
            if (!GdbHex.TryParse(address, out var at))
            {
                return "E01";
            }

            _session.Core.WriteRegister(Cortex.CoreRegister.Pc, at & ~1u);
        }

        if (how == 'c')
        {
            _execution.Continue();
        }
        else
        {
            _execution.StepRange(0, 0);
        }

        return null;
    }

    private string ChangeBreakpoint(string text, bool set)
    {
        var fields = text[1..].Split(';')[0].Split(',');
        if (fields.Length != 3 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var type) || type > 4)
        {
            return string.Empty;
        }

        if (!GdbHex.TryParse(fields[1], out var address) || !GdbHex.TryParse(fields[2], out var length))
        {
            return "E01";
        }

        if (!set)
        {
            _execution.Breakpoints.Remove(type, address, length);
            return "OK";
        }

        return _execution.Breakpoints.Set(type, address, length) is { } problem ? Fail("BREAKPOINT_NOT_SET", problem) : "OK";
    }

    private string Detach()
    {
        _execution.Release();
        return "OK";
    }

    private string? Kill()
    {
        KillProgram();
        IsOver = true;
        return null;
    }

    /// <summary>A board in a farm is not left without its firmware: a killed program begins again, and nobody watches it.</summary>
    private string KillProgram()
    {
        _execution.ResetAndRun();
        _execution.Release();
        _killed = true;
        return "OK";
    }

    private string? Restart(bool reply)
    {
        _execution.ResetAndHalt();
        _killed = false;
        return reply ? TextOf(_execution.Stop) : null;
    }

    private string AttachAgain()
    {
        _execution.TakeBack();
        _killed = false;
        return TextOf(_execution.Stop);
    }
}
