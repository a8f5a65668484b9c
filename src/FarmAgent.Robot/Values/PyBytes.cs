namespace FarmAgent.Robot.Values;

/// <summary>The content of bytes and bytearrays, and their relation to text.</summary>
internal static class PyBytes
{
    public static bool IsBytes(object? value) => value is byte[] or PyByteArray;

    public static ReadOnlySpan<byte> Of(object value) => value switch
    {
        byte[] bytes => bytes,
        PyByteArray array => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(array.Content),
        _ => throw PyErrorException.TypeError($"a bytes-like object is required, not '{PyTypeNames.Of(value)}'"),
    };

    /// <summary>Each byte as the character with the same number.</summary>
    public static string ToLatin1(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);
}
