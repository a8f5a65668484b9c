using System.Text;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Probes.Gdb;

/// <content>Loading into flash: gdb's packets are collected, and done all at once by whoever knows how.</content>
public sealed partial class GdbStub
{
    private const long LargestLoad = 16 * 1024 * 1024;

    private readonly List<GdbErasedRange> _erased = [];
    private readonly List<GdbFlashPiece> _pieces = [];

    private string EraseFlash(ReadOnlySpan<char> place)
    {
        if (!GdbHex.TryParseRange(place, out var address, out var length))
        {
            return "E01";
        }

        var flash = _target.FlashAt(address, length);
        if (flash is null || !flash.Covers(address, length) || (address - flash.Start) % flash.BlockSize != 0 || length % flash.BlockSize != 0)
        {
            return Fail("RANGE_OUTSIDE_FLASH", $"0x{length:X} bytes at 0x{address:X8} are no whole blocks of this chip's flash. Link the program for this chip.");
        }

        _erased.Add(new GdbErasedRange(address, length));
        return "OK";
    }

    private string CollectFlash(ReadOnlySpan<byte> rest)
    {
        var colon = rest.IndexOf((byte)':');
        if (colon < 1 || !GdbHex.TryParse(Encoding.ASCII.GetString(rest[..colon]), out var address))
        {
            return "E01";
        }

        var bytes = rest[(colon + 1)..];
        if (_target.FlashAt(address, bytes.Length)?.Covers(address, bytes.Length) != true)
        {
            // gdb's own word for it.
            return "E.memtype";
        }

        if (_pieces.Sum(p => (long)p.Data.Length) + bytes.Length > LargestLoad)
        {
            return Fail("IMAGE_TOO_LARGE", $"More than {LargestLoad} bytes were sent for one load. Check the program.");
        }

        _pieces.Add(new GdbFlashPiece(address, bytes.ToArray()));
        return "OK";
    }

    private string ProgramFlash()
    {
        var request = new GdbFlashRequest([.. _erased], [.. _pieces]);
        _erased.Clear();
        _pieces.Clear();
        if (request.Erased.Count == 0 && request.Pieces.Count == 0)
        {
            return "OK";
        }

        if (Runs)
        {
            _execution.Halt();
        }

        // The loader in RAM writes where watchpoints may be, and resets forget what gdb has set up.
        _execution.Breakpoints.Suspend();
        try
        {
            _host.Note(_host.Program(request));
            return "OK";
        }
        catch (FarmException e)
        {
            return Fail(e);
        }
        finally
        {
            _session.End = SessionEnd.Running;
            AfterFlash();
        }
    }

    private void AfterFlash()
    {
        try
        {
            _execution.Rearm();
        }
        catch (FarmException e)
        {
            // The next packet meets the same and says so where it can be shown.
            _host.Note($"{e.Reason}: {e.Message}");
        }
    }
}
