using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <content>Commands of gdb's <c>monitor</c>.</content>
public sealed partial class GdbStub
{
    private static readonly string[] Help =
    [
        "monitor reset, reset halt   reset the chip and halt it before its first instruction",
        "monitor reset run           reset the chip and let it run; 'continue' follows it",
        "monitor halt                halt the core",
        "monitor resume              let the core run; 'continue' follows it",
        "monitor faults              the fault registers in words",
        "monitor catch on|off        whether hard faults stop the core (on)",
        "monitor status              chip, probe, supply, core",
        "monitor help                this",
    ];

    private string Monitor(ReadOnlySpan<char> hex)
    {
        if (!GdbHex.TryParseBytes(hex, out var bytes))
        {
            return "E01";
        }

        var command = string.Join(' ', Encoding.Latin1.GetString(bytes).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        try
        {
            foreach (var line in Obey(command) ?? [$"'{command}' is no monitor command.", .. Help])
            {
                Print(line);
            }

            return "OK";
        }
        catch (TargetException e)
        {
            Print($"{e.Reason}: {e.Message}");
            return "E01";
        }
    }

    /// <returns>What to print; null when there is no such command.</returns>
    private string[]? Obey(string command)
    {
        switch (command)
        {
            case "reset" or "reset halt" or "reset init":
                _execution.ResetAndHalt();
                return [];
            case "reset run":
                _execution.ResetAndRun();
                return ["The chip was reset and runs; 'continue' follows it, Ctrl-C then stops it."];
            case "halt":
                _execution.Halt();
                return _execution.Stop.Message is { } message ? [message] : [];
            case "resume":
                _execution.Let();
                return ["The core runs; 'continue' follows it, Ctrl-C then stops it."];
            case "faults":
                return [_session.Core.ReadFaults().ToString()];
            case "catch on" or "catch off":
                _execution.CatchesFaults = command == "catch on";
                return [];
            case "status":
                return Describe();
            case "help" or "":
                return Help;
            default:
                return null;
        }
    }

    private string[] Describe()
    {
        var supply = _session.TargetVolts is { } volts ? FormattableString.Invariant($", supply {volts:0.00} V") : string.Empty;
        return
        [
            $"{_target.Name}: {_session.Identity}",
            FormattableString.Invariant($"{_session.Probe.Info}, {_session.Probe.Firmware}, SWD {_session.Probe.SwdKilohertz} kHz{supply}"),
            $"core {_session.Core.ReadState()}, {_execution.Breakpoints.Capacity}",
        ];
    }
}
