namespace FarmAgent.Robot.Values;

/// <summary>Reading, writing and deleting behind square brackets.</summary>
internal static class PySubscript
{
    public static object? Get(object? container, object? key)
    {
        switch (container)
        {
            case PyDict dict:
                return dict[key];
            case IPyIndexable other:
                return other.GetItem(key);
            case PyList list:
                return key is PySlice listSlice
                    ? new PyList(listSlice.Positions(list.Count).Select(i => list[i]))
                    : list[Index(key, list.Count, "list")];
            case PyTuple tuple:
                return key is PySlice tupleSlice
                    ? new PyTuple([.. tupleSlice.Positions(tuple.Count).Select(i => tuple[i])])
                    : tuple[Index(key, tuple.Count, "tuple")];
            case string text:
                return GetText(text, key);
            case byte[] bytes:
                return key is PySlice byteSlice
                    ? byteSlice.Positions(bytes.Length).Select(i => bytes[i]).ToArray()
                    : (long)bytes[Index(key, bytes.Length, "byte", "index out of range")];
            case PyByteArray array:
                return key is PySlice arraySlice
                    ? new PyByteArray(arraySlice.Positions(array.Content.Count).Select(i => array.Content[i]))
                    : (long)array.Content[Index(key, array.Content.Count, "bytearray", "bytearray index out of range")];
            case PyRange range:
                return GetRange(range, key);
            default:
                throw PyErrorException.TypeError($"'{PyTypeNames.Of(container)}' object is not subscriptable");
        }
    }

    public static void Set(object? container, object? key, object? value)
    {
        switch (container)
        {
            case PyDict dict:
                dict[key] = value;
                break;
            case IPyItemAssignable other:
                other.SetItem(key, value);
                break;
            case PyList list when key is PySlice slice:
                SetSlice(list, slice, value);
                break;
            case PyList list:
                list[Index(key, list.Count, "list", "list assignment index out of range")] = value;
                break;
            case PyByteArray array:
                var position = Index(key, array.Content.Count, "bytearray");
                array.Content[position] = PyNumbers.TryGetInteger(value, out var number) && number >= 0 && number < 256
                    ? (byte)number
                    : throw PyErrorException.ValueError("byte must be in range(0, 256)");
                break;
            default:
                throw PyErrorException.TypeError($"'{PyTypeNames.Of(container)}' object does not support item assignment");
        }
    }

    /// <summary>The position for an integer key, negative ones counted from the end.</summary>
    public static int Index(object? key, int count, string kind, string? outOfRange = null)
    {
        if (!PyNumbers.TryGetInteger(key, out var index))
        {
            throw PyErrorException.TypeError(kind switch
            {
                "string" => $"string indices must be integers, not '{PyTypeNames.Of(key)}'",
                "range" => $"range indices must be integers or slices, not {PyTypeNames.Of(key)}",
                _ => $"{kind} indices must be integers or slices, not {PyTypeNames.Of(key)}",
            });
        }

        if (index < 0)
        {
            index += count;
        }

        return index >= 0 && index < count
            ? (int)index
            : throw PyErrorException.IndexError(outOfRange ?? $"{kind} index out of range");
    }

    private static string GetText(string text, object? key)
    {
        if (!PyCodePoints.HasSurrogates(text))
        {
            return key is PySlice slice
                ? SliceText(text, slice)
                : text[Index(key, text.Length, "string")].ToString();
        }

        var characters = PyCodePoints.Split(text).ToList();
        return key is PySlice wideSlice
            ? string.Concat(wideSlice.Positions(characters.Count).Select(i => characters[i]))
            : characters[Index(key, characters.Count, "string")];
    }

    private static string SliceText(string text, PySlice slice)
    {
        var (start, stop, step) = slice.Bounds(text.Length);
        return step == 1
            ? (start < stop ? text[start..stop] : string.Empty)
            : string.Concat(slice.Positions(text.Length).Select(i => text[i]));
    }

    private static object? GetRange(PyRange range, object? key)
    {
        if (key is not PySlice slice)
        {
            return range[Index(key, range.Count, "range", "range object index out of range")];
        }

        var (start, stop, step) = slice.Bounds(range.Count);
        return new PyRange(range.Start + (start * range.Step), range.Start + (stop * range.Step), step * range.Step);
    }

    private static void SetSlice(PyList list, PySlice slice, object? value)
    {
        var items = PyIteration.TryGetItems(value)?.ToList() ?? throw PyErrorException.TypeError("can only assign an iterable");
        var (start, stop, step) = slice.Bounds(list.Count);
        if (step == 1)
        {
            list.RemoveRange(start, Math.Max(0, stop - start));
            list.InsertRange(start, items);
            return;
        }

        var positions = slice.Positions(list.Count);
        if (positions.Count != items.Count)
        {
            throw PyErrorException.ValueError(
                $"attempt to assign sequence of size {items.Count} to extended slice of size {positions.Count}");
        }

        for (var i = 0; i < items.Count; i++)
        {
            list[positions[i]] = items[i];
        }
    }
}
