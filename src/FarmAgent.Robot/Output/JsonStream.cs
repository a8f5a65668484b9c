namespace FarmAgent.Robot.Output;

/// <summary>Writes JSON as a stream, one field a line. Fields without content are left out.</summary>
internal sealed class JsonStream(Utf8Output output) : IDisposable
{
    private bool _hasItems;

    public void StartObject(ReadOnlySpan<byte> name = default) => Start(name, "{"u8);

    public void EndObject()
    {
        output.Write("\n}"u8);
        _hasItems = true;
    }

    public void StartList(ReadOnlySpan<byte> name) => Start(name, "["u8);

    public void EndList()
    {
        output.Write("]"u8);
        _hasItems = true;
    }

    /// <summary>A text; an empty one is left out.</summary>
    public void Text(ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            EvenEmptyText(name, text);
        }
    }

    /// <summary>A text; only null is left out.</summary>
    public void EvenEmptyText(ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            Name(name);
            JsonText.Write(output, text);
        }
    }

    public void Flag(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        output.Write(value ? "true"u8 : "false"u8);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        output.Write(value);
    }

    /// <summary>Seconds with six digits behind the point.</summary>
    public void Seconds(ReadOnlySpan<byte> name, TimeSpan elapsed)
    {
        Name(name);
        ResultTimes.WriteSeconds(output, elapsed);
    }

    /// <summary>A list of texts; an empty one is left out.</summary>
    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        Name(name);
        for (var i = 0; i < items.Count; i++)
        {
            output.Write(i == 0 ? "["u8 : ","u8);
            JsonText.Write(output, items[i]);
        }

        output.Write("]"u8);
    }

    /// <summary>An object of texts; an empty one is left out.</summary>
    public void Pairs(ReadOnlySpan<byte> name, IEnumerable<KeyValuePair<string, string>> items)
    {
        var isFirst = true;
        foreach (var (key, value) in items)
        {
            if (isFirst)
            {
                Name(name);
            }

            output.Write(isFirst ? "{"u8 : ","u8);
            isFirst = false;
            JsonText.Write(output, key);
            output.Write(":"u8);
            JsonText.Write(output, value);
        }

        if (!isFirst)
        {
            output.Write("}"u8);
        }
    }

    public void Flush() => output.Flush();

    /// <summary>Ends the file.</summary>
    public void Close()
    {
        output.Write("\n"u8);
        output.Dispose();
    }

    public void Dispose() => output.Dispose();

    private void Start(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bracket)
    {
        if (name.IsEmpty)
        {
            output.Write(_hasItems ? ","u8 : ""u8);
        }
        else
        {
            Name(name);
        }

        output.Write(bracket);
        _hasItems = false;
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        output.Write(_hasItems ? ",\n\""u8 : "\n\""u8);
        output.Write(name);
        output.Write("\":"u8);
        _hasItems = true;
    }
}
