using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Keywords.Libraries;

/// <summary>The board as a whole: what it is, reset, supply, memory.</summary>
internal sealed class BoardLibrary : IKeywordLibrary
{
    private const long LongestRead = 65536;
    private const int ShownBytes = 16;

    private readonly FarmSession _session;

    public BoardLibrary(FarmSession session)
    {
        _session = session;
        Keywords =
        [
            new("Board Info", "", Info) { Documentation = "A dictionary: name, bench, chip, probe, image, labels." },
            new("Reset Board", "mode=run", Reset) { Documentation = "Resets the chip; mode 'halt' stops at the first instruction." },
            new("Set Board Power", "state", SetPower) { Documentation = "Switches the board's supply 'on' or 'off'; on waits until the board can be used." },
            new("Power Cycle Board", "off_time: str | None=None", PowerCycle) { Documentation = "Supply off and on again; off_time, for example 2s, instead of the one in the board's file." },
            new("Board Power Should Be", "state", PowerShouldBe) { Documentation = "Fails unless the board's supply is 'on' or 'off'.", IsAssertion = true },
            new("Read Memory", "address, length", ReadMemory) { Documentation = "Bytes of target memory as text, '00 50 00 20'." },
        ];
    }

    public string Name => "Board";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private object? Info(IKeywordContext context, KeywordArguments arguments)
    {
        var board = FarmCall.Run(context, _ => _session.ReadBoard());
        var image = board.FlashContent?.Receipt?.Image ?? "";
        return new DotDict(
        [
            new("name", board.Name["boards/".Length..]),
            new("bench", board.Bench == BenchKind.Virtual ? "virtual" : "real"),
            new("chip", board.ExpectedChip),
            new("probe", board.Probe?.Serial ?? ""),
            new("image", image.StartsWith("images/", StringComparison.Ordinal) ? image["images/".Length..] : image),
            new("labels", new DotDict(board.Labels
                .OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => new KeyValuePair<object?, object?>(label.Key, label.Value)))),
        ]);
    }

    private object? Reset(IKeywordContext context, KeywordArguments arguments)
    {
        var mode = HardwareArguments.Show(arguments["mode"]).ToUpperInvariant() switch
        {
            "RUN" => ResetMode.Run,
            "HALT" => ResetMode.Halt,
            var other => throw new KeywordFailedException($"mode: '{other}' is neither run nor halt."),
        };
        var what = mode == ResetMode.Halt ? "and halt" : "and run";
        FarmCall.Run(
            context,
            token => _session.Client.Debug.Reset(
                new ResetRequest { Board = _session.BoardName, Lease = _session.Lease, Mode = mode }, cancellationToken: token),
            error => _session.Trace.Add("reset", what, error.Reason));
        _session.Trace.Add("reset", what, "done");
        return null;
    }

    private object? SetPower(IKeywordContext context, KeywordArguments arguments)
    {
        var on = IsOn(arguments);
        Switch(context, on ? "on" : "off", token => _session.Client.Power.SetPower(
            new SetPowerRequest { Board = _session.BoardName, Lease = _session.Lease, On = on }, cancellationToken: token).Power);
        return null;
    }

    private object? PowerCycle(IKeywordContext context, KeywordArguments arguments)
    {
        var offTime = arguments["off_time"] is null ? null : HardwareArguments.Time(arguments, "off_time").ToDuration();
        Switch(context, "cycle", token => _session.Client.Power.CyclePower(
            new CyclePowerRequest { Board = _session.BoardName, Lease = _session.Lease, OffTime = offTime }, cancellationToken: token).Power);
        return null;
    }

    private object? PowerShouldBe(IKeywordContext context, KeywordArguments arguments)
    {
        var wanted = IsOn(arguments);
        var power = Switch(context, "read", token => _session.Client.Power.GetPower(
            new GetPowerRequest { Board = _session.BoardName, Lease = _session.Lease }, cancellationToken: token).Power);
        return power.On == wanted
            ? null
            : throw new KeywordFailedException($"The board's supply is {(power.On ? "on" : "off")} ({power.Switch}), expected {(wanted ? "on" : "off")}.");
    }

    private Power Switch(IKeywordContext context, string what, Func<CancellationToken, Power> call)
    {
        var power = FarmCall.Run(context, call, error => _session.Trace.Add("power", what, error.Reason));
        _session.Trace.Add("power", what, power.On ? "on" : "off");
        return power;
    }

    private static bool IsOn(KeywordArguments arguments) => HardwareArguments.Show(arguments["state"]).ToUpperInvariant() switch
    {
        "ON" => true,
        "OFF" => false,
        var other => throw new KeywordFailedException($"state: '{other}' is neither on nor off."),
    };

    private object? ReadMemory(IKeywordContext context, KeywordArguments arguments)
    {
        var address = (uint)HardwareArguments.Number(arguments, "address", 0, uint.MaxValue, hexRange: true);
        var length = (uint)HardwareArguments.Number(arguments, "length", 1, LongestRead);
        var what = $"read {length} bytes at 0x{address:X8}";
        var answer = FarmCall.Run(
            context,
            token => _session.Client.Debug.ReadMemory(
                new ReadMemoryRequest { Board = _session.BoardName, Lease = _session.Lease, Address = address, Length = length }, cancellationToken: token),
            error => _session.Trace.Add("memory", what, error.Reason));
        _session.Trace.Add("memory", what, HardwareArguments.Hex(answer.Data.Span[..Math.Min(answer.Data.Length, ShownBytes)]) + (answer.Data.Length > ShownBytes ? " ..." : ""));
        return HardwareArguments.Hex(answer.Data.Span);
    }
}
