using System.Numerics;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>IN RANGE, IN ENUMERATE and IN ZIP.</summary>
internal sealed partial class ForValues
{
    private static readonly string[] Modes = ["STRICT", "SHORTEST", "LONGEST"];

    private static readonly IReadOnlyDictionary<string, object?> NoNames = new Dictionary<string, object?>();

    private void ResolveOptions()
    {
        _mode = Resolve(loop.Mode, "mode", text => Modes.Contains(text.ToUpperInvariant())
            ? text.ToUpperInvariant()
            : throw new VariableSyntaxException($"Value '{text}' is not accepted. Valid values are {ErrorList.Quote(Modes)}.")) as string;
        _start = Resolve(loop.Start, "start value", text => PyNumberParser.TryInteger(text, 10, out var number)
            ? number
            : throw new VariableSyntaxException($"Value must be an integer, got '{text}'.")) as long? ?? 0;
        if (string.IsNullOrEmpty(loop.Fill))
        {
            return;
        }

        try
        {
            _fill = context.Variables.ReplaceScalar(loop.Fill);
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Invalid FOR IN ZIP fill value: {error.Message}");
        }
    }

    private object? Resolve(string? written, string what, Func<string, object?> read)
    {
        if (string.IsNullOrEmpty(written))
        {
            return null;
        }

        try
        {
            return read(context.Variables.ReplaceString(written));
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Invalid FOR {loop.Flavor} {what}: {error.Message}");
        }
    }

    private NumberRange Range(List<object?> values)
    {
        if (values.Count is < 1 or > 3)
        {
            throw Syntax($"FOR IN RANGE expected 1-3 values, got {values.Count}.");
        }

        var numbers = values.ConvertAll(ToNumber);
        return NumberRange.Create(
            numbers.Count == 1 ? 0L : numbers[0], numbers.Count == 1 ? numbers[0] : numbers[1], numbers.Count == 3 ? numbers[2] : 1L);
    }

    private object ToNumber(object? value)
    {
        if (value is long or BigInteger or double)
        {
            return value;
        }

        try
        {
            var number = value is bool ? value
                : context.Variables.Current.Evaluator.EvaluatePlain(PyText.Str(value), NoNames);
            return number switch
            {
                long or BigInteger or double => number,
                bool flag => flag ? 1L : 0L,
                _ => throw PyErrorException.TypeError($"Expected number, got {PyTypeNames.InMessages(value)}."),
            };
        }
        catch (KeywordFailedException error)
        {
            throw new VariableSyntaxException($"Converting FOR IN RANGE values failed: {error.ResultMessage}.");
        }
    }

    private IEnumerable<IReadOnlyList<object?>> Zip(List<object?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!PyIteration.IsListLike(values[i]))
            {
                throw new VariableSyntaxException(
                    $"FOR IN ZIP items must be list-like, but item {i + 1} is {PyTypeNames.InMessages(values[i])}.");
            }
        }

        if (values.Count % _count != 0)
        {
            throw WrongCount(_count, values.Count);
        }

        var withoutLength = values.FindIndex(value => !HasLength(value));
        var lists = values.ConvertAll(value => PyIteration.Items(value).ToList());
        if (_mode is null or "STRICT")
        {
            CheckLengths(lists, withoutLength);
        }

        var rounds = lists.Count == 0 ? 0 : _mode == "LONGEST" ? lists.Max(list => list.Count) : lists.Min(list => list.Count);
        return Enumerable.Range(0, rounds).Select(i => (IReadOnlyList<object?>)[.. lists.Select(list => i < list.Count ? list[i] : _fill)]);
    }

    private bool HasLength(object? value)
    {
        try
        {
            context.Variables.Current.Evaluator.EvaluatePlain("len(value)", new Dictionary<string, object?> { ["value"] = value });
            return true;
        }
        catch (PyErrorException)
        {
            return false;
        }
    }

    private void CheckLengths(List<List<object?>> lists, int withoutLength)
    {
        if (withoutLength < 0 && lists.Select(list => list.Count).Distinct().Count() <= 1)
        {
            return;
        }

        var lengths = lists.Select(list => list.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var error = withoutLength >= 0
            ? $"FOR IN ZIP items must have length in the STRICT mode, but item {withoutLength + 1} does not."
            : $"FOR IN ZIP items must have equal lengths in the STRICT mode, but lengths are {ErrorList.Quote(lengths, quote: "")}.";
        if (_mode == "STRICT")
        {
            throw new VariableSyntaxException(error);
        }

        context.Log(
            "FOR IN ZIP default mode will be changed from SHORTEST to STRICT in Robot Framework 8.0. Use 'mode=SHORTEST' to keep using the SHORTEST "
            + $"mode. If the mode is not changed, execution will fail like this in the future: {error}",
            MessageLevel.Warn);
    }
}
