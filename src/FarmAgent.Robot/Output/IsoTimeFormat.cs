using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Output;

/// <summary>
/// Writes times as <c>2024-01-31T12:00:00.123456</c>. Keywords follow one another within the same second, so the text up to the seconds is kept
/// from one time to the next.
/// </summary>
internal sealed class IsoTimeFormat
{
    private const int SecondsLength = 19;
    private const int Digits = 6;

    private readonly byte[] _text = new byte[SecondsLength + 1 + Digits];
    private long _second = -1;

    public void Write(Utf8Output output, DateTimeOffset time)
    {
        var (second, fraction) = Math.DivRem(time.DateTime.Ticks, TimeSpan.TicksPerSecond);
        if (second != _second)
        {
            _second = second;
            Encoding.ASCII.GetBytes(time.ToString("yyyy-MM-dd'T'HH:mm:ss'.'", CultureInfo.InvariantCulture), _text);
        }

        var microseconds = fraction / TimeSpan.TicksPerMicrosecond;
        for (var i = _text.Length - 1; i > SecondsLength; i--)
        {
            (microseconds, var digit) = Math.DivRem(microseconds, 10);
            _text[i] = (byte)('0' + digit);
        }

        output.Write(_text);
    }
}
