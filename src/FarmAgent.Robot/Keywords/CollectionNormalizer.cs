using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Makes lists and dictionaries comparable: case of keys and values, order, keys that do not count.</summary>
internal sealed class CollectionNormalizer
{
    private readonly bool _foldKeys;
    private readonly bool _foldValues;
    private readonly bool _foldTexts;
    private readonly bool _sort;
    private readonly PySet? _ignoredKeys;

    /// <param name="ignoreCase">False, True, or <c>KEYS</c> or <c>VALUES</c>.</param>
    /// <param name="ignoreOrder">Whether lists are sorted.</param>
    /// <param name="ignoredKeys">Keys of dictionaries that are left out.</param>
    public CollectionNormalizer(object? ignoreCase, bool ignoreOrder = false, object? ignoredKeys = null)
    {
        _foldTexts = PyTruth.Of(ignoreCase);
        var text = (ignoreCase as string)?.ToUpperInvariant();
        _foldKeys = text is null ? _foldTexts : text is not ("VALUE" or "VALUES");
        _foldValues = text is null ? _foldTexts : text is not ("KEY" or "KEYS");
        _sort = ignoreOrder;
        _ignoredKeys = PyTruth.Of(ignoredKeys) ? new PySet(PyIteration.Items(ignoredKeys).Select(NormalizeKey)) : null;
    }

    private bool IsActive => _foldTexts || _sort || _ignoredKeys is not null;

    public object? Normalize(object? value) => Normalize(value, _foldTexts);

    public PyDict Normalize(PyDict dict) => IsActive ? NormalizeDictionary(dict) : dict;

    public object? NormalizeKey(object? key) => Normalize(key, _foldKeys);

    public object? NormalizeValue(object? value) => Normalize(value, _foldValues);

    private object? Normalize(object? value, bool fold)
    {
        switch (value)
        {
            case string text:
                return fold ? UnicodeCase.Fold(text) : text;
            case byte[] bytes when fold:
                return System.Text.Encoding.Latin1.GetBytes(PyBytes.ToLatin1(bytes).ToLowerInvariant());
            case PyDict dict:
                return IsActive ? NormalizeDictionary(dict) : dict;
            case PyList list:
                return IsActive ? new PyList(NormalizeItems(list, fold)) : list;
            case PyTuple tuple:
                return IsActive ? new PyTuple([.. NormalizeItems(tuple, fold)]) : tuple;
            case PySet set:
                return IsActive ? new PySet(NormalizeItems(set, fold), set.IsFrozen) : set;
            default:
                return value;
        }
    }

    private IEnumerable<object?> NormalizeItems(IEnumerable<object?> items, bool fold)
    {
        var normalized = items.Select(item => Normalize(item, fold)).ToList();
        return _sort ? PyOrdering.Sorted(normalized) : normalized;
    }

    private PyDict NormalizeDictionary(PyDict dict)
    {
        PyDict result = dict is DotDict ? new DotDict() : new PyDict();
        foreach (var (key, value) in dict)
        {
            var normalized = NormalizeKey(key);
            if (_ignoredKeys?.Contains(normalized) == true)
            {
                continue;
            }

            if (result.ContainsKey(normalized))
            {
                throw new KeywordFailedException(
                    $"Dictionary {PyText.Str(dict)} contains multiple keys that are normalized to '{PyText.Str(normalized)}'. "
                    + "Try normalizing only dictionary values like 'ignore_case=values'.");
            }

            result[normalized] = NormalizeValue(value);
        }

        return result;
    }
}
