using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Keywords.Libraries;

/// <summary>GPIO lines of the host, with the names and arguments of the original project's Python class; levels are returned as text.</summary>
internal sealed class HostGpioLibrary : IKeywordLibrary
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    private readonly FarmSession _session;

    public HostGpioLibrary(FarmSession session)
    {
        _session = session;
        Keywords =
        [
            new("Set Config", "pin, dir, init_val", SetConfig) { Documentation = "Makes a line input (0) or output (1) with an initial value." },
            new("Write Pin", "pin, value", WritePin) { Documentation = "Drives an output." },
            new("Read Pin", "pin", (context, arguments) => Level(context, arguments) ? "1" : "0") { Documentation = "The level as text, '0' or '1'." },
            new("Api Version", "", (_, _) => "0.1") { Documentation = "Version of this library's interface." },
            new("Host Pin Should Be", "pin, value, timeout=0s", PinShouldBe)
            {
                Documentation = "Fails unless the line has this level before the timeout.",
                IsAssertion = true,
            },
        ];
    }

    public string Name => "HostGpio";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private static string LineName(KeywordArguments arguments) => HardwareArguments.Show(arguments["pin"]);

    private object? SetConfig(IKeywordContext context, KeywordArguments arguments)
    {
        var request = new ConfigureLineRequest
        {
            Board = _session.BoardName,
            Lease = _session.Lease,
            Line = LineName(arguments),
            Direction = HardwareArguments.Level(arguments, "dir") ? LineDirection.Output : LineDirection.Input,
            InitialHigh = HardwareArguments.Level(arguments, "init_val"),
        };
        Call(context, request.Line, $"configure {WireName(request.Direction)}", token => _session.Client.Gpio.ConfigureLine(request, cancellationToken: token).Line);
        return null;
    }

    private object? WritePin(IKeywordContext context, KeywordArguments arguments)
    {
        var high = HardwareArguments.Level(arguments, "value");
        var line = Line(context, arguments);
        if (line.Direction != LineDirection.Output)
        {
            throw new KeywordFailedException($"{line.Name} is an input. Make it an output first: Set Config  {LineName(arguments)}  1  0.");
        }

        Call(context, LineName(arguments), high ? "drive 1" : "drive 0", token => _session.Client.Gpio.SetLine(
            new SetLineRequest { Board = _session.BoardName, Lease = _session.Lease, Line = LineName(arguments), High = high }, cancellationToken: token).Line);
        return null;
    }

    private object? PinShouldBe(IKeywordContext context, KeywordArguments arguments)
    {
        var expected = HardwareArguments.Level(arguments, "value");
        var limit = context.Clock.Monotonic + HardwareArguments.Time(arguments, "timeout");
        while (Level(context, arguments) != expected)
        {
            if (context.Clock.Monotonic >= limit)
            {
                throw new KeywordFailedException(
                    $"Host line {LineName(arguments)} is {(expected ? 0 : 1)}, expected {(expected ? 1 : 0)}. Is it wired to the pin, and does the firmware drive that pin?");
            }

            context.Sleep(PollInterval);
        }

        return null;
    }

    private bool Level(IKeywordContext context, KeywordArguments arguments) => Line(context, arguments).High;

    private Line Line(IKeywordContext context, KeywordArguments arguments) => Call(context, LineName(arguments), "read", token => _session.Client.Gpio.GetLine(
        new GetLineRequest { Board = _session.BoardName, Lease = _session.Lease, Line = LineName(arguments) }, cancellationToken: token).Line);

    private Line Call(IKeywordContext context, string name, string what, Func<CancellationToken, Line> call)
    {
        var line = FarmCall.Run(context, call, error => _session.Trace.Add($"gpio {name}", what, error.Reason));
        _session.Trace.Add($"gpio {line.Name}", what, line.High ? "level 1" : "level 0");
        return line;
    }

    private static string WireName(LineDirection direction) => direction == LineDirection.Output ? "output" : "input";
}
