using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Keywords.Libraries;

/// <summary>Instruments of the bench, by the names of the board's file.</summary>
internal sealed class InstrumentLibrary : IKeywordLibrary
{
    private readonly FarmSession _session;

    public InstrumentLibrary(FarmSession session)
    {
        _session = session;
        Keywords =
        [
            new("Read Instrument", "name=, quantity=", Read)
            {
                Documentation = "One quantity as a number in its SI unit, or without a quantity all of them as a dictionary.",
            },
            new("Instrument Should Be Between", "name, quantity, low, high", ShouldBeBetween)
            {
                Documentation = "Fails unless the quantity is within the limits, both included.",
                IsAssertion = true,
            },
        ];
    }

    public string Name => "Instruments";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private object? Read(IKeywordContext context, KeywordArguments arguments)
    {
        var readings = Measure(context, arguments);
        var quantity = HardwareArguments.Show(arguments["quantity"]);
        if (quantity.Length > 0)
        {
            return One(readings, quantity).Value;
        }

        var all = new PyDict();
        foreach (var reading in readings.Readings)
        {
            all[reading.Quantity] = reading.Value;
        }

        return all;
    }

    private object? ShouldBeBetween(IKeywordContext context, KeywordArguments arguments)
    {
        var (low, high) = (HardwareArguments.Fraction(arguments, "low"), HardwareArguments.Fraction(arguments, "high"));
        var reading = One(Measure(context, arguments), HardwareArguments.Show(arguments["quantity"]));
        return reading.Value >= low && reading.Value <= high
            ? null
            : throw new KeywordFailedException(FormattableString.Invariant(
                $"{reading.Quantity} of {HardwareArguments.Show(arguments["name"])} is {reading.Value:G6} {reading.Unit}, expected {low:G6} to {high:G6}."));
    }

    private static Reading One(ReadInstrumentResponse answer, string quantity) =>
        answer.Readings.FirstOrDefault(r => r.Quantity.Equals(quantity, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeywordFailedException(
            $"{answer.Instrument.Name} ({answer.Instrument.Kind}) does not measure '{quantity}'. It measures: {string.Join(", ", answer.Readings.Select(r => r.Quantity))}.");

    private ReadInstrumentResponse Measure(IKeywordContext context, KeywordArguments arguments)
    {
        var name = HardwareArguments.Show(arguments["name"]);
        var answer = FarmCall.Run(
            context,
            token => _session.Client.Instruments.ReadInstrument(
                new ReadInstrumentRequest { Board = _session.BoardName, Lease = _session.Lease, Instrument = name }, cancellationToken: token),
            error => _session.Trace.Add($"instrument {name}".TrimEnd(), "read", error.Reason));
        _session.Trace.Add(
            $"instrument {answer.Instrument.Name}", "read", string.Join(", ", answer.Readings.Select(r => FormattableString.Invariant($"{r.Quantity} {r.Value:G6} {r.Unit}"))));
        return answer;
    }
}
