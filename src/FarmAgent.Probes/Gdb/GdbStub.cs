using System.Text;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Probes.Gdb;

/// <summary>
/// The GDB remote serial protocol over a debug session: one gdb that debugs one core. It never waits: whoever owns it gives it the bytes that
/// come, and polls it. Not thread-safe: its owner is one device executor. Disposal takes its breakpoints out of the chip.
/// </summary>
public sealed partial class GdbStub : IDisposable
{
    private const int PacketSize = 0x4000;

    private readonly DebugSession _session;
    private readonly GdbTarget _target;
    private readonly IGdbHost _host;
    private readonly GdbExecution _execution;
    private readonly GdbPacketReader _reader = new();
    private byte[] _latest = [];
    private bool _acknowledges = true;
    private bool _quiets;
    private bool _tellsBreakpoints;
    private bool _killed;
    private bool _disposed;

    /// <summary>Halts the core and begins to serve. The core runs again when the session ends.</summary>
    /// <param name="session">The target; belongs to the caller.</param>
    /// <param name="target">Chip data.</param>
    /// <param name="host">The surroundings.</param>
    /// <exception cref="FarmException">The core cannot be halted.</exception>
    public GdbStub(DebugSession session, GdbTarget target, IGdbHost host)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(host);
        (_session, _target, _host) = (session, target, host);
        session.End = SessionEnd.Running;
        _execution = new GdbExecution(session, target);
        Tell(_execution.Stop);
    }

    /// <summary>True when gdb has said that it is done: the connection may be closed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes bytes from gdb and answers what they ask.</summary>
    /// <param name="bytes">The next bytes of the stream.</param>
    /// <exception cref="FarmException">The probe was lost, or the right to the board: see <see cref="CutOff"/>.</exception>
    public void Receive(ReadOnlyMemory<byte> bytes)
    {
        foreach (var input in _reader.Read(bytes))
        {
            switch (input.Kind)
            {
                case GdbInputKind.Packet:
                    Acknowledge("+"u8);
                    Serve(input.Payload.Span);
                    break;
                case GdbInputKind.Damaged:
                    Acknowledge("-"u8);
                    break;
                case GdbInputKind.Refused when _acknowledges && _latest.Length > 0:
                    _host.Send(_latest);
                    break;
                case GdbInputKind.Interrupt when _execution.IsAwaited:
                    _execution.Interrupt();
                    ReportStop();
                    break;
            }
        }
    }

    /// <summary>Looks at a running core and reports its stop.</summary>
    /// <returns>After how long to look again; infinite when gdb does not wait for a stop.</returns>
    /// <exception cref="FarmException">The probe was lost, or the right to the board: see <see cref="CutOff"/>.</exception>
    public TimeSpan Poll()
    {
        if (!_execution.IsAwaited)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan next;
        try
        {
            next = _execution.Poll(_host.CheckRight);
        }
        catch (TargetException e)
        {
            _execution.Lose($"{e.Reason}: {e.Message}");
            next = Timeout.InfiniteTimeSpan;
        }

        if (!_execution.IsAwaited)
        {
            ReportStop();
        }

        return next;
    }

    /// <summary>Tells gdb why it is over; after this the stub is only disposed.</summary>
    /// <param name="reason">Why.</param>
    public void CutOff(FarmException reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (_execution.IsAwaited)
        {
            // gdb reads: a line for its console, and the end of its program.
            Print($"{reason.Reason}: {reason.Message}");
            Reply($"X{(byte)GdbSignal.Terminated:x2}");
        }
        else
        {
            // gdb does not read until its user asks for something: the text then is the answer.
            _host.Send(GdbFrame.EncodeError(reason.Reason, reason.Message));
        }

        IsOver = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            _execution.Breakpoints.Clear();
        }
        catch (FarmException)
        {
            // Probe or target are gone, and with them the means to clear anything.
        }
    }

    private void Acknowledge(ReadOnlySpan<byte> sign)
    {
        if (_acknowledges)
        {
            _host.Send(sign.ToArray());
        }
    }

    private void Serve(ReadOnlySpan<byte> packet)
    {
        string? reply;
        try
        {
            reply = Answer(packet);
        }
        catch (MemoryFaultException)
        {
            reply = "E0e";
        }
        catch (TargetException e)
        {
            reply = Fail(e);
        }
        catch (ProbeException e) when (e.Reason == "PROBE_UNSUPPORTED")
        {
            reply = Fail(e);
        }

        if (reply is not null)
        {
            Reply(reply);
        }

        if (_quiets)
        {
            (_acknowledges, _quiets) = (false, false);
        }
    }

    /// <summary>An error with its text, which gdb's user sees where gdb shows it, and beside gdb in any case.</summary>
    private string Fail(FarmException e) => Fail(e.Reason, e.Message);

    private string Fail(string reason, string message)
    {
        _host.Note($"{reason}: {message}");
        return GdbFrame.ErrorText(reason, message);
    }

    private void Reply(string text)
    {
        _latest = GdbFrame.Encode(Encoding.ASCII.GetBytes(text));
        _host.Send(_latest);
    }

    /// <summary>Shows a line on gdb's console; only while gdb waits for a stop or for the answer to a monitor command.</summary>
    private void Print(string line) => Reply("O" + GdbHex.OfText(line + "\n"));

    private void ReportStop()
    {
        if (_execution.Notice is { } notice)
        {
            Print(notice);
        }

        var stop = _execution.Stop;
        if (stop.Message is { } message)
        {
            Print(message);
        }

        Reply(TextOf(stop));
    }

    private string TextOf(GdbStop stop) =>
        (_tellsBreakpoints || !stop.Detail.Contains("break", StringComparison.Ordinal) ? stop : stop with { Detail = string.Empty }).ToString();

    private void Tell(GdbStop stop)
    {
        if (stop.Message is { } message)
        {
            _host.Note(message);
        }
    }
}
