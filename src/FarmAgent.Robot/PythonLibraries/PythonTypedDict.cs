using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>A dictionary whose keys have types of their own.</summary>
/// <param name="items">Keys and types of their values.</param>
/// <param name="required">Keys that must be there.</param>
internal sealed class PythonTypedDict(IReadOnlyList<(string Key, TypeInfo Type)> items, IReadOnlyList<string> required) : IOutsideType
{
    public bool Fits(object? value, TypeConverter converter) => value is PyDict dict
        && dict.All(item => Find(item.Key) is { } type && converter.NeedsNoConversion(item.Value, type))
        && required.All(key => dict.ContainsKey(key));

    public bool TryConvert(object? value, TypeConverter converter, out object? result)
    {
        result = null;
        var dict = value as PyDict ?? (value is string ? converter.Convert(value, converter.Type("dict"), "Argument", null) as PyDict : null);
        if (dict is null)
        {
            return false;
        }

        result = Converted(dict, converter);
        return true;
    }

    private PyDict Converted(PyDict dict, TypeConverter converter)
    {
        var wrong = dict.Keys.Where(key => Find(key) is null).Select(PyText.Str).Order(StringComparer.Ordinal).ToList();
        var converted = new PyDict(dict.Select(item => new KeyValuePair<object?, object?>(item.Key, Find(item.Key) is { } type
            ? converter.Convert(item.Value, type, "Item", PyText.Str(item.Key))
            : item.Value)));
        if (wrong.Count > 0)
        {
            var free = items.Select(item => item.Key).Where(key => !dict.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
            throw PyErrorException.ValueError($"Item{(wrong.Count == 1 ? "" : "s")} {ErrorList.Quote(wrong)} not allowed."
                + (free.Count == 0 ? "" : $" Available item{(free.Count == 1 ? "" : "s")}: {ErrorList.Quote(free)}"));
        }

        var missing = required.Where(key => !dict.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? converted
            : throw PyErrorException.ValueError($"Required item{(missing.Count == 1 ? "" : "s")} {ErrorList.Quote(missing)} missing.");
    }

    private TypeInfo? Find(object? key) => items.FirstOrDefault(item => key is string text && item.Key == text).Type;
}
