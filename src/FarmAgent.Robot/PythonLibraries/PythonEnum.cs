using System.Numerics;
using System.Text.Json;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>An enumeration of a Python library: members are found by name, those of integers by value, too.</summary>
internal sealed class PythonEnum : IOutsideType
{
    private readonly string _name;
    private readonly bool _isInteger;
    private readonly IReadOnlyList<Member> _members;

    public PythonEnum(PythonHost host, string name, JsonElement members, bool isInteger)
    {
        (_name, _isInteger) = (name, isInteger);
        _members = [.. members.EnumerateArray().Select(item => new Member(
            item[0].GetString()!, (PythonObject)host.Wire.Read(item[1])!, item[2].GetString()!, item[3].ValueKind == JsonValueKind.Number ? item[3].GetInt64() : null))];
    }

    public bool Fits(object? value, TypeConverter converter) => value is PythonObject own && _members.Any(member => member.Value.Number == own.Number);

    public bool TryConvert(object? value, TypeConverter converter, out object? result)
    {
        result = null;
        if (value is string text)
        {
            result = ByName(text);
            return true;
        }

        if (_isInteger && PyNumbers.TryGetInteger(value, out var number))
        {
            result = ByNumber(number);
            return true;
        }

        return false;
    }

    private PythonObject ByName(string text)
    {
        if (_members.FirstOrDefault(member => member.Name == text) is { } exact)
        {
            return exact.Value;
        }

        var sorted = _members.OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
        var matches = sorted.FindAll(member => NormalizedNames.Normalize(member.Name, "_-") == NormalizedNames.Normalize(text, "_-"));
        if (matches.Count == 1)
        {
            return matches[0].Value;
        }

        if (matches.Count > 1)
        {
            throw PyErrorException.ValueError(
                $"{_name} has multiple members matching '{text}'. Available: {ErrorList.Quote(matches.Select(member => member.Name))}");
        }

        if (_isInteger && PyNumberParser.TryInteger(text, 10, out var value) && PyNumbers.TryGetInteger(value, out var number)
            && _members.FirstOrDefault(member => member.Number == number) is { } counted)
        {
            return counted.Value;
        }

        throw PyErrorException.ValueError($"{_name} does not have member '{text}'. Available: "
            + ErrorList.Quote(sorted.Select(member => _isInteger ? $"{member.Name} ({member.Shown})" : member.Name)));
    }

    private PythonObject ByNumber(BigInteger number) => _members.FirstOrDefault(member => member.Number == number)?.Value
        ?? throw PyErrorException.ValueError($"{_name} does not have value '{number}'. Available: "
            + ErrorList.Quote(_members.Select(member => member.Number).OfType<long>().Distinct().Order().Select(value => $"{value}")));

    private sealed record Member(string Name, PythonObject Value, string Shown, long? Number);
}
