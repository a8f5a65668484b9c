using System.Globalization;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>The expander's GPIOs in words.</summary>
internal static class ExpanderText
{
    private const uint None = 0xFF;

    public static string Probe(ProbeExpanderResponse answer) =>
        $"0x{answer.Magic >> 8:X2} 0x{answer.Magic & 0xFF:X2} at 0x{answer.Address:X2}"
        + (answer.Version.Length > 0 ? $" · firmware {answer.Version}" : " · firmware without version block")
        + (answer.BuildId.Length > 0 ? $" build {answer.BuildId}" : "");

    /// <summary>Something answers, but it is no expander: the firmware's fault, since a bench error would have been thrown as one.</summary>
    public static CommandFailedException NotRecognised(ProbeExpanderResponse answer) => new(
        "EXPANDER_NOT_RECOGNISED",
        $"0x{answer.Address:X2} answers 0x{answer.Magic:X4} where the expander has 0xBEEF. Is other firmware on the chip? farmctl receipts shows what was flashed.",
        ExitCodes.TestFailed);

    /// <summary>Reads <c>PA0</c> as port 0, pin 0.</summary>
    /// <exception cref="UsageException">Not a pin (<c>BAD_PIN</c>).</exception>
    public static (uint Port, uint Pin) ParsePin(string text)
    {
        if (text.Length is 3 or 4 && text[0] is 'P' or 'p'
            && char.ToUpperInvariant(text[1]) is >= 'A' and <= 'E' and var port
            && uint.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var pin) && pin < 16)
        {
            return ((uint)(port - 'A'), pin);
        }

        throw new UsageException("BAD_PIN", $"'{text}' is no pin. Write port and number, for example PA0 or PC13.");
    }

    public static void WriteTable(TextWriter writer, IEnumerable<ExpanderGpio> gpios)
    {
        var table = new TextTable("GPIO", "PIN", "CONFIG", "VALUE");
        foreach (var gpio in gpios)
        {
            table.Row($"{gpio.Index}", PinName(gpio), Config(gpio), gpio.Value ? "1" : "0");
        }

        table.WriteTo(writer);
    }

    private static string PinName(ExpanderGpio gpio) =>
        gpio.Port == None || gpio.Pin == None ? "" : $"P{(char)('A' + gpio.Port)}{gpio.Pin}";

    private static string Config(ExpanderGpio gpio)
    {
        var direction = gpio.Output ? $"output, starts {(gpio.InitialHigh ? "high" : "low")}" : "input";
        return gpio.Inverted ? direction + ", inverted" : direction;
    }
}
